import { describe, expect, it, test } from 'vitest';
import type { NetworkSpec } from '../experiment/experiment.ts';
import { familyStack } from '../experiment/families.ts';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from './build.ts';
import { predictedFactor } from './predictedFactor.ts';

const flat = familyStack({ preset: 'f7', kind: 'plain', layers: 12, width: 8 });

function predict(how: Partial<NetworkSpec>) {
  const spec = { stack: flat, ...presets.f7.network, ...how };
  return predictedFactor(spec, buildGraph(spec, 14));
}

describe('the predicted factor per layer', () => {
  // Measured in PyTorch on flat networks of 7×7 maps and 8 channels, at initialisation.
  test.each([
    ['sigmoid, Xavier', { act: 'sigmoid', init: 'xavier' }, 0.22],
    ['tanh, normal(0.05)', { act: 'tanh', init: 'normal', std: 0.05 }, 0.39],
    ['ReLU, normal(0.05)', { act: 'relu', init: 'normal', std: 0.05 }, 0.27],
    ['ReLU, Xavier × 3', { act: 'relu', init: 'xavier', gain: 3 }, 1.88],
  ] as const)('is within 4 % of what was measured: %s', (_, how, measured) => {
    expect(Math.abs((predict(how)?.factor ?? 0) / measured - 1)).toBeLessThan(0.04);
  });

  it('is 1 for He’s weights on a map whose edge does not count, and a little less on a small one', () => {
    const spec = { ...presets.f7.network, stack: [{ kind: 'conv', width: 8, stride: 1, count: 3 } as const] };
    expect(predictedFactor(spec, buildGraph(spec, 28))?.factor).toBeCloseTo((28 * 3 - 2) / (28 * 3), 6);
    expect(predict({})?.factor).toBeCloseTo(19 / 21, 6);
  });

  it('is √(π/(π−1)) behind batch norm with ReLU, whatever the weights, but for taps in the padding', () => {
    // Along a side of 7 the outer taps lie inside at 6/7 of the outputs: a mean of 19/21, and 121/147 of the squares.
    const factor = Math.sqrt(Math.PI / (Math.PI - (121 / 147 / (19 / 21)) ** 2));
    expect(predict({ norm: 'batch', init: 'normal', std: 3 })?.factor).toBeCloseTo(factor, 4);
  });

  it('is a bound for sigmoid and tanh', () => {
    expect([predict({ act: 'sigmoid' }), predict({ act: 'tanh' }), predict({})].map((each) => each?.isBound)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is not known with shortcuts, or behind batch norm with another activation', () => {
    expect(predict({ norm: 'batch', act: 'sigmoid' })).toBeNull();
    expect(predict({ stack: familyStack({ preset: 'f7', kind: 'residual', layers: 12, width: 8 }) })).toBeNull();
    expect(predict({ stack: flat.slice(0, 1) })).toBeNull();
  });
});
