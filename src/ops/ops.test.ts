import { describe, expect, it } from 'vitest';
import { forwardPass, inTraining } from '../engine/reference/passes.ts';
import { inputBatch, parameterTensors } from '../engine/reference/tensors.ts';
import { testImages, testNetworks, testParameters } from '../engine/testNetworks.ts';
import { buildGraph } from '../network/build.ts';
import { rulesOf } from './ops.ts';

describe('the shape rules of ops', () => {
  it.each(testNetworks)('give the shapes that the ops compute: $name', (network) => {
    const { spec, batch } = network;
    const graph = buildGraph(spec, network);
    const images = inputBatch(graph, testImages(network, batch).train.pixels, batch);
    const parameters = parameterTensors(graph, testParameters(graph, spec));
    const outputs = forwardPass(graph, parameters, images, inTraining({ seed: 1, updates: 0 }));
    expect(graph.nodes.map(({ shape }) => [batch, ...shape])).toEqual(outputs.map(({ shape }) => shape));
  });
});

describe('the cost rules of ops', () => {
  const conv = { kind: 'conv', kernel: 3, stride: 2, weight: 0, bias: null } as const;

  // 4 · 4 · 2 outputs, each the sum of 3 · 3 · 5 products.
  it('count two operations for each multiply-add', () => {
    const { shape, flops } = rulesOf(conv);
    expect(shape([7, 7, 5], conv, 2)).toEqual([4, 4, 2]);
    expect(flops([7, 7, 5], [4, 4, 2], conv)).toBe(2 * 32 * 45);
    const dense = { kind: 'dense', weight: 0, bias: 1 } as const;
    expect(rulesOf(dense).flops([2, 3, 5], [1, 1, 10], dense)).toBe(2 * 10 * 30);
    const add = { kind: 'add' } as const;
    expect(rulesOf(add).flops([7, 7, 5], [7, 7, 5], add)).toBe(0);
  });

  it('keep every output but that of the identity, which is its input', () => {
    expect(rulesOf(conv).kept([4, 4, 2])).toBe(32);
    expect(rulesOf({ kind: 'identity' }).kept([4, 4, 2])).toBe(0);
  });
});
