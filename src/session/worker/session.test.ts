import { describe, expect, it, vi } from 'vitest';
import { EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import { gradients } from '../../instruments/gradientCheck/report.ts';
import { confusion } from '../../instruments/inside/report.ts';
import { blocks } from '../../instruments/layers/report.ts';
import {
  ahead,
  evaluationsOf,
  experiment,
  exploding,
  failing,
  lossesOf,
  range,
  stepRecords,
  stepsOf,
  TestSession,
  tiny,
} from './testSession.ts';

/** One that goes on for as long as a test looks at it. */
const long = experiment([tiny], { steps: 1000 });

describe('a session', () => {
  it('trains every network for every step, and evaluates before, on the way and at the end', async () => {
    const records = await new TestSession().finish(experiment([tiny, tiny], { steps: 20 }));
    expect(stepsOf(records, 'a')).toEqual(range(1, 20));
    expect(stepsOf(records, 'b')).toEqual(range(1, 20));
    const evaluated = evaluationsOf(records).filter(({ network }) => network === 'b');
    expect(evaluated.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  });

  it('tells how long steps and evaluations take', async () => {
    const at = new TestSession();
    await at.finish(experiment([tiny, tiny]));
    const speed = at.told('records').findLast((event) => event.speed)?.speed;
    expect(speed?.msPerStep).toBeGreaterThan(0);
    expect(speed?.msPerEvaluation).toBeGreaterThan(0);
  });

  it('gives twins the same minibatches: equal networks have equal losses', async () => {
    const records = await new TestSession().finish(experiment([tiny, tiny]));
    const [a, b] = ['a', 'b'].map((network) => lossesOf(records.filter((record) => record.network === network)));
    expect(a).toEqual(b);
    expect(new Set(a).size).toBe(10);
  });

  it('gives the same curve again, number for number', async () => {
    const at = new TestSession();
    const first = await at.finish(experiment([tiny]), 1);
    expect(await at.finish(experiment([tiny]), 2)).toEqual(first);
  });

  it('names the step and layer of an overflow, stops that network, and lets the other go on', async () => {
    const records = await new TestSession().finish(experiment([exploding, tiny]));
    const stopped = stepRecords(records).filter(({ network }) => network === 'a');
    expect(stopped.length).toBeLessThan(10);
    expect(stopped.at(-1)).toMatchObject({ step: stopped.length, overflow: { where: expect.any(String) } });
    expect(stepsOf(records, 'b')).toEqual(range(1, 10));
    const evaluated = evaluationsOf(records).filter(({ network }) => network === 'a');
    expect(evaluated.every(({ step }) => step < stopped.length)).toBe(true);
  });

  it('is finished when every network has stopped', async () => {
    const records = await new TestSession().finish(experiment([exploding, exploding]));
    expect(stepsOf(records, 'b').length).toBeLessThan(10);
    expect(stepsOf(records, 'b')).toEqual(stepsOf(records, 'a'));
  });

  it('pauses between two steps and plays on from there', async () => {
    const at = new TestSession();
    await at
      .load(experiment([tiny, tiny], { steps: 40 }))
      .play()
      .until('records');
    await at.pause().until('paused');
    const done = at.trained('a').length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(40);
    expect(at.trained('b')).toHaveLength(done);
    await at.play().until('finished');
    expect(at.trained('a')).toEqual(range(1, 40));
  });

  it('measures the untrained networks where nobody plays, which changes nothing of what is trained then', async () => {
    const wanted = experiment([tiny, tiny], { opt: 'adam', wd: 0.01, steps: 3 });
    const at = new TestSession();
    await at.load(wanted).until('records');
    const untrained = at.records();
    expect(untrained.map(({ type, network }) => [type, network])).toEqual([
      ['untrained', 'a'],
      ['untrained', 'b'],
    ]);
    await at.play().until('finished');
    const played = at.records().slice(2);
    expect(played).toEqual(await new TestSession().finish(wanted));
    const [first] = stepRecords(played);
    const [before] = untrained;
    if (!first || before?.type !== 'untrained') throw new Error('nothing was measured');
    const { relativeUpdate, ...others } = before.layers;
    expect(first.layers).toMatchObject(others);
    expect(relativeUpdate.every((value) => value === 0)).toBe(true);
  });

  it.each([
    ['one that computes here', createReferenceEngine],
    ['one that looks ahead', ahead],
  ])('takes single steps, on %s', async (_, engine) => {
    const at = new TestSession({ engine: () => engine() }).load(experiment([tiny]));
    await at.steps(1);
    expect(at.trained()).toEqual([1]);
    await at.steps(1);
    expect(at.trained()).toEqual([1, 2]);
  });

  it('scales what is left of the schedule when the learning rate changes', async () => {
    const at = new TestSession().load(experiment([tiny], { schedule: 'linear', steps: 4, lr: 0.4 }));
    for (const rate of [0.4, 0.4, 0.8]) await at.adjust(rate, 4).steps(1);
    await at.step().until('finished');
    // Linear to 0 over 4 steps is lr · (1, 3/4, 1/2, 1/4).
    const rates = stepRecords(at.records()).map(({ learningRate }) => learningRate);
    expect(rates).toEqual([0.4, 0.4 * 0.75, 0.8 * 0.5, 0.8 * 0.25]);
  });

  it('goes on to a later last step, and stops at an earlier one, each time with an evaluation', async () => {
    const at = new TestSession();
    await at.finish(experiment([tiny], { steps: 4 }));
    await at.adjust(0.1, 100).until('paused');
    await at.steps(1);
    await at.adjust(0.1, 3).play().until('finished');
    expect(at.trained()).toEqual(range(1, 5));
    expect(evaluationsOf(at.records()).at(-1)?.step).toBe(5);
  });

  it('replaces a running experiment: nothing of the old one arrives after the new one has begun', async () => {
    const at = new TestSession();
    await at
      .load(experiment([tiny, tiny], { steps: 1000 }), 1)
      .play()
      .until('records');
    expect(stepsOf(await at.finish(experiment([tiny]), 2))).toHaveLength(10);
    const began = at.events.findIndex((event) => event.type === 'began' && event.run === 2);
    expect(at.events.slice(began).some((event) => 'run' in event && event.run === 1)).toBe(false);
  });

  it('survives many loads in a row, and only the last one counts', async () => {
    const at = new TestSession();
    for (const run of range(1, 7)) at.load(experiment([tiny, tiny]), run).play();
    expect(stepsOf(await at.finish(experiment([tiny]), 8))).toHaveLength(10);
  });
});

describe('training while images are still arriving', () => {
  const withoutTest = { arrived: { train: 20, test: 0 } };

  it('starts without the test images and gives the very same records as with them', async () => {
    const wanted = experiment([tiny, exploding, tiny], { steps: 12 });
    const expected = await new TestSession().finish(wanted);
    const at = new TestSession(withoutTest).load(wanted).play();
    await at.until(() => at.trained().length === 12);
    expect(evaluationsOf(at.records())).toEqual([]);
    await at.arrive((images) => images.deliver(20, 30)).until('finished');
    expect(lossesOf(at.records())).toEqual(lossesOf(expected));
    expect(evaluationsOf(at.records())).toEqual(evaluationsOf(expected));
  });

  it.each([
    ['as soon as it is ready', { train: 20, test: 30 }],
    ['once all images are there', { train: 20, test: 0 }],
  ])('evaluates untrained networks %s, and tells that as it always does', async (_, arrived) => {
    let evaluations = 0;
    const counting = failing(createReferenceEngine(), 'evaluate', (call) => {
      evaluations = call;
      return null;
    });
    const expected = await new TestSession().finish(experiment([tiny, tiny]));
    const at = new TestSession({ arrived, engine: () => counting });
    await at.load(experiment([tiny, tiny])).until('ready');
    await at.until(() => at.records().length === 2);
    at.arrive((images) => images.deliver(20, 30));
    await vi.waitFor(() => expect(evaluations).toBe(2), { timeout: 60_000 });
    await at.play().until('finished');
    expect(at.records().filter(({ type }) => type !== 'untrained')).toEqual(expected);
    expect(evaluations).toBe(22);
  });

  it('waits for the first training images before it is ready', async () => {
    const at = new TestSession({ arrived: { train: 0, test: 0 } });
    await at.load(experiment([tiny])).until('began');
    expect(at.told('status').some(({ status }) => status.kind === 'ready')).toBe(false);
    await at.arrive((images) => images.deliver(20, 0)).until('ready');
  });

  it('says what could not be loaded and, after a retry, goes on where it was', async () => {
    const expected = await new TestSession().finish(experiment([tiny]));
    const at = new TestSession(withoutTest).load(experiment([tiny])).play();
    await at.until(() => at.trained().length === 10);
    const failed = await at.arrive((images) => images.break('data.checksum')).until('failed');
    expect(failed.status.problem.code).toBe('data.checksum');
    at.retry();
    await at.arrive((images) => images.deliver(20, 30)).until('paused');
    await at.play().until('finished');
    expect(lossesOf(at.records())).toEqual(lossesOf(expected));
    expect(evaluationsOf(at.records())).toEqual(evaluationsOf(expected));
  });
});

describe('what cannot run', () => {
  it('is refused with the batch that would fit when it needs too much memory', async () => {
    const wide: NetworkSpec = { ...tiny, stack: [{ kind: 'conv', width: 256, stride: 1, count: 10 }] };
    const failed = await new TestSession().load(experiment([wide], { batch: 20 })).until('failed');
    expect(failed.status.problem.code).toBe('spec.memoryBatch');
  });

  it('is a failure with a reason when no engine starts, and can be tried again', async () => {
    const at = new TestSession({
      engine: (_, time) => {
        if (time === 1) throw new ProblemError(problem('engine.none', { reason: 'no memory' }));
        return createReferenceEngine();
      },
    });
    const failed = await at.load(experiment([tiny])).until('failed');
    expect(failed.status.problem.code).toBe('engine.none');
    await at.retry().until('ready');
  });

  it('is a failure when an engine throws in a step; a retry starts a new engine and trains from the first step', async () => {
    const broken = failing(createReferenceEngine(), 'step', (call) => (call > 4 ? new Error('device lost') : null));
    const at = new TestSession({ engine: (_, time) => (time === 1 ? broken : createReferenceEngine()) });
    const failed = await at
      .load(experiment([tiny, tiny]))
      .play()
      .until('failed');
    expect(failed.status.problem).toEqual({ code: 'worker.unexpected', values: { reason: 'device lost' } });
    await at.retry().until('ready');
    expect(at.without).toHaveLength(2);
  });

  it('refuses a graft that is none, in words', async () => {
    const at = new TestSession();
    await at.finish(experiment([tiny]));
    const { base } = await at.send({ type: 'keep', network: 'a' }).until('kept');
    const failed = await at.load(experiment([{ ...tiny, act: 'tanh' }]), 2, base).until('failed');
    expect(failed.status.problem.code).toBe('graft.notInserted');
  });
});

describe('an examination', () => {
  /** Has gradients to compare for a while. */
  const deep = experiment([{ ...tiny, stack: [{ kind: 'conv', width: 2, stride: 2, count: 3 }] }]);

  it('of blocks is made between two steps of a run that goes on', async () => {
    const block = { kind: 'residual', width: 2, stride: 1, count: 2 } as const;
    const at = new TestSession();
    await at
      .load(experiment([{ ...tiny, stack: [...tiny.stack, block] }], { steps: 30 }))
      .play()
      .until('records');
    const { examined } = await at.examine(blocks).until('examined');
    await at.until('finished');
    expect(examined.kind === 'blocks' && examined.report.blocks.map(({ layer }) => layer)).toEqual([2, 4]);
    expect(examined.report.step).toBeGreaterThan(0);
    expect(at.trained()).toHaveLength(30);
  });

  it('begins once the images that errors are measured on have arrived, and whoever ends it does not wait for them', async () => {
    const at = new TestSession({ arrived: { train: 20, test: 0 } });
    await at.load(experiment([tiny])).until('ready');
    await at.examine(confusion).stopExamining('confusion').until('examinationOver');
    expect(at.reports()).toEqual([]);
    at.examine(confusion);
    const { examined } = await at.arrive((images) => images.deliver(20, 30)).until('examined');
    expect(examined.report.images).toBe(30);
  });

  it('compares twenty gradients with finite differences, one after the other, and pauses for it', async () => {
    const at = new TestSession();
    await at
      .load(experiment([{ ...tiny, norm: 'batch', act: 'tanh' }], { steps: 1000 }))
      .play()
      .until('records');
    await at.examine(gradients).until('examinationOver');
    const reports = at
      .told('examined')
      .flatMap(({ examined }) => (examined.kind === 'gradients' ? [examined.report] : []));
    const pairs = reports.at(-1)?.pairs ?? [];
    expect(pairs).toHaveLength(20);
    for (const { engine, finiteDifference } of pairs) expect(engine).toBeCloseTo(finiteDifference, 6);
    expect(reports).toHaveLength(21);
    expect(at.trained().length).toBeLessThan(1000);
  });

  it('that pauses the run begins when it has paused, and everything measured before has arrived', async () => {
    const at = new TestSession({ engine: () => ahead() });
    await at.load(long).play().until('records');
    const event = await at.examine(gradients).until('examined');
    const before = at.events.slice(0, at.events.indexOf(event));
    expect(before.findLast(({ type }) => type === 'status')).toMatchObject({ status: { kind: 'paused' } });
    expect(at.trained().at(-1)).toBe(event.examined.report.step);
    await at.stopExamining('gradients').until('examinationOver');
  });

  it('does not wait for the end of a run that goes on before its step has ended', async () => {
    const at = new TestSession();
    await at.load(long).play().until('records');
    const { examined } = await at.pause().examine(confusion).play().until('examined');
    expect(examined.report.step).toBeGreaterThan(0);
    expect(examined.report.step).toBeLessThan(1000);
  });

  it.each(['play', 'step'] as const)('that training would wait for ends when somebody asks for a %s', async (type) => {
    const at = new TestSession();
    await at.load(deep).until('ready');
    await at.examine(gradients).until('examined');
    at.send({ type });
    await Promise.all([at.until('examinationOver'), at.until('records')]);
    expect(at.reports().length).toBeLessThan(21);
  });

  it('that waits for images does not hold up training, which needs fewer', async () => {
    const at = new TestSession({ arrived: { train: 20, test: 0 } });
    await at.load(long).until('ready');
    await at.examine(confusion).play().until('records');
    const { examined } = await at.arrive((images) => images.deliver(20, 30)).until('examined');
    expect(examined.report.images).toBe(30);
  });

  it('that waits for its turn is over as soon as it is stopped', async () => {
    const at = new TestSession();
    await at.load(deep).until('ready');
    await at.examine(gradients).until('examined');
    await at.examine(confusion).stopExamining('confusion').until('examinationOver');
    await at.until(() => at.told('examinationOver').length === 2);
    expect(at.told('examinationOver').map(({ kind }) => kind)).toEqual(['confusion', 'gradients']);
    expect(at.told('examined').map(({ examined }) => examined.kind)).toEqual(Array(21).fill('gradients'));
  });

  it('need not wait for training images that a run waits for', async () => {
    // The images for the errors are here, and those of 20 steps.
    const at = new TestSession().load(experiment([tiny], { train: 2000, batch: 50, steps: 1000 }));
    await at
      .arrive((images) => images.deliver(1000, 30))
      .play()
      .until(() => at.trained().at(-1) === 20);
    const { examined } = await at.examine(confusion).until('examined');
    expect(examined.report.images).toBe(30);
  });

  it('that ends after a failure says nothing of one that was asked for since', async () => {
    const at = new TestSession();
    await at.load(deep).until('ready');
    await at.examine(gradients).until('examined');
    await at.fail(new Error('no connection')).retry().examine(gradients).until('examinationOver');
    expect(at.reports().at(-1)).toMatchObject({ done: 20, planned: 20 });
    expect(at.told('examinationOver')).toHaveLength(1);
  });

  it('is over at once after a failure', async () => {
    const at = new TestSession();
    await at.load(experiment([tiny])).until('ready');
    await at.fail(new Error('broken')).examine(blocks).until('examinationOver');
    expect(at.reports()).toEqual([]);
  });
});

it('has the very same records from an engine that looks ahead, whether networks overflow or not', async () => {
  const wanted = experiment([tiny, exploding, tiny], { steps: 23 });
  const expected = await new TestSession().finish(wanted);
  const found = await new TestSession({ engine: () => ahead() }).finish(wanted);
  expect(lossesOf(found)).toEqual(lossesOf(expected));
  expect(stepsOf(found, 'b')).toEqual(stepsOf(expected, 'b'));
  expect(evaluationsOf(found)).toEqual(evaluationsOf(expected));
});

describe('an engine that refuses a network', () => {
  const fast = ahead({ name: 'webgpu' });
  it.each([
    ['when it is built', { ...fast, createTrainer: () => Promise.reject(new EngineRefusal('too large')) }],
    ['only when it evaluates', failing(fast, 'evaluate', () => new EngineRefusal('too large'))],
  ])('%s is replaced by the next best, and says why', async (_, refusing) => {
    const at = new TestSession({ engine: (without) => (without === 'webgpu' ? createReferenceEngine() : refusing) });
    const expected = await new TestSession().finish(experiment([tiny]));
    const records = await at.finish(experiment([tiny]));
    expect(at.without).toEqual([null, 'webgpu']);
    expect(at.notices()).toEqual([{ code: 'engine.refused', values: { engine: 'webgpu', reason: 'too large' } }]);
    expect(stepsOf(records)).toHaveLength(10);
    expect(lossesOf(records)).toEqual(lossesOf(expected));
    expect(evaluationsOf(records)).toEqual(evaluationsOf(expected));
  });
});
