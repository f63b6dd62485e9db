import { describe, expect, it } from 'vitest';
import type { OpNode } from '../op.ts';
import { keyOf, maskOf, pcg, thresholdOf } from './mask.ts';
import type { Drop } from './op.ts';

function node(keep: number, id = 7, unit: Drop['unit'] = 'element'): OpNode<Drop> {
  return { id, op: { kind: 'drop', keep, unit }, inputs: [0], shape: [4, 4, 4] };
}

const COUNT = 20_000;
/** Five standard errors of the mean of as many fair coins. */
const FIVE_ERRORS = (5 * 0.5) / Math.sqrt(COUNT);

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Share of elements on which two masks agree: ½ where they are independent and fair. */
function agreement(a: Float32Array, b: Float32Array): number {
  return a.filter((value, i) => value === b[i]).length / a.length;
}

/** The hash once more, as the paper writes it, in integers of any size. */
function pcgInBigInt(value: bigint): bigint {
  const word32 = (1n << 32n) - 1n;
  const state = (value * 747796405n + 2891336453n) & word32;
  const word = (((state >> ((state >> 28n) + 4n)) ^ state) * 277803737n) & word32;
  return (word >> 22n) ^ word;
}

describe('a mask', () => {
  it('comes from the published hash', () => {
    for (const value of [0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff, 123456789]) {
      expect(pcg(value)).toBe(Number(pcgInBigInt(BigInt(value))));
    }
  });

  it('nests the hash over seed, updates, node and element, each sum modulo 2³²', () => {
    const draw = { seed: 0xfffffffe, updates: 12 };
    const wrapped = (value: bigint) => pcgInBigInt(value & 0xffffffffn);
    const key = wrapped(7n + wrapped(12n + wrapped(0xfffffffen)));
    expect(keyOf(draw, 7)).toBe(Number(key));
    // 0.3 · 2²⁴ = 5033164.8
    const expected = Array.from({ length: 50 }, (_, element) =>
      Number(wrapped(BigInt(element) + key) >> 8n < 5033165n),
    );
    expect([...maskOf(node(0.3), draw, 50)]).toEqual(expected);
  });

  it.each([0.1, 0.5, 0.9])('keeps a share of %f', (keep) => {
    const kept = mean(maskOf(node(keep), { seed: 1, updates: 0 }, COUNT));
    expect(Math.abs(kept - keep)).toBeLessThan(FIVE_ERRORS);
  });

  it('keeps everything at 1 and nothing at 0', () => {
    expect(mean(maskOf(node(1), { seed: 1, updates: 0 }, COUNT))).toBe(1);
    expect(mean(maskOf(node(0), { seed: 1, updates: 0 }, COUNT))).toBe(0);
    expect(thresholdOf(1)).toBe(2 ** 24);
  });

  it('is independent of its neighbours: elements, rows, steps, nodes and seeds', () => {
    const mask = maskOf(node(0.5), { seed: 1, updates: 0 }, COUNT);
    const others = [
      ...[1, 2, 8, 56].map((distance) => mask.slice(distance)),
      maskOf(node(0.5), { seed: 1, updates: 1 }, COUNT),
      maskOf(node(0.5, 8), { seed: 1, updates: 0 }, COUNT),
      maskOf(node(0.5), { seed: 2, updates: 0 }, COUNT),
    ];
    for (const other of others) {
      expect(Math.abs(agreement(mask.slice(0, other.length), other) - 0.5)).toBeLessThan(1.1 * FIVE_ERRORS);
    }
  });

  it('is one draw for all where the unit is the minibatch, from step to step with the same probability', () => {
    const draws = Float32Array.from({ length: COUNT }, (_, updates) => {
      const mask = maskOf(node(0.8, 7, 'minibatch'), { seed: 3, updates }, 500);
      expect(mask.length).toBe(1);
      return mask[0] ?? Number.NaN;
    });
    expect(Math.abs(mean(draws) - 0.8)).toBeLessThan(FIVE_ERRORS);
    expect(Math.abs(agreement(draws.slice(1), draws.slice(0, -1)) - (0.8 ** 2 + 0.2 ** 2))).toBeLessThan(
      2 * FIVE_ERRORS,
    );
  });
});
