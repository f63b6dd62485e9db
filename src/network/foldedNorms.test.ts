import { describe, expect, it } from 'vitest';
import type { Trainer } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import { testImages, testNetworks, testParameters } from '../engine/testNetworks.ts';
import { elements } from '../ops/shapes.ts';
import { buildGraph } from './build.ts';
import { foldNorms } from './foldedNorms.ts';
import type { NetworkGraph } from './graph.ts';
import { owningLayers } from './graph.ts';

const plainSgd = { opt: 'sgd', wd: 0, clip: 0, seed: 1 } as const;
const images = testImages(14, 12);
const calibration = Uint32Array.from({ length: 12 }, (_, i) => i);
const [four, one] = [Uint32Array.of(3, 1, 4, 9), Uint32Array.of(4)];

function trainerOf(graph: NetworkGraph, parameters: readonly Float32Array[]): Promise<Trainer> {
  return createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
}

async function freeze(graph: NetworkGraph, parameters: readonly Float32Array[]) {
  const trainer = await trainerOf(graph, parameters);
  const result = foldNorms(graph, parameters, await trainer.statistics(calibration));
  return { ...result, original: trainer, trainer: await trainerOf(result.graph, result.parameters) };
}

function expectClose(found: ArrayLike<number> | undefined, expected: ArrayLike<number>) {
  expect(found).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) expect(found?.[i]).toBeCloseTo(expected[i] ?? Number.NaN, 4);
}

const networks = testNetworks.filter(({ spec, size }) => spec.norm === 'batch' && size === 14);

/** With a batch norm behind an addition. */
function awkward(): { graph: NetworkGraph; parameters: Float32Array[] } {
  const [network] = networks;
  if (!network) throw new Error('no network');
  const spec = {
    ...network.spec,
    act: 'relu' as const,
    stack: [
      { kind: 'conv', width: 3, stride: 2, count: 1 } as const,
      { kind: 'residual', width: 3, stride: 1, count: 1 } as const,
    ],
  };
  const graph = buildGraph(spec, 14);
  const add = graph.nodes.find(({ op }) => op.kind === 'add');
  const relu = graph.nodes.find(({ inputs }) => inputs[0] === add?.id);
  const norm = graph.nodes.find(({ op }) => op.kind === 'batchNorm');
  if (!add || !relu || norm?.op.kind !== 'batchNorm') throw new Error('another graph');
  // The ReLU behind the addition gives way to a batch norm, whose parameters the first one lends it.
  const { scale, shift } = norm.op;
  const nodes = graph.nodes.map((node) =>
    node.id === relu.id ? { ...node, op: { kind: 'batchNorm', scale, shift } as const } : node,
  );
  return { graph: { ...graph, nodes }, parameters: testParameters(graph, spec) };
}

describe('a frozen network', () => {
  it.each(networks)('has in training the logits of the original in evaluation: $name', async ({ spec, size }) => {
    const graph = buildGraph(spec, size);
    const { original, trainer, graph: after } = await freeze(graph, testParameters(graph, spec));
    const expected = await original.logits('test', four, calibration);
    expectClose((await trainer.activations('test', four, [after.logits]))[0], expected);
    expectClose((await trainer.activations('test', one, [after.logits]))[0], expected.subarray(20, 30));
    expect(after.nodes.some(({ op }) => op.kind === 'batchNorm')).toBe(false);
  });

  it('has a 1×1 conv where a batch norm stands behind no layer', async () => {
    const { graph, parameters } = awkward();
    const { original, trainer, graph: after } = await freeze(graph, parameters);
    const expected = await original.logits('test', four, calibration);
    expectClose((await trainer.activations('test', four, [after.logits]))[0], expected);
    expect(after.nodes.filter(({ op }) => op.kind === 'conv' && op.kernel === 1)).toHaveLength(1);
    expect(after.nodes).toHaveLength(graph.nodes.length - 3);
  });

  it('has the layers of the original, and says where its nodes have gone', async () => {
    const { graph, parameters } = awkward();
    const { original, trainer, graph: after, nodes } = await freeze(graph, parameters);
    expect(after.layers.map(({ name, activation, row }) => [name, activation, row])).toEqual(
      graph.layers.map(({ name, activation, row }) => [name, activation, row]),
    );
    after.layers.forEach((layer, index) => {
      const before = graph.layers[index];
      expect(layer.z).toBe(nodes[before?.response ?? -1]);
      expect(layer.output).toBe(nodes[before?.output ?? -1]);
      expect(after.nodes[layer.z]?.op).toMatchObject({ weight: layer.weight });
    });
    // With the calibration images as the minibatch, training and evaluation are the same.
    const kept = graph.nodes.filter(({ id }) => nodes[id] !== null).map(({ id }) => id);
    const [expected, found] = [
      await original.activations('train', calibration, kept),
      await trainer.activations(
        'train',
        calibration,
        kept.map((id) => nodes[id] ?? -1),
      ),
    ];
    for (const [i, values] of expected.entries()) expectClose(found[i], values);
    const folded = graph.nodes.filter(({ id }) => nodes[id] === null).map(({ op }) => op.kind);
    expect(folded).toEqual(['conv', 'conv', 'conv']);
  });

  it('numbers parameters in the order of its nodes, each of its shape', async () => {
    const { graph, parameters } = awkward();
    const { graph: after, parameters: values } = await freeze(graph, parameters);
    expect(after.parameters.map(({ id }) => id)).toEqual(values.map((_, id) => id));
    expect(after.parameters.map(({ shape }) => elements(shape))).toEqual(values.map(({ length }) => length));
    expect(owningLayers(after)).toEqual(owningLayers(after).toSorted((a, b) => a - b));
  });

  it('cannot be made without the statistics of every batch norm', () => {
    const { graph, parameters } = awkward();
    expect(() => foldNorms(graph, parameters, [])).toThrow(RangeError);
  });
});
