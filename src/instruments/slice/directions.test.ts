import { describe, expect, it } from 'vitest';
import type { ConvItem, NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { filterNormalized, randomDirection, sliceDirection } from './directions.ts';

function network(kind: ConvItem['kind'], changes: Partial<NetworkSpec> = {}): NetworkSpec {
  const stack = [
    { kind: 'conv', width: 2, stride: 2, count: 1 },
    { kind, width: 4, stride: 2, count: 2 },
  ] as const;
  return { ...presets.t7.network, ...changes, stack };
}

const plain = buildGraph(network('plain'), 14);

describe('a filter-normalised direction', () => {
  it('has the norm of the weights in every filter', () => {
    // Two units of a dense layer with two inputs: weights (3, 4) and (0, 2), direction (0.5, 0) and (−0.6, 0.8).
    const found = filterNormalized(Float64Array.of(0.5, -0.6, 0, 0.8), Float32Array.of(3, 0, 4, 2), 2);
    [5, -1.2, 0, 1.6].forEach((expected, i) => {
      expect(found[i]).toBeCloseTo(expected, 8);
    });
  });

  it('leaves a filter alone whose weights are zero', () => {
    expect([...filterNormalized(Float64Array.of(1, 1), Float32Array.of(0, 0), 1)]).toEqual([0, 0]);
  });

  it('counts the channels that a conv makes as its filters', () => {
    const weights = initialParameters(plain, network('plain'), 1);
    const direction = sliceDirection(plain, weights, 1, 1);
    const { weight } = plain.layers[2] ?? { weight: 0 };
    // Four filters of [3, 3, 4]: what the third makes stands at every fourth number, from the third on.
    const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values).filter((_, i) => i % 4 === 2));
    expect(norm(direction[weight] ?? [])).toBeCloseTo(norm(weights[weight] ?? []), 6);
  });

  it('does not move biases, scales and shifts', () => {
    const weights = initialParameters(plain, network('plain'), 1);
    const isStill = sliceDirection(plain, weights, 1, 1).map((values) => values.every((value) => value === 0));
    expect(isStill).toEqual(plain.parameters.map(({ role }) => role !== 'weight'));
  });
});

describe('random directions', () => {
  it('are the same for twins, and differ from each other and between seeds', () => {
    const residual = buildGraph(network('residual'), 14);
    expect(randomDirection(residual, 7, 1)).toEqual(randomDirection(plain, 7, 1));
    expect(randomDirection(plain, 7, 2)).not.toEqual(randomDirection(plain, 7, 1));
    expect(randomDirection(plain, 8, 1)).not.toEqual(randomDirection(plain, 7, 1));
  });

  it('are the same in the layers of the main path where a twin has projections besides', () => {
    const projecting = buildGraph(network('residual', { shortcut: 'b' }), 14);
    const byName = new Map(
      randomDirection(projecting, 7, 1).map((each, id) => [projecting.parameters[id]?.name, each]),
    );
    for (const [id, each] of randomDirection(plain, 7, 1).entries()) {
      expect(byName.get(plain.parameters[id]?.name)).toEqual(each);
    }
  });

  it('are standard normal', () => {
    const { weight } = plain.layers[3] ?? { weight: 0 };
    const values = [...(randomDirection(plain, 1, 1)[weight] ?? [])];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // 144 numbers: four standard errors.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(values.length));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / values.length));
  });
});
