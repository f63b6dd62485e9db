import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { examine } from './examine.ts';

const stack = [
  { kind: 'conv', width: 2, stride: 2, count: 1 },
  { kind: 'residual', width: 2, stride: 1, count: 1 },
  { kind: 'zeroresidual', width: 2, stride: 1, count: 1 },
] as const;
const spec: NetworkSpec = { stack, ...presets.t7.network };

async function blocksOf(network: NetworkSpec) {
  const reports = await reportsOf(examine, await testSubject(network), {});
  return reports.at(-1)?.blocks;
}

describe('the sizes of blocks', () => {
  it('are found at the last layer of every block', async () => {
    expect((await blocksOf(spec))?.map(({ layer }) => layer)).toEqual([2, 4]);
  });

  it('have a branch of std 1 behind a batch norm of scale 1, and of 0 behind one of scale 0', async () => {
    const [first, second] = (await blocksOf(spec)) ?? [];
    expect(first?.branch).toBeCloseTo(1, 3);
    expect(second?.branch).toBe(0);
  });

  it('have a trunk with the std of a rectified normal behind batch norm and ReLU', async () => {
    // Of max(0, z), z standard normal: √(1/2 − 1/2π) = 0.584; the stem's responses are only nearly normal.
    const [first] = (await blocksOf(spec)) ?? [];
    expect(first?.trunk).toBeGreaterThan(0.4);
    expect(first?.trunk).toBeLessThan(0.75);
  });

  it('are those of what is added: factors count, and what is dropped by chance counts with its share', async () => {
    const one = { ...spec, stack: stack.slice(0, 2) };
    const [plain] = (await blocksOf(one)) ?? [];
    const [scaled] = (await blocksOf({ ...one, skipscale: 0.5, branchscale: 0.25 })) ?? [];
    const [dropped] = (await blocksOf({ ...one, dropout: 0.5, survival: 0.25 })) ?? [];
    for (const block of [scaled, dropped]) {
      expect(block?.trunk).toBeCloseTo(0.5 * (plain?.trunk ?? Number.NaN), 6);
      expect(block?.branch).toBeCloseTo(0.25 * (plain?.branch ?? Number.NaN), 6);
    }
  });

  it('are none without shortcuts', async () => {
    expect(await blocksOf({ ...spec, stack: stack.slice(0, 1) })).toEqual([]);
  });
});
