import { describe, expect, it } from 'vitest';
import { backwardPass, forwardPass, ofMinibatch } from '../engine/reference/passes.ts';
import { inputBatch, parameterTensors } from '../engine/reference/tensors.ts';
import { testImages } from '../engine/testNetworks.ts';
import type { NetworkSpec } from '../experiment/experiment.ts';
import { familyStack } from '../experiment/families.ts';
import { parseStack } from '../experiment/networkText.ts';
import { presets } from '../experiment/presets.ts';
import { residualAdds } from './blocks.ts';
import { buildGraph } from './build.ts';
import type { NetworkGraph } from './graph.ts';
import { owningLayers } from './graph.ts';
import { initialParameters } from './init.ts';

function spec(stack: string, how: Partial<NetworkSpec> = {}): NetworkSpec {
  const parsed = parseStack(stack);
  if (!parsed.ok) throw new Error(stack);
  return { ...presets.t7.network, ...how, stack: parsed.value };
}

function graphOf(stack: string, how: Partial<NetworkSpec> = {}): NetworkGraph {
  return buildGraph(spec(stack, how), 14);
}

/** The nodes behind `from`, for instance `3 add 2 0`. */
function wiring({ nodes }: NetworkGraph, from: number, to = nodes.length): string[] {
  return nodes.slice(from, to).map(({ id, op, inputs }) => [id, op.kind, ...inputs].join(' '));
}

describe('a block whose paths are changed', () => {
  // Nodes 1 to 3 are the stem, 4 to 8 the two convs of the block with their norms.
  const joins = (how: Partial<NetworkSpec>) => wiring(graphOf('conv-4,residual-4', how), 9, -2);

  it('is the original block where nothing is', () => {
    expect(joins({ gatebias: 3 })).toEqual(['9 add 8 3', '10 activation 9']);
  });

  it('has a constant factor on either path', () => {
    expect(joins({ skipscale: 0.5, branchscale: 2 })).toEqual([
      '9 scale 8',
      '10 scale 3',
      '11 add 9 10',
      '12 activation 11',
    ]);
    const { nodes } = graphOf('conv-4,residual-4', { skipscale: 0.5, branchscale: 2 });
    expect([nodes[9]?.op, nodes[10]?.op]).toEqual([
      { kind: 'scale', factor: 2 },
      { kind: 'scale', factor: 0.5 },
    ]);
  });

  it('has one learned factor on the branch, from 0, with SkipInit', () => {
    const network = spec('conv-4,residual-4', { skipinit: 'on' });
    const graph = buildGraph(network, 14);
    expect(wiring(graph, 9, -2)).toEqual(['9 learnedScale 8', '10 add 9 3', '11 activation 10']);
    const scale = graph.parameters.find(({ name }) => name === 'conv 3 branch scale');
    expect(scale).toMatchObject({ role: 'scale', shape: [1] });
    expect([...(initialParameters(graph, network, 1)[scale?.id ?? -1] ?? [])]).toEqual([0]);
  });

  it('is gated by a 1×1 conv of its input whose bias starts where the spec says', () => {
    const network = spec('conv-4,residual-8/2', { gate: 'shortcut', gatebias: -6 });
    const graph = buildGraph(network, 14);
    expect(wiring(graph, 9, -2)).toEqual([
      '9 padShortcut 3',
      '10 conv 3',
      '11 gate 9 10',
      '12 add 8 11',
      '13 activation 12',
    ]);
    expect(graph.nodes[10]).toMatchObject({ op: { kernel: 1, stride: 2 }, shape: [7, 7, 8] });
    expect(graph.nodes[11]?.op).toEqual({ kind: 'gate', part: 'shut' });
    const bias = graph.parameters.find(({ name }) => name === 'gate 1 bias');
    expect(initialParameters(graph, network, 1)[bias?.id ?? -1]).toEqual(new Float32Array(8).fill(-6));
  });

  it('opens the branch as far as it shuts the shortcut where the gate is exclusive', () => {
    expect(joins({ gate: 'exclusive' })).toEqual([
      '9 conv 3',
      '10 gate 8 9',
      '11 gate 3 9',
      '12 add 10 11',
      '13 activation 12',
    ]);
    const { nodes } = graphOf('conv-4,residual-4', { gate: 'exclusive' });
    expect([nodes[10]?.op, nodes[11]?.op]).toEqual([
      { kind: 'gate', part: 'open' },
      { kind: 'gate', part: 'shut' },
    ]);
  });

  it('drops elements of the shortcut', () => {
    const { nodes } = graphOf('conv-4,residual-4', { dropout: 0.25 });
    expect(nodes[9]).toMatchObject({ op: { kind: 'drop', keep: 0.75, unit: 'element' }, inputs: [3] });
  });

  it('is projected in every block with option C, and where the shape changes with option B', () => {
    const projections = (shortcut: 'b' | 'c') =>
      graphOf('conv-4,residual-4*2,residual-8/2', { shortcut }).parameters.filter(({ name }) =>
        /^projection \d weight/.test(name),
      ).length;
    expect([projections('b'), projections('c')]).toEqual([1, 3]);
  });

  it('draws the weights of its main path as the original does, whatever lies beside it', () => {
    const [plain, other] = [
      spec('conv-4,residual-4*2'),
      spec('conv-4,residual-4*2', { shortcut: 'c', gate: 'exclusive' }),
    ];
    const weights = (network: NetworkSpec) => {
      const graph = buildGraph(network, 14);
      const values = initialParameters(graph, network, 5);
      return graph.layers.map(({ weight }) => values[weight]);
    };
    expect(weights(other)).toEqual(weights(plain));
  });
});

describe('a branch with two factors that start at 0', () => {
  /** The largest magnitude among the gradients by the parameters on the branch of the block behind the stem. */
  function gradient(stack: string, how: Partial<NetworkSpec>): number {
    const network = spec(stack, how);
    const graph = buildGraph(network, 14);
    const parameters = parameterTensors(graph, initialParameters(graph, network, 1));
    const { pixels, labels } = testImages(14, 4).train;
    const mode = { statisticsOf: ofMinibatch, draw: null };
    const outputs = forwardPass(graph, parameters, inputBatch(graph, pixels, 4), mode);
    const found = backwardPass(graph, parameters, outputs, labels, null).parameters;
    // In pre-activation the norm of the second conv stands behind the addition.
    const end = residualAdds(graph)[0]?.node ?? 0;
    const behind = graph.nodes.slice(end).flatMap(({ op }) => (op.kind === 'batchNorm' ? [op.scale, op.shift] : []));
    const onBranch = owningLayers(graph).map((layer, id) => (layer === 1 || layer === 2) && !behind.includes(id));
    return Math.max(...found.flatMap(({ values }, id) => (onBranch[id] ? [...values].map(Math.abs) : [])));
  }

  it.each([
    { norm: 'batch', order: 'post' },
    { norm: 'none', order: 'post' },
    { norm: 'batch', order: 'pre' },
    { norm: 'none', order: 'pre' },
  ] as const)('gets no gradient at all, and with one of them does: %o', (how) => {
    expect(gradient('conv-4,zeroresidual-4', { ...how, skipinit: 'on' })).toBe(0);
    expect(gradient('conv-4,zeroresidual-4', how)).toBeGreaterThan(0);
    expect(gradient('conv-4,residual-4', { ...how, skipinit: 'on' })).toBeGreaterThan(0);
  });
});

describe('stochastic depth', () => {
  it('keeps block l of L with 1 − l/L · (1 − survival), over all items', () => {
    const { nodes } = graphOf('conv-4,residual-4*2,conv-4,residual-8/2,residual-8', { survival: 0.5 });
    const drops = nodes.flatMap(({ op }) => (op.kind === 'drop' ? [op] : []));
    expect(drops.map(({ keep }) => keep)).toEqual([0.875, 0.75, 0.625, 0.5]);
    expect(drops.every(({ unit }) => unit === 'minibatch')).toBe(true);
  });
});

describe('pre-activation', () => {
  const pre = { order: 'pre' } as const;

  it('shares the stem’s activation in the first block, starts the others with their own, and ends with one more', () => {
    expect(wiring(graphOf('conv-4,residual-4*2', pre), 3)).toEqual([
      '3 activation 2',
      '4 conv 3',
      '5 batchNorm 4',
      '6 activation 5',
      '7 conv 6',
      '8 add 7 3',
      '9 batchNorm 8',
      '10 activation 9',
      '11 conv 10',
      '12 batchNorm 11',
      '13 activation 12',
      '14 conv 13',
      '15 add 14 8',
      '16 batchNorm 15',
      '17 activation 16',
      '18 globalAveragePool 17',
      '19 dense 18',
    ]);
  });

  it('measures z as the response of a conv that is added, and its units where the sum is activated', () => {
    const { layers } = graphOf('conv-4,residual-4*2', pre);
    expect(layers[1]).toMatchObject({ z: 4, response: 5, output: 6, activation: 'relu' });
    expect(layers[2]).toMatchObject({ z: 7, response: 7, output: 10, activation: 'relu' });
    expect(layers[4]).toMatchObject({ z: 14, response: 14, output: 17, activation: 'relu' });
  });

  it.each([20, 56])('has the same parameters as post-activation, in the same order: depth %i', (layers) => {
    const stack = familyStack({ preset: 't7', kind: 'residual', width: 4, layers });
    const of = (order: 'pre' | 'post') => buildGraph({ ...presets.t7.network, order, stack }, 14);
    expect(of('pre').parameters).toEqual(of('post').parameters);
    expect(owningLayers(of('pre'))).toEqual(owningLayers(of('post')));
  });

  it('passes a raw trunk through padded shortcuts, and lets projections read it activated, without a norm of their own', () => {
    const [padded, projected] = [
      graphOf('conv-4,residual-4,residual-8/2', pre),
      graphOf('conv-4,residual-4,residual-8/2', { ...pre, shortcut: 'b' }),
    ];
    expect(wiring(padded, 8, 17)).toEqual([
      '8 add 7 3',
      '9 batchNorm 8',
      '10 activation 9',
      '11 conv 10',
      '12 batchNorm 11',
      '13 activation 12',
      '14 conv 13',
      '15 padShortcut 8',
      '16 add 14 15',
    ]);
    expect(wiring(projected, 15, 17)).toEqual(['15 conv 10', '16 add 14 15']);
  });

  it('activates the trunk in front of every other layer, and leaves identities raw', () => {
    expect(wiring(graphOf('conv-4,residual-4,identity,residual-4,maxpool', pre), 8, 20)).toEqual([
      '8 add 7 3',
      '9 identity 8',
      '10 batchNorm 9',
      '11 activation 10',
      '12 conv 11',
      '13 batchNorm 12',
      '14 activation 13',
      '15 conv 14',
      '16 add 15 9',
      '17 batchNorm 16',
      '18 activation 17',
      '19 maxPool 18',
    ]);
  });

  it('changes nothing in a network without residual blocks', () => {
    expect(graphOf('conv-4,plain-8/2', { ...pre, gate: 'exclusive', survival: 0.5 })).toEqual(
      graphOf('conv-4,plain-8/2'),
    );
  });
});

describe('the blocks of a graph', () => {
  it('are found with what lies on their paths', () => {
    const graph = graphOf('conv-4,residual-4,residual-8/2', {
      shortcut: 'b',
      skipscale: 0.5,
      skipinit: 'on',
      gate: 'exclusive',
      dropout: 0.5,
      survival: 0.5,
    });
    const kinds = residualAdds(graph).map(({ layer, onBranch, onShortcut }) => ({
      layer: graph.layers[layer]?.name,
      branch: onBranch.map(({ kind }) => kind),
      shortcut: onShortcut.map(({ kind }) => kind),
    }));
    const branch = ['learnedScale', 'gate', 'drop'];
    expect(kinds).toEqual([
      { layer: 'conv 3', branch, shortcut: ['scale', 'gate', 'drop'] },
      { layer: 'conv 5', branch, shortcut: ['conv', 'batchNorm', 'scale', 'gate', 'drop'] },
    ]);
  });

  it('are bare in the original network, of either order and whatever the activation', () => {
    for (const how of [{}, { order: 'pre' }, { act: 'linear' }, { norm: 'none', order: 'pre' }] as const) {
      const blocks = residualAdds(graphOf('conv-4,residual-4*2', how));
      expect(blocks.map(({ layer, onBranch, onShortcut }) => [layer, onBranch, onShortcut])).toEqual([
        [2, [], []],
        [4, [], []],
      ]);
    }
  });
});
