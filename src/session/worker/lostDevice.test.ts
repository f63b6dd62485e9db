/** Sessions whose devices are lost, on engines that play it: at any step, in an evaluation, and while networks are built. */
import { describe, expect, it } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { MeasurementRecord } from '../../records/records.ts';
import {
  ahead,
  evaluationsOf,
  experiment,
  failing,
  losable,
  lossesOf,
  range,
  stepsOf,
  TestSession,
  tiny,
} from './testSession.ts';

/** An engine whose device is lost in the call of a trainer's method with this number, counted over all of its networks. */
function losing(at: number, method: 'step' | 'evaluate' = 'step'): Engine {
  const { engine, lose } = losable();
  return failing(engine, method, (call) => {
    if (call < at) return null;
    lose('driver reset');
    return new Error('mapping was aborted');
  });
}

/** An engine whose device goes while networks are built on it. */
function losingInBuilding(refusal?: string): Engine {
  const { engine, lose } = losable();
  const createTrainer = () => {
    lose('driver reset again');
    return Promise.reject(refusal ? new EngineRefusal(refusal) : new Error('Instance dropped in popErrorScope'));
  };
  return { ...engine, createTrainer };
}

/** A session on these engines in turn, and then on one that keeps its device. */
function sessionOn(...engines: readonly Engine[]): TestSession {
  return new TestSession({ engine: (_, time) => engines[time - 1] ?? ahead() });
}

const twelve = experiment([tiny], { steps: 12, opt: 'momentum' });

/** The steps that were trained since a step was trained for the last time. */
const since = (step: number, steps: readonly number[]) => steps.slice(steps.lastIndexOf(step));

describe('a device that is lost', () => {
  it('is replaced, and training goes on from the latest copy with the same results, which is said', async () => {
    const expected = await new TestSession().finish(twelve);
    const at = sessionOn(losing(8)).load(twelve);
    await at.steps(3);
    await at.play().until('finished');
    expect(at.without).toHaveLength(2);
    expect(at.notices()).toMatchObject([{ code: 'engine.lost', values: { reason: 'driver reset', step: 3 } }]);
    expect(since(4, at.trained())).toEqual(range(4, 12));
    // A copy is float32, the reference engine float64: equal to six digits is as equal as can be.
    const lastLoss = (records: readonly MeasurementRecord[]) => lossesOf(records).at(-1) ?? Number.NaN;
    expect(lastLoss(at.records())).toBeCloseTo(lastLoss(expected), 6);
  });

  it.each([1, 5, 11])('while it evaluates for the %i. time leaves no evaluation out', async (time) => {
    const wanted = experiment([tiny, tiny], { steps: 10 });
    const at = sessionOn(losing(2 * time, 'evaluate'));
    const [expected, found] = [await new TestSession().finish(wanted), await at.finish(wanted)].map((records) =>
      evaluationsOf(records).map(({ network, step }) => `${network} ${step}`),
    );
    expect(at.without).toHaveLength(2);
    expect([...new Set(found)].sort()).toEqual(expected?.sort());
  });

  it('before any copy was made is replaced, and training starts again from its first step', async () => {
    const at = sessionOn(losing(2));
    const steps = stepsOf(await at.finish(experiment([tiny])));
    expect(since(1, steps)).toEqual(range(1, 10));
    expect(at.notices().map(({ code }) => code)).toEqual(['engine.lost']);
  });
});

describe('a device that is lost while networks are built', () => {
  it.each([
    ['an error', undefined],
    ['what looks like a refusal', 'convolve 3×3: a valid instance no longer exists'],
  ])('is replaced, be it with %s', async (_, refusal) => {
    const at = sessionOn(losingInBuilding(refusal));
    expect(stepsOf(await at.finish(experiment([tiny])))).toHaveLength(10);
    expect(at.without).toEqual([null, null]);
    expect(at.notices()).toEqual([{ code: 'engine.lostBuilding', values: { reason: 'driver reset again' } }]);
  });

  it('after another was lost in training loses no copy', async () => {
    const at = sessionOn(losing(8), losingInBuilding(), losingInBuilding('no pipeline')).load(twelve);
    await at.steps(3);
    await at.play().until('finished');
    const codes = ['engine.lostBuilding', 'engine.lostBuilding', 'engine.lost'];
    expect(at.notices().map(({ code }) => code)).toEqual(codes);
    expect(at.notices().at(-1)).toMatchObject({ values: { step: 3 } });
    expect(since(4, at.trained())).toEqual(range(4, 12));
  });

  it('again and again is a failure in the end, and a retry goes on from the latest copy', async () => {
    let areBroken = true;
    const at = new TestSession({
      engine: (_, time) => (time === 1 ? losing(8) : areBroken ? losingInBuilding() : ahead()),
    }).load(twelve);
    await at.steps(3);
    const failed = await at.play().until('failed');
    expect(failed.status.problem.code).toBe('worker.unexpected');
    areBroken = false;
    await at.retry().until('paused');
    expect(at.notices().at(-1)).toMatchObject({ code: 'engine.resumed', values: { step: 3 } });
    await at.play().until('finished');
    expect(since(4, at.trained())).toEqual(range(4, 12));
    expect(at.told('began')).toHaveLength(1);
  });
});

it('gives way to the next best where it loses every device at the same place', async () => {
  const at = new TestSession({
    engine: (without) => (without === null ? { ...losing(3), name: 'webgpu' } : createReferenceEngine()),
  });
  const steps = stepsOf(await at.finish(experiment([tiny])));
  expect(at.without).toEqual([null, null, null, 'webgpu']);
  expect(steps.slice(-10)).toEqual(range(1, 10));
});
