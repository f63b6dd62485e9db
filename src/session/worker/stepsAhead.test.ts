import { describe, expect, it } from 'vitest';
import type { StepResult, Trainer } from '../../engine/engine.ts';
import type { TrainedNetwork } from './networks.ts';
import { BurstSize, StepsAhead } from './stepsAhead.ts';

interface Gpu {
  readonly msPerStep: number;
  /** How often the browser looks for results. */
  readonly poll: number;
  /** When this thread does not look at results, from one time to another. */
  readonly hiccup?: readonly [number, number];
}

/** The sizes of bursts that a GPU is asked for, two of them under way, up to a time in milliseconds. */
function burstsOf({ msPerStep, poll, hiccup = [-1, -1] }: Gpu, until: number): number[] {
  const size = new BurstSize(8, 2);
  const sizes: number[] = [];
  const underWay: { readonly steps: number; readonly at: number }[] = [];
  let [now, free] = [0, 0];
  while (now < until) {
    while (underWay.length < 2) {
      free = Math.max(free, now) + size.steps * msPerStep;
      sizes.push(size.steps);
      underWay.push({ steps: size.steps, at: Math.ceil(free / poll) * poll });
    }
    const { steps, at } = underWay.shift() ?? { steps: 0, at: 0 };
    now = Math.max(now, at);
    if (now > hiccup[0] && now < hiccup[1]) now = hiccup[1];
    size.arrived(steps, now, 0);
  }
  return sizes;
}

const lateOf = (sizes: readonly number[]) => sizes.slice(-20);

describe('the size of a burst', () => {
  it('is what takes about 8 ms, and at most the most', () => {
    // 8 / 3 = 2.7; 8 / 0.5 = 16.
    expect(new Set(lateOf(burstsOf({ msPerStep: 3, poll: 0.01 }, 500)))).toEqual(new Set([3]));
    expect(new Set(lateOf(burstsOf({ msPerStep: 0.5, poll: 0.01 }, 500)))).toEqual(new Set([8]));
    expect(new Set(burstsOf({ msPerStep: 45, poll: 0.01 }, 5000))).toEqual(new Set([1]));
  });

  it('is at most twice what it should be, just once, when this thread was busy while results came back', () => {
    const sizes = burstsOf({ msPerStep: 3, poll: 0.01, hiccup: [300, 350] }, 1000);
    const settled = sizes.slice(10);
    expect(Math.max(...settled)).toBeLessThanOrEqual(6);
    expect(settled.filter((steps) => steps > 3).length).toBeLessThanOrEqual(2);
  });

  describe('where the browser looks for results every 100 ms', () => {
    it('grows as long as that costs nothing: short steps are not held up', () => {
      expect(new Set(lateOf(burstsOf({ msPerStep: 1, poll: 100 }, 10_000)))).toEqual(new Set([8]));
    });

    it('stays short for long steps, and is seldom tried longer', () => {
      const sizes = burstsOf({ msPerStep: 45, poll: 100 }, 30_000);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
      expect(sizes.filter((steps) => steps > 1).length / sizes.length).toBeLessThan(0.05);
    });
  });
});

/** A network whose steps end when the test says so. */
function network(id: TrainedNetwork['id']) {
  const asked: number[] = [];
  const ends: (() => void)[] = [];
  const step = (images: Uint32Array) => {
    asked.push(images[0] ?? -1);
    return new Promise<StepResult>((resolve) => {
      ends.push(() => resolve({ loss: images[0] ?? -1 } as StepResult));
    });
  };
  const trained = { id, trainer: { step } as unknown as Trainer } as TrainedNetwork;
  return { trained, asked, ends };
}

const order = (step: number) => ({ step, images: () => Uint32Array.of(step), learningRate: 1 });
const { signal } = new AbortController();

describe('steps ahead', () => {
  it('of an engine that occupies this thread are one at a time', async () => {
    const ahead = new StepsAhead(1);
    const a = network('a');
    expect(ahead.burst).toBe(1);
    await ahead.start([order(1)], [a.trained], signal);
    expect(ahead.isFull).toBe(true);
    a.ends[0]?.();
    expect((await ahead.finish()).steps[0]?.results[0]?.result.loss).toBe(1);
    expect(ahead.isEmpty).toBe(true);
  });

  it('of a GPU are asked for without waiting, of every network in turn, and end in their order', async () => {
    const ahead = new StepsAhead(16);
    const [a, b] = [network('a'), network('b')];
    await ahead.start([order(1), order(2)], [a.trained, b.trained], signal);
    expect(ahead.isFull).toBe(false);
    await ahead.start([order(3)], [a.trained, b.trained], signal);
    expect(ahead.isFull).toBe(true);
    expect([a.asked, b.asked]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    for (const end of [...a.ends.toReversed(), ...b.ends]) end();
    const first = await ahead.finish();
    expect(
      first.steps.map(({ order: { step }, results }) => [step, ...results.map(({ network: { id } }) => id)]),
    ).toEqual([
      [1, 'a', 'b'],
      [2, 'a', 'b'],
    ]);
    expect((await ahead.finish()).steps.map(({ order: { step } }) => step)).toEqual([3]);
  });

  it('reject only once all of a burst has ended', async () => {
    const ahead = new StepsAhead(16);
    const a = network('a');
    const broken = { ...network('b').trained, trainer: { step: () => Promise.reject(new Error('lost')) } as never };
    await ahead.start([order(1)], [a.trained, broken], signal);
    let ended = false;
    const finished = ahead.finish().finally(() => {
      ended = true;
    });
    finished.catch(() => undefined);
    await Promise.resolve();
    expect(ended).toBe(false);
    a.ends[0]?.();
    await expect(finished).rejects.toThrow('lost');
  });
});
