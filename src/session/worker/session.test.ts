import { describe, expect, it } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import { gradients } from '../../instruments/gradientCheck/report.ts';
import { confusion } from '../../instruments/inside/report.ts';
import { blocks } from '../../instruments/layers/report.ts';
import { experiment, exploding, tiny } from './testArrival.ts';
import { ahead, bench, evaluationsOf, finish, lossesOf, stepsOf } from './testSession.ts';

describe('a session', () => {
  it('trains every network for every step, and evaluates before, on the way and at the end', async () => {
    const records = await finish(bench(), experiment([tiny, tiny], { steps: 20 }));
    const all = Array.from({ length: 20 }, (_, i) => i + 1);
    expect(stepsOf(records, 'a')).toEqual(all);
    expect(stepsOf(records, 'b')).toEqual(all);
    const evaluated = evaluationsOf(records).filter(({ network }) => network === 'b');
    expect(evaluated.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  });

  it('tells how long steps and evaluations take', async () => {
    const at = bench();
    await finish(at, experiment([tiny, tiny]));
    const speeds = at.events.flatMap((event) => (event.type === 'records' && event.speed ? [event.speed] : []));
    expect(speeds.at(-1)?.msPerStep).toBeGreaterThan(0);
    expect(speeds.at(-1)?.msPerEvaluation).toBeGreaterThan(0);
  });

  it('gives twins the same minibatches: equal networks have equal losses', async () => {
    const records = await finish(bench(), experiment([tiny, tiny]));
    const lossOf = (network: string) => lossesOf(records.filter((record) => record.network === network));
    expect(lossOf('a')).toEqual(lossOf('b'));
    expect(new Set(lossOf('a')).size).toBe(10);
  });

  it('gives the same curve again, number for number', async () => {
    const at = bench();
    const first = await finish(at, experiment([tiny]), 1);
    const second = await finish(at, experiment([tiny]), 2);
    expect(second).toEqual(first);
  });

  it('names the step and layer of an overflow, stops that network, and lets the other go on', async () => {
    const records = await finish(bench(), experiment([exploding, tiny]));
    const stopped = records.filter((record) => record.type === 'step' && record.network === 'a');
    expect(stopped.length).toBeLessThan(10);
    expect(stopped.at(-1)).toMatchObject({ step: stopped.length, overflow: { where: expect.any(String) } });
    expect(stepsOf(records, 'b')).toHaveLength(10);
    const evaluated = evaluationsOf(records).filter(({ network }) => network === 'a');
    expect(evaluated.every(({ step }) => step < stopped.length)).toBe(true);
  });

  it('is finished when every network has stopped', async () => {
    const records = await finish(bench(), experiment([exploding, exploding]));
    expect(stepsOf(records, 'b').length).toBeLessThan(10);
    expect(stepsOf(records, 'b')).toEqual(stepsOf(records, 'a'));
  });

  it('pauses between two steps and plays on from there', async () => {
    const at = bench();
    const paused = at.status('paused');
    at.load(experiment([tiny, tiny], { steps: 40 }));
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    at.send({ type: 'pause' });
    await paused;
    const done = stepsOf(at.records(), 'a').length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(40);
    expect(stepsOf(at.records(), 'b')).toHaveLength(done);
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    expect(stepsOf(at.records(), 'a')).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('measures the untrained networks where nobody plays, which changes nothing of what is trained then', async () => {
    const trained = experiment([tiny, tiny], { opt: 'adam', wd: 0.01, steps: 3 });
    const at = bench();
    const measured = at.next((event) => event.type === 'records');
    at.load(trained);
    await measured;
    const untrained = at.records();
    expect(untrained.map(({ type, network }) => [type, network])).toEqual([
      ['untrained', 'a'],
      ['untrained', 'b'],
    ]);
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    const played = at.records().slice(2);
    expect(played).toEqual(await finish(bench(), trained));
    const first = played.find((record) => record.type === 'step');
    const [before] = untrained;
    if (first?.type !== 'step' || before?.type !== 'untrained') throw new Error('nothing was measured');
    const { relativeUpdate, ...others } = before.layers;
    expect(first.layers).toMatchObject(others);
    expect(relativeUpdate.every((value) => value === 0)).toBe(true);
  });

  it('takes single steps', async () => {
    const at = bench();
    at.load(experiment([tiny]));
    for (const expected of [1, 2]) {
      const paused = at.status('paused');
      at.send({ type: 'step' });
      await paused;
      expect(stepsOf(at.records(), 'a')).toHaveLength(expected);
    }
  });

  it('scales what is left of the schedule when the learning rate changes', async () => {
    const at = bench();
    at.load(experiment([tiny], { schedule: 'linear', steps: 4, lr: 0.4 }));
    for (const rate of [0.4, 0.4, 0.8, 0.8]) {
      at.send({ type: 'adjust', changes: { lr: rate, steps: 4 } });
      const stopped = at.next((event) => event.type === 'status' && ['paused', 'finished'].includes(event.status.kind));
      at.send({ type: 'step' });
      await stopped;
    }
    const rates = at.records().flatMap((record) => (record.type === 'step' ? [record.learningRate] : []));
    // Linear to 0 over 4 steps is lr · (1, 3/4, 1/2, 1/4).
    expect(rates).toEqual([0.4, 0.4 * 0.75, 0.8 * 0.5, 0.8 * 0.25]);
  });

  it('goes on to a later last step, and stops at an earlier one, each time with an evaluation', async () => {
    const at = bench();
    await finish(at, experiment([tiny], { steps: 4 }));
    const paused = at.status('paused');
    at.send({ type: 'adjust', changes: { lr: 0.1, steps: 100 } });
    await paused;
    at.send({ type: 'step' });
    await at.status('paused');
    at.send({ type: 'adjust', changes: { lr: 0.1, steps: 3 } });
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    expect(stepsOf(at.records(), 'a')).toEqual([1, 2, 3, 4, 5]);
    expect(evaluationsOf(at.records()).at(-1)?.step).toBe(5);
  });

  it('replaces a running experiment: nothing of the old one arrives after the new one has begun', async () => {
    const at = bench();
    at.load(experiment([tiny, tiny], { steps: 1000 }), 1);
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    const records = await finish(at, experiment([tiny]), 2);
    expect(stepsOf(records, 'a')).toHaveLength(10);
    const began = at.events.findIndex((event) => event.type === 'began' && event.run === 2);
    expect(at.events.slice(began).some((event) => 'run' in event && event.run === 1)).toBe(false);
  });

  it('survives many loads in a row, and only the last one counts', async () => {
    const at = bench();
    for (let run = 1; run < 8; run++) {
      at.load(experiment([tiny, tiny]), run);
      at.send({ type: 'play' });
    }
    expect(stepsOf(await finish(at, experiment([tiny]), 8), 'a')).toHaveLength(10);
  });
});

describe('training while images are still arriving', () => {
  it('starts without the test images and gives the very same records as with them', async () => {
    const wanted = experiment([tiny, exploding, tiny], { steps: 12 });
    const expected = await finish(bench(), wanted);
    const at = bench({ train: 20, test: 0 });
    const finished = at.status('finished');
    at.load(wanted);
    at.send({ type: 'play' });
    await at.next(() => stepsOf(at.records(), 'a').length === 12);
    expect(evaluationsOf(at.records())).toEqual([]);
    at.arrivals[0]?.deliver(20, 30);
    await finished;
    expect(lossesOf(at.records())).toEqual(lossesOf(expected));
    expect(evaluationsOf(at.records())).toEqual(evaluationsOf(expected));
  });

  it('waits for the first training images before it is ready', async () => {
    const at = bench({ train: 0, test: 0 });
    at.load(experiment([tiny]));
    await at.next((event) => event.type === 'began');
    expect(at.events.some((event) => event.type === 'status' && event.status.kind === 'ready')).toBe(false);
    const ready = at.status('ready');
    at.arrivals[0]?.deliver(20, 0);
    await ready;
  });

  it('says what could not be loaded and, after a retry, goes on where it was', async () => {
    const at = bench({ train: 20, test: 0 });
    const expected = await finish(bench(), experiment([tiny]));
    at.load(experiment([tiny]));
    at.send({ type: 'play' });
    await at.next(() => stepsOf(at.records(), 'a').length === 10);
    const failed = at.status('failed');
    at.arrivals[0]?.break('data.checksum');
    expect(await failed).toMatchObject({ status: { problem: { code: 'data.checksum' } } });
    const ready = at.status('paused');
    at.retry();
    at.arrivals[0]?.deliver(20, 30);
    await ready;
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    expect(lossesOf(at.records())).toEqual(lossesOf(expected));
    expect(evaluationsOf(at.records())).toEqual(evaluationsOf(expected));
  });
});

describe('what cannot run', () => {
  it('is refused with the batch that would fit when it needs too much memory', async () => {
    const at = bench();
    const failed = at.status('failed');
    const wide: NetworkSpec = { ...tiny, stack: [{ kind: 'conv', width: 256, stride: 1, count: 10 }] };
    at.load(experiment([wide], { batch: 20 }));
    expect(await failed).toMatchObject({ status: { problem: { code: 'spec.memoryBatch' } } });
  });

  it('is a failure with a reason when no engine starts, and can be tried again', async () => {
    let attempts = 0;
    const at = bench(undefined, async () => {
      attempts++;
      if (attempts === 1) throw new ProblemError(problem('engine.none', { reason: 'no memory' }));
      return createReferenceEngine();
    });
    const failed = at.status('failed');
    at.load(experiment([tiny]));
    expect(await failed).toMatchObject({ status: { problem: { code: 'engine.none' } } });
    const ready = at.status('ready');
    at.retry();
    await ready;
  });

  it('is a failure when an engine throws in a step; a retry starts a new engine and trains from the first step', async () => {
    let engines = 0;
    const at = bench(undefined, async () => {
      const engine = createReferenceEngine();
      if (engines++ > 0) return engine;
      return {
        ...engine,
        createTrainer: async (...how) => {
          const trainer = await engine.createTrainer(...how);
          let steps = 0;
          trainer.step = new Proxy(trainer.step, {
            apply: (step, self, batch) =>
              ++steps === 3 ? Promise.reject(new Error('device lost')) : Reflect.apply(step, self, batch),
          });
          return trainer;
        },
      };
    });
    const failed = at.status('failed');
    at.load(experiment([tiny, tiny]));
    at.send({ type: 'play' });
    expect(await failed).toMatchObject({
      status: { problem: { code: 'worker.unexpected', values: { reason: 'device lost' } } },
    });
    const ready = at.status('ready');
    at.retry();
    await ready;
    expect(engines).toBe(2);
  });

  it('refuses a graft that is none, in words', async () => {
    const at = bench();
    await finish(at, experiment([tiny]));
    const kept = at.next(({ type }) => type === 'kept');
    at.send({ type: 'keep', network: 'a' });
    const event = await kept;
    const base = event.type === 'kept' ? event.base : undefined;
    const failed = at.status('failed');
    const request = { run: 2, engine: { engine: 'reference', backend: null }, ...(base && { base }) } as const;
    const grafted = { ...request, experiment: experiment([{ ...tiny, act: 'tanh' }]) };
    at.send({ type: 'load', request: grafted });
    expect(await failed).toMatchObject({ status: { problem: { code: 'graft.notInserted' } } });
  });

  it('examines blocks between two steps of a run that goes on', async () => {
    const at = bench();
    const block = { kind: 'residual', width: 2, stride: 1, count: 2 } as const;
    const finished = at.status('finished');
    at.load(experiment([{ ...tiny, stack: [...tiny.stack, block] }], { steps: 30 }));
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    const examined = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: blocks });
    const event = await examined;
    await finished;
    const report = event.type === 'examined' && event.examined.kind === 'blocks' ? event.examined.report : null;
    expect(report?.blocks.map(({ layer }) => layer)).toEqual([2, 4]);
    expect(report?.step).toBeGreaterThan(0);
    expect(stepsOf(at.records(), 'a')).toHaveLength(30);
  });

  it('examines once the images that errors are measured on have arrived, and tells who does not wait for them', async () => {
    const at = bench({ train: 20, test: 0 });
    const ready = at.status('ready');
    at.load(experiment([tiny]));
    await ready;
    const over = at.next(({ type }) => type === 'examinationOver');
    at.send({ type: 'examine', network: 'a', what: confusion });
    at.send({ type: 'stopExamining', kind: 'confusion' });
    await over;
    expect(at.events.some(({ type }) => type === 'examined')).toBe(false);
    const examined = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: confusion });
    at.arrivals[0]?.deliver(20, 30);
    expect(await examined).toMatchObject({ examined: { report: { images: 30 } } });
  });

  it('compares twenty gradients with finite differences, one after the other, and pauses for it', async () => {
    const at = bench();
    at.load(experiment([{ ...tiny, norm: 'batch', act: 'tanh' }], { steps: 1000 }));
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    const over = at.next(({ type }) => type === 'examinationOver');
    at.send({ type: 'examine', network: 'a', what: gradients });
    await over;
    const reports = at.events.flatMap((event) =>
      event.type === 'examined' && event.examined.kind === 'gradients' ? [event.examined.report] : [],
    );
    const pairs = reports.at(-1)?.pairs ?? [];
    expect(pairs).toHaveLength(20);
    for (const { engine, finiteDifference } of pairs) expect(engine).toBeCloseTo(finiteDifference, 6);
    expect(reports).toHaveLength(21);
    expect(stepsOf(at.records(), 'a').length).toBeLessThan(1000);
  });
});

describe('an examination', () => {
  it('that pauses the run begins when it has paused, and everything measured before has arrived', async () => {
    const at = bench(undefined, async () => ahead());
    at.load(experiment([tiny], { steps: 1000 }));
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    const examined = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: gradients });
    const event = await examined;
    const before = at.events.slice(0, at.events.indexOf(event));
    expect(before.findLast(({ type }) => type === 'status')).toMatchObject({ status: { kind: 'paused' } });
    const step = event.type === 'examined' ? event.examined.report.step : null;
    expect(stepsOf(at.records(), 'a').at(-1)).toBe(step);
    at.send({ type: 'stopExamining', kind: 'gradients' });
    await at.next(({ type }) => type === 'examinationOver');
  });

  const deep: NetworkSpec = { ...tiny, stack: [{ kind: 'conv', width: 2, stride: 2, count: 3 }] };

  it('does not wait for the end of a run that goes on before its step has ended', async () => {
    const at = bench();
    at.load(experiment([tiny], { steps: 1000 }));
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records');
    const examined = at.next(({ type }) => type === 'examined');
    at.send({ type: 'pause' });
    at.send({ type: 'examine', network: 'a', what: confusion });
    at.send({ type: 'play' });
    const event = await examined;
    const step = event.type === 'examined' ? event.examined.report.step : null;
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(1000);
  });

  it.each(['play', 'step'] as const)(
    'that training would wait for ends when somebody asks for a %s',
    async (command) => {
      const at = bench();
      const ready = at.status('ready');
      at.load(experiment([deep]));
      await ready;
      const begun = at.next(({ type }) => type === 'examined');
      at.send({ type: 'examine', network: 'a', what: gradients });
      await begun;
      const over = at.next(({ type }) => type === 'examinationOver');
      const trained = at.next(({ type }) => type === 'records');
      at.send({ type: command });
      await over;
      await trained;
      const found = at.events.flatMap((event) => (event.type === 'examined' ? [event.examined.report] : []));
      expect(found.length).toBeLessThan(21);
    },
  );

  it('that waits for images does not hold up training, which needs fewer', async () => {
    const at = bench({ train: 20, test: 0 });
    const ready = at.status('ready');
    at.load(experiment([tiny], { steps: 1000 }));
    await ready;
    at.send({ type: 'examine', network: 'a', what: confusion });
    const trained = at.next(({ type }) => type === 'records');
    at.send({ type: 'play' });
    await trained;
    const examined = at.next(({ type }) => type === 'examined');
    at.arrivals[0]?.deliver(20, 30);
    expect(await examined).toMatchObject({ examined: { report: { images: 30 } } });
  });

  it('that waits for its turn is over as soon as it is stopped', async () => {
    const at = bench();
    const ready = at.status('ready');
    at.load(experiment([deep]));
    await ready;
    const begun = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: gradients });
    await begun;
    at.send({ type: 'examine', network: 'a', what: confusion });
    const over = at.next(({ type }) => type === 'examinationOver');
    at.send({ type: 'stopExamining', kind: 'confusion' });
    expect(await over).toMatchObject({ kind: 'confusion' });
    expect(await at.next(({ type }) => type === 'examinationOver')).toMatchObject({ kind: 'gradients' });
    const found = at.events.flatMap((event) => (event.type === 'examined' ? [event.examined.kind] : []));
    expect(found).toEqual(Array.from({ length: 21 }, () => 'gradients'));
  });

  it('need not wait for training images that a run waits for', async () => {
    const at = bench({ train: 20, test: 30 });
    // The images for the errors are here, and those of 20 steps.
    at.load(experiment([tiny], { train: 2000, batch: 50, steps: 1000 }));
    const [arrival] = at.arrivals;
    arrival?.deliver(1000, 30);
    at.send({ type: 'play' });
    await at.next((event) => event.type === 'records' && stepsOf(at.records(), 'a').at(-1) === 20);
    const examined = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: confusion });
    expect(await examined).toMatchObject({ examined: { report: { images: 30 } } });
  });

  it('that ends after a failure says nothing of one that was asked for since', async () => {
    const at = bench();
    const ready = at.status('ready');
    at.load(experiment([deep]));
    await ready;
    const begun = at.next(({ type }) => type === 'examined');
    at.send({ type: 'examine', network: 'a', what: gradients });
    await begun;
    at.session.fail(new Error('no connection'));
    at.retry();
    at.send({ type: 'examine', network: 'a', what: gradients });
    await at.next(({ type }) => type === 'examinationOver');
    const reports = at.events.flatMap((event) => (event.type === 'examined' ? [event.examined.report] : []));
    expect(reports.at(-1)).toMatchObject({ done: 20, planned: 20 });
    expect(at.events.filter(({ type }) => type === 'examinationOver')).toHaveLength(1);
  });

  it('is over at once after a failure', async () => {
    const at = bench();
    const ready = at.status('ready');
    at.load(experiment([tiny]));
    await ready;
    at.session.fail(new Error('broken'));
    const over = at.next(({ type }) => type === 'examinationOver');
    at.send({ type: 'examine', network: 'a', what: blocks });
    await over;
    expect(at.events.some(({ type }) => type === 'examined')).toBe(false);
  });
});

describe('an engine that looks ahead', () => {
  it('gives the very same records, whether its networks overflow or not', async () => {
    const wanted = experiment([tiny, exploding, tiny], { steps: 23 });
    const expected = await finish(bench(), wanted);
    const found = await finish(
      bench(undefined, async () => ahead()),
      wanted,
    );
    expect(lossesOf(found)).toEqual(lossesOf(expected));
    expect(stepsOf(found, 'b')).toEqual(stepsOf(expected, 'b'));
    expect(evaluationsOf(found)).toEqual(evaluationsOf(expected));
  });

  it('trains one step where one is asked for', async () => {
    const at = bench(undefined, async () => ahead());
    at.load(experiment([tiny]));
    const paused = at.status('paused');
    at.send({ type: 'step' });
    await paused;
    expect(stepsOf(at.records(), 'a')).toEqual([1]);
  });
});

describe('an engine that refuses a network', () => {
  it('is replaced by the next best, and says why', async () => {
    const asked: (string | null)[] = [];
    const refusing = ahead({
      name: 'webgpu',
      createTrainer: () => Promise.reject(new EngineRefusal('too many bindings')),
    });
    const at = bench(undefined, async (_, without) => {
      asked.push(without);
      return without === 'webgpu' ? createReferenceEngine() : refusing;
    });
    const records = await finish(at, experiment([tiny]));
    expect(stepsOf(records, 'a')).toHaveLength(10);
    expect(asked).toEqual([null, 'webgpu']);
    const notices = at.events.flatMap((event) => (event.type === 'notice' ? [event.problem] : []));
    expect(notices).toEqual([{ code: 'engine.refused', values: { engine: 'webgpu', reason: 'too many bindings' } }]);
  });

  it('only when it evaluates gives way just so', async () => {
    const asked: (string | null)[] = [];
    const refusing = ahead({ name: 'webgpu' });
    const { createTrainer } = refusing;
    const evaluating = {
      ...refusing,
      createTrainer: async (...how: Parameters<Engine['createTrainer']>) => {
        const trainer = await createTrainer(...how);
        trainer.evaluate = () => Promise.reject(new EngineRefusal('out of memory'));
        return trainer;
      },
    };
    const at = bench(undefined, async (_, without) => {
      asked.push(without);
      return without === 'webgpu' ? createReferenceEngine() : evaluating;
    });
    const expected = await finish(bench(), experiment([tiny]));
    const records = await finish(at, experiment([tiny]));
    expect(asked).toEqual([null, 'webgpu']);
    expect(lossesOf(records)).toEqual(lossesOf(expected));
    expect(evaluationsOf(records)).toEqual(evaluationsOf(expected));
    const notices = at.events.flatMap((event) => (event.type === 'notice' ? [event.problem.code] : []));
    expect(notices).toEqual(['engine.refused']);
  });
});
