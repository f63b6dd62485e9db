import { describe, expect, it } from 'vitest';
import type { Item, NetworkSpec } from '../experiment/experiment.ts';
import { usualNetwork } from '../experiment/settings.ts';
import { buildGraph } from './build.ts';
import { initialParameters } from './init.ts';

const stack: readonly Item[] = [
  { kind: 'conv', width: 16, stride: 2, count: 1 },
  { kind: 'residual', width: 32, stride: 2, count: 1 },
  { kind: 'dense', width: 40, count: 1 },
];

function draw(how: Partial<NetworkSpec> = {}, seed = 1) {
  const spec: NetworkSpec = { stack, ...usualNetwork, head: 'flatten', ...how };
  const graph = buildGraph(spec, 14);
  const values = initialParameters(graph, spec, seed);
  const named = (name: string) => {
    const found = graph.parameters.find((parameter) => parameter.name === name);
    return values[found?.id ?? -1] ?? new Float32Array();
  };
  return { values, named };
}

function std(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The standard deviation of n samples is off by 1 / √(2n) of itself on average; 4 times that is rare. */
function expectStd(values: Float32Array, expected: number) {
  expect(Math.abs(std(values) / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * values.length));
}

describe('initial weights', () => {
  it('have the standard deviation of each initialisation', () => {
    // conv 3: 32 → 32 channels of 9 taps; dense 1: 4 · 4 · 32 → 40.
    expectStd(draw({ init: 'he' }).named('conv 3 weight'), Math.sqrt(2 / 288));
    expectStd(draw({ init: 'he' }).named('dense 1 weight'), Math.sqrt(2 / 512));
    expectStd(draw({ init: 'xavier' }).named('conv 2 weight'), Math.sqrt(2 / (144 + 288)));
    expectStd(draw({ init: 'xavier' }).named('dense 1 weight'), Math.sqrt(2 / 552));
    expectStd(draw({ init: 'normal', std: 0.03 }).named('conv 3 weight'), 0.03);
  });

  it('are uniform as PyTorch draws them: within 1 / √fan-in, the biases and the classifier too', () => {
    const { named } = draw({ init: 'pytorch', norm: 'none' });
    for (const [layer, fanIn] of [
      ['conv 3', 288],
      ['dense 1', 512],
      ['classifier', 40],
    ] as const) {
      const limit = 1 / Math.sqrt(fanIn);
      const [weight, bias] = [named(`${layer} weight`), named(`${layer} bias`)];
      // Of U(−a, a) it is a / √3: the 1 / √(3 fan-in) that PyTorch's documentation gives.
      expectStd(weight, limit / Math.sqrt(3));
      expect(Math.max(...weight.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
      expect(Math.max(...bias.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit));
      expect(new Set(bias).size).toBe(bias.length);
    }
    expectStd(named('dense 1 bias'), 1 / Math.sqrt(3 * 512));
  });

  it('are uniform as Keras draws them: Glorot, with biases of 0, the classifier too', () => {
    const { named } = draw({ init: 'keras', norm: 'none', gain: 2 });
    // √(6 / (fan-in + fan-out)) / √3.
    expectStd(named('conv 2 weight'), 2 * Math.sqrt(2 / (144 + 288)));
    expectStd(named('classifier weight'), Math.sqrt(2 / 50));
    expect(Math.max(...named('conv 2 weight'))).toBeGreaterThan(0.99 * 2 * Math.sqrt(6 / (144 + 288)));
    for (const layer of ['conv 2', 'dense 1', 'classifier'])
      expect(new Set(named(`${layer} bias`))).toEqual(new Set([0]));
  });

  it('are multiplied by the gain, but for the classifier', () => {
    const one = draw();
    const three = draw({ gain: 3 });
    one.named('conv 2 weight').forEach((value, i) => {
      expect(three.named('conv 2 weight')[i]).toBeCloseTo(3 * value, 5);
    });
    expect(three.named('classifier weight')).toEqual(one.named('classifier weight'));
    expectStd(one.named('classifier weight'), Math.sqrt(1 / 40));
  });

  it.each([
    ['columns', 'dense 1 weight', 512, 40],
    ['columns', 'conv 2 weight', 144, 32],
    ['rows', 'conv 1 weight', 9, 16],
  ])('are orthogonal: the %s of the %s', (which, name, rows, columns) => {
    const weight = draw({ init: 'orthogonal', gain: 2 }).named(name);
    const [vectors, along, step, stride] = which === 'rows' ? [rows, columns, 1, columns] : [columns, rows, columns, 1];
    for (let a = 0; a < vectors; a++) {
      for (let b = 0; b <= a; b++) {
        let product = 0;
        for (let i = 0; i < along; i++) {
          product += (weight[a * stride + i * step] ?? 0) * (weight[b * stride + i * step] ?? 0);
        }
        expect(product).toBeCloseTo(a === b ? 4 : 0, 5);
      }
    }
  });

  it('are the same for the same seed, and others for another', () => {
    expect(draw().values).toEqual(draw().values);
    expect(draw({}, 2).named('conv 1 weight')).not.toEqual(draw().named('conv 1 weight'));
  });

  it('of the main path stay the same when projections are added', () => {
    const a = draw({ shortcut: 'a' });
    const b = draw({ shortcut: 'b' });
    for (const name of ['conv 2 weight', 'conv 3 weight', 'dense 1 weight', 'classifier weight']) {
      expect(b.named(name)).toEqual(a.named(name));
    }
    expectStd(b.named('projection 1 weight'), Math.sqrt(2 / 16));
  });

  it('differ from layer to layer', () => {
    const { named } = draw({ init: 'normal' });
    expect(named('conv 3 weight').subarray(0, 50)).not.toEqual(named('conv 2 weight').subarray(0, 50));
  });
});

describe('layers that start as the identity', () => {
  const start = (items: readonly Item[], norm: 'none' | 'batch') => draw({ stack: items, norm });

  it('have a Dirac weight: channel i goes to channel i, from the middle of the kernel', () => {
    const { named } = start([{ kind: 'dirac', width: 2, stride: 1, count: 1 }], 'batch');
    // One input channel, [3, 3, 1, 2]: the only 1 is at row 1, column 1, channel 0 → 0.
    expect([...named('conv 1 weight')]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...named('conv 1 bias')]).toEqual([0, 0]);
  });

  it('have a last scale of 0 in their residual branch, or last weights of 0 where there is no scale', () => {
    const block: Item = { kind: 'zeroresidual', width: 16, stride: 1, count: 1 };
    const scaled = start([block], 'batch');
    expect(new Set(scaled.named('conv 1 scale'))).toEqual(new Set([1]));
    expect(new Set(scaled.named('conv 2 scale'))).toEqual(new Set([0]));
    expectStd(scaled.named('conv 2 weight'), Math.sqrt(2 / 144));
    expect(new Set(start([block], 'none').named('conv 2 weight'))).toEqual(new Set([0]));
    const drawn = draw({ stack: [block], norm: 'none', init: 'pytorch' });
    expect(new Set(drawn.named('conv 2 bias'))).toEqual(new Set([0]));
  });
});

describe('other initial parameters', () => {
  it('are 0, and 1 for the scales of batch norm', () => {
    const { named } = draw();
    expect(new Set(named('conv 1 scale'))).toEqual(new Set([1]));
    expect(new Set(named('conv 1 shift'))).toEqual(new Set([0]));
    expect(new Set(named('classifier bias'))).toEqual(new Set([0]));
  });
});
