import { describe, expect, it } from 'vitest';
import type { Snapshot, Trainer } from '../../engine/engine.ts';
import { Checkpoints } from './checkpoints.ts';

/** Steps that are asked for in one go, and as far as an engine is ahead when a copy of now arrives. */
const BURST = 8;
const AHEAD = 24;

/** A network whose copies arrive when told to. */
function network() {
  const asked: ((snapshot: Snapshot) => void)[] = [];
  const trainer = { snapshot: () => new Promise<Snapshot>((resolve) => asked.push(resolve)) } as unknown as Trainer;
  const deliver = async () => {
    asked.shift()?.({ parameters: [], moments: [], updates: 0 });
    // Copies of all networks are put together, which takes a few turns.
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { of: { id: 'a', trainer, seed: 1, copyFrom: async () => trainer } as const, deliver };
}

describe('checkpoints', () => {
  it('lose at most 200 steps, wherever the device is lost and however late copies arrive', async () => {
    const checkpoints = new Checkpoints();
    const { of, deliver } = network();
    const arrivals: number[] = [];
    let worst = 0;
    for (let step = BURST; step <= 2000; step += BURST) {
      if (arrivals[0] !== undefined && step >= arrivals[0]) {
        arrivals.shift();
        await deliver();
      }
      worst = Math.max(worst, step - (checkpoints.latest?.step ?? 0));
      if (!checkpoints.isDue(step)) continue;
      checkpoints.take(step, [of], [of]);
      arrivals.push(step + AHEAD);
    }
    expect(worst).toBeGreaterThan(150);
    expect(worst).toBeLessThanOrEqual(200);
  });
});
