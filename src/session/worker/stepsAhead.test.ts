import { describe, expect, it } from 'vitest';
import type { StepResult, Trainer } from '../../engine/engine.ts';
import type { TrainedNetwork } from './networks.ts';
import { StepsAhead } from './stepsAhead.ts';

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

const order = (step: number) => ({ step, images: Uint32Array.of(step), learningRate: 1 });
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
