import { describe, expect, it } from 'vitest';
import type { ImageSize, Item, NetworkSpec } from '../experiment/experiment.ts';
import { familyStack, type PresetName } from '../experiment/families.ts';
import { usualNetwork } from '../experiment/settings.ts';
import { buildGraph } from './build.ts';
import { costOf, memoryNeed } from './cost.ts';

function cost(stack: readonly Item[], how: Partial<NetworkSpec> = {}, size: ImageSize = 14) {
  return costOf(buildGraph({ stack, ...usualNetwork, ...how }, size));
}

function family(preset: PresetName, kind: 'plain' | 'residual', layers: number, width = 8) {
  return familyStack({ preset, kind, layers, width });
}

describe('the cost of a network', () => {
  // He et al. 2015, Table 6. Their CIFAR images have three channels: 2 · 9 · 16 more weights than here, below the rounding.
  it.each([
    [20, 0.27],
    [32, 0.46],
    [44, 0.66],
    [56, 0.85],
    [110, 1.7],
  ])('has the published parameters of ResNet-%i: %f million', (depth, millions) => {
    const { parameters } = cost(family('s14', 'residual', depth, 16), {}, 28);
    expect(Number((parameters / 1e6).toPrecision(2))).toBe(millions);
  });

  it('has no parameters for the shortcuts of option A, and one matrix and norm a projection of option B', () => {
    const plain = cost(family('s14', 'plain', 20));
    expect(cost(family('s14', 'residual', 20)).parameters).toBe(plain.parameters);
    const projections = 8 * 16 + 2 * 16 + 16 * 32 + 2 * 32;
    expect(cost(family('s14', 'residual', 20), { shortcut: 'b' }).parameters).toBe(plain.parameters + projections);
  });

  // Millions of operations for one image, forward and backward, of the networks that the presets were calibrated with.
  it.each([
    ['s14', 8, 3.8],
    ['s14', 20, 12.7],
    ['s14', 38, 26.2],
    ['s14', 56, 39.6],
    ['t7', 8, 1.0],
    ['t7', 20, 3.5],
    ['t7', 38, 7.1],
    ['t7', 56, 10.8],
  ] as const)('of %s at depth %i is %f MFLOP an image', (preset, depth, millions) => {
    expect(cost(family(preset, 'plain', depth)).trainingFlops / 1e6).toBeCloseTo(millions, 1);
    expect(cost(family(preset, 'residual', depth)).trainingFlops / 1e6).toBeCloseTo(millions, 1);
  });

  it('is that of the hand-counted arithmetic of a small network', () => {
    const small = cost([{ kind: 'conv', width: 2, stride: 2, count: 1 }], { norm: 'none', head: 'flatten' });
    const conv = 7 * 7 * 2 * 9 * 2;
    const dense = 10 * 98 * 2;
    expect(small).toEqual({
      parameters: 18 + 2 + 980 + 10,
      forwardFlops: conv + dense,
      trainingFlops: 2 * conv + 3 * dense,
      // The image, the conv's output, its activation and the logits.
      activationBytes: 4 * (196 + 98 + 98 + 10),
    });
    expect(memoryNeed([small], 'sgd')).toEqual({ fixed: 1010 * 4 * 2, perImage: 402 * 4 });
    expect(memoryNeed([small], 'adam').fixed).toBe(1010 * 4 * 4);
    // Two train in turn.
    expect(memoryNeed([small, small], 'sgd')).toEqual({ fixed: 2 * 1010 * 4 * 2, perImage: 402 * 4 });
  });

  it('keeps the sums of residual blocks: no cost in parameters, but some in memory', () => {
    const plain = cost(family('t7', 'plain', 20)).activationBytes;
    expect(cost(family('t7', 'residual', 20)).activationBytes).toBeGreaterThan(plain);
  });
});
