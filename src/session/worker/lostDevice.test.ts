/** Sessions whose devices are lost, on engines that play it: at any step, in an evaluation, and while networks are built. */
import { describe, expect, it } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { MeasurementRecord } from '../../records/records.ts';
import { experiment, tiny } from './testArrival.ts';
import { ahead, type Bench, bench, evaluationsOf, finish, stepsOf } from './testSession.ts';

/** An engine whose device is lost in the call of a trainer's method with this number, counted over all of its networks. */
function losing(at: number, method: 'step' | 'evaluate' = 'step'): Engine {
  const engine = createReferenceEngine();
  let calls = 0;
  let lose: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  return ahead({
    lost,
    createTrainer: async (...how) => {
      const trainer = await engine.createTrainer(...how);
      trainer[method] = new Proxy(trainer[method], {
        apply: (original, self, batch) => {
          if (++calls < at) return Reflect.apply(original, self, batch);
          lose('driver reset');
          return Promise.reject(new Error('mapping was aborted'));
        },
      }) as never;
      return trainer;
    },
  });
}

describe('a device that is lost', () => {
  it('is replaced, and training goes on from the latest copy with the same results, which is said', async () => {
    const wanted = experiment([tiny], { steps: 12, opt: 'momentum' });
    const expected = await finish(bench(), wanted);
    let engines = 0;
    const at = bench(undefined, async () => (engines++ === 0 ? losing(8) : ahead()));
    at.load(wanted);
    for (let step = 1; step <= 3; step++) {
      const paused = at.status('paused');
      at.send({ type: 'step' });
      await paused;
    }
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    expect(engines).toBe(2);
    const [notice] = at.events.flatMap((event) => (event.type === 'notice' ? [event.problem] : []));
    expect(notice).toMatchObject({ code: 'engine.lost', values: { reason: 'driver reset', step: 3 } });
    const steps = stepsOf(at.records(), 'a');
    expect(steps.slice(steps.lastIndexOf(4))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
    // A copy is float32, the reference engine float64: equal to six digits is as equal as can be.
    const lastLoss = (records: readonly MeasurementRecord[]) =>
      records.findLast((record) => record.type === 'step')?.loss ?? Number.NaN;
    expect(lastLoss(at.records())).toBeCloseTo(lastLoss(expected), 6);
  });

  it.each([1, 5, 11])('while it evaluates for the %i. time leaves no evaluation out', async (time) => {
    const wanted = experiment([tiny, tiny], { steps: 10 });
    const expected = await finish(bench(), wanted);
    let engines = 0;
    const at = bench(undefined, async () => (engines++ === 0 ? losing(2 * time, 'evaluate') : ahead()));
    const found = await finish(at, wanted);
    expect(engines).toBe(2);
    const steps = (records: readonly MeasurementRecord[]) =>
      new Set(evaluationsOf(records).map(({ network, step }) => `${network} ${step}`));
    expect([...steps(found)].sort()).toEqual([...steps(expected)].sort());
  });

  it('before any copy was made is replaced, and training starts again from its first step', async () => {
    let engines = 0;
    const at = bench(undefined, async () => (engines++ === 0 ? losing(2) : ahead()));
    const records = await finish(at, experiment([tiny]));
    expect(new Set(stepsOf(records, 'a'))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(at.events.some((event) => event.type === 'notice' && event.problem.code === 'engine.lost')).toBe(true);
  });
});

/** An engine whose device goes while networks are built on it. */
function losingInBuilding(refusal?: string): Engine {
  let lose: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    lose = resolve;
  });
  const createTrainer = () => {
    lose('driver reset again');
    return Promise.reject(refusal ? new EngineRefusal(refusal) : new Error('Instance dropped in popErrorScope'));
  };
  return ahead({ lost, createTrainer });
}

const noticesOf = ({ events }: Bench) => events.flatMap((event) => (event.type === 'notice' ? [event.problem] : []));

/** Trains three steps with a copy after each. */
async function threeSteps(at: Bench, wanted: Experiment): Promise<void> {
  at.load(wanted);
  for (let step = 1; step <= 3; step++) {
    const paused = at.status('paused');
    at.send({ type: 'step' });
    await paused;
  }
}

describe('a device that is lost while networks are built', () => {
  it.each([
    ['an error', undefined],
    ['what looks like a refusal', 'convolve 3×3: a valid instance no longer exists'],
  ])('is replaced, be it with %s', async (_, refusal) => {
    const asked: (string | null)[] = [];
    const at = bench(undefined, async (_request, without) => {
      asked.push(without);
      return asked.length === 1 ? losingInBuilding(refusal) : ahead();
    });
    const records = await finish(at, experiment([tiny]));
    expect(asked).toEqual([null, null]);
    expect(stepsOf(records, 'a')).toHaveLength(10);
    expect(noticesOf(at)).toEqual([{ code: 'engine.lostBuilding', values: { reason: 'driver reset again' } }]);
  });

  it('after another was lost in training loses no copy', async () => {
    const engines = [losing(8), losingInBuilding(), losingInBuilding('no pipeline')];
    const at = bench(undefined, async () => engines.shift() ?? ahead());
    await threeSteps(at, experiment([tiny], { steps: 12 }));
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    expect(noticesOf(at).map(({ code }) => code)).toEqual([
      'engine.lostBuilding',
      'engine.lostBuilding',
      'engine.lost',
    ]);
    expect(noticesOf(at).at(-1)).toMatchObject({ values: { step: 3 } });
    const steps = stepsOf(at.records(), 'a');
    expect(steps.slice(steps.lastIndexOf(4))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('again and again is a failure in the end, and a retry goes on from the latest copy', async () => {
    let engines = 0;
    let areBroken = true;
    const at = bench(undefined, async () => {
      if (engines++ === 0) return losing(8);
      return areBroken ? losingInBuilding() : ahead();
    });
    await threeSteps(at, experiment([tiny], { steps: 12 }));
    const failed = at.status('failed');
    at.send({ type: 'play' });
    expect(await failed).toMatchObject({ status: { problem: { code: 'worker.unexpected' } } });
    areBroken = false;
    const paused = at.status('paused');
    at.retry();
    await paused;
    expect(noticesOf(at).at(-1)).toMatchObject({ code: 'engine.resumed', values: { step: 3 } });
    const finished = at.status('finished');
    at.send({ type: 'play' });
    await finished;
    const steps = stepsOf(at.records(), 'a');
    expect(steps.slice(steps.lastIndexOf(4))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(at.events.filter(({ type }) => type === 'began')).toHaveLength(1);
  });
});

describe('an engine that loses every device', () => {
  it('at the same place gives way to the next best', async () => {
    const asked: (string | null)[] = [];
    const at = bench(undefined, async (_, without) => {
      asked.push(without);
      return without === null ? { ...losing(3), name: 'webgpu' } : createReferenceEngine();
    });
    const records = await finish(at, experiment([tiny]));
    expect(asked).toEqual([null, null, null, 'webgpu']);
    expect(stepsOf(records, 'a').slice(-10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
