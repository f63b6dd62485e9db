import { describe, expect, it } from 'vitest';
import { setItem } from '../experiment/edit.ts';
import type { Item, NetworkSpec } from '../experiment/experiment.ts';
import { familyStack } from '../experiment/families.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { usualNetwork } from '../experiment/settings.ts';
import { buildGraph, graphOf } from './build.ts';
import type { NetworkGraph } from './graph.ts';

function spec(stack: readonly Item[], how: Partial<NetworkSpec> = {}): NetworkSpec {
  return { stack, ...usualNetwork, ...how };
}

const conv = (kind: 'conv' | 'plain' | 'residual', width: number, stride: 1 | 2 = 1, count = 1): Item => ({
  kind,
  width,
  stride,
  count,
});

/** The ops of a graph with their inputs, for instance `3 add 2 0`. */
function wiring({ nodes }: NetworkGraph): string[] {
  return nodes.map(({ id, op, inputs }) => [id, op.kind, ...inputs].join(' '));
}

function parameterNames({ parameters }: NetworkGraph): string[] {
  return parameters.map(({ name, shape }) => `${name} [${shape}]`);
}

describe('the ops of an item', () => {
  it('are conv, norm and activation for a conv layer, which then has no bias', () => {
    const graph = buildGraph(spec([conv('conv', 8, 2)]), 28);
    expect(wiring(graph)).toEqual([
      '0 input',
      '1 conv 0',
      '2 batchNorm 1',
      '3 activation 2',
      '4 globalAveragePool 3',
      '5 dense 4',
    ]);
    expect(parameterNames(graph)).toEqual([
      'conv 1 weight [3,3,1,8]',
      'conv 1 scale [8]',
      'conv 1 shift [8]',
      'classifier weight [8,10]',
      'classifier bias [10]',
    ]);
  });

  it('are a conv with a bias alone where there is neither normalisation nor activation', () => {
    const graph = buildGraph(spec([conv('conv', 8)], { norm: 'none', act: 'linear', head: 'flatten' }), 14);
    expect(wiring(graph)).toEqual(['0 input', '1 conv 0', '2 dense 1']);
    expect(parameterNames(graph)).toEqual([
      'conv 1 weight [3,3,1,8]',
      'conv 1 bias [8]',
      'classifier weight [1568,10]',
      'classifier bias [10]',
    ]);
    expect(graph.layers[0]).toMatchObject({ z: 1, response: 1, output: 1, activation: 'linear' });
  });

  it('add the block’s input before the last activation of a residual block', () => {
    const graph = buildGraph(spec([conv('conv', 4), conv('residual', 4)]), 14);
    expect(wiring(graph).slice(4)).toEqual([
      '4 conv 3',
      '5 batchNorm 4',
      '6 activation 5',
      '7 conv 6',
      '8 batchNorm 7',
      '9 add 8 3',
      '10 activation 9',
      '11 globalAveragePool 10',
      '12 dense 11',
    ]);
    expect(graph.layers[2]).toMatchObject({ name: 'conv 3', z: 7, response: 8, output: 10 });
  });

  it('subsample and pad the shortcut of option A where the shape changes', () => {
    const graph = buildGraph(spec([conv('conv', 4), conv('residual', 8, 2)]), 14);
    expect(wiring(graph).slice(8, 11)).toEqual(['8 batchNorm 7', '9 padShortcut 3', '10 add 8 9']);
    expect(graph.nodes[9]).toMatchObject({ op: { kind: 'padShortcut', stride: 2 }, shape: [7, 7, 8] });
  });

  it('project the shortcut of option B, with weights that are no layer of the main path', () => {
    const graph = buildGraph(spec([conv('conv', 4), conv('residual', 8, 2)], { shortcut: 'b' }), 14);
    expect(wiring(graph).slice(8, 12)).toEqual(['8 batchNorm 7', '9 conv 3', '10 batchNorm 9', '11 add 8 10']);
    expect(graph.nodes[9]).toMatchObject({ op: { kernel: 1, stride: 2 }, shape: [7, 7, 8] });
    expect(parameterNames(graph)).toContain('projection 1 weight [1,1,4,8]');
    expect(graph.layers.map(({ name }) => name)).toEqual(['conv 1', 'conv 2', 'conv 3', 'classifier']);
  });

  it('need no projection where the shape stays', () => {
    const a = buildGraph(spec([conv('conv', 4), conv('residual', 4, 1, 3)]), 14);
    const b = buildGraph(spec([conv('conv', 4), conv('residual', 4, 1, 3)], { shortcut: 'b' }), 14);
    expect(b).toEqual(a);
  });
});

describe('shapes', () => {
  it('keep ⌈side / 2⌉ positions behind stride 2 and pools', () => {
    const stack = [conv('conv', 3, 2), { kind: 'maxpool', count: 1 } as const, conv('plain', 5, 2)];
    const graph = buildGraph(spec([...stack, { kind: 'avgpool', count: 1 }]), 14);
    expect(graph.rows.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
      'conv 1 7×7×3',
      'max pool 1 4×4×3',
      'conv 2 2×2×5',
      'conv 3 2×2×5',
      'average pool 1 1×1×5',
      'classifier 1×1×10',
    ]);
  });

  it('are one position behind a dense layer, where convs still work', () => {
    const graph = buildGraph(spec([conv('conv', 2, 2), { kind: 'dense', width: 6, count: 2 }, conv('conv', 3)]), 14);
    expect(parameterNames(graph).filter((name) => name.includes('weight'))).toEqual([
      'conv 1 weight [3,3,1,2]',
      'dense 1 weight [98,6]',
      'dense 2 weight [6,6]',
      'conv 2 weight [3,3,6,3]',
      'classifier weight [3,10]',
    ]);
    expect(graph.parameters[3]).toMatchObject({ name: 'dense 1 weight', fanIn: 98, fanOut: 6 });
    expect(graph.parameters[9]).toMatchObject({ name: 'conv 2 weight', fanIn: 54, fanOut: 27 });
  });
});

describe('rows', () => {
  it('are one a layer, with the shortcut of a residual block over its two', () => {
    const stack = [conv('conv', 4), { kind: 'identity', count: 2 } as const, conv('residual', 4, 1, 2)];
    const { rows, layers } = buildGraph(spec(stack), 14);
    expect(rows.map(({ name, layer, shortcutTo }) => [name, layer, shortcutTo])).toEqual([
      ['conv 1', 0, null],
      ['identity 1', null, null],
      ['identity 2', null, null],
      ['conv 2', 1, 4],
      ['conv 3', 2, null],
      ['conv 4', 3, 6],
      ['conv 5', 4, null],
      ['classifier', 5, null],
    ]);
    expect(rows.map(({ item, repeat }) => [item, repeat]).slice(2)).toEqual([
      [1, 1],
      [2, 0],
      [2, 0],
      [2, 1],
      [2, 1],
      [null, 0],
    ]);
    expect(layers.map(({ row }) => row)).toEqual([0, 3, 4, 5, 6, 7]);
  });
});

describe('families', () => {
  it.each([8, 20, 56, 110])('have their depth in weight layers, and twins the same parameters: %i', (depth) => {
    const family = { preset: 's14', layers: depth, width: 8 } as const;
    const plain = buildGraph(spec(familyStack({ ...family, kind: 'plain' })), 14);
    const residual = buildGraph(spec(familyStack({ ...family, kind: 'residual' })), 14);
    expect(plain.layers).toHaveLength(depth);
    expect(residual.layers).toHaveLength(depth);
    expect(residual.parameters).toEqual(plain.parameters);
  });
});

describe('graphs that are kept', () => {
  it('are built anew only for a network that was edited', () => {
    const [edited, other] = [spec([conv('conv', 8), conv('conv', 8)]), spec([conv('residual', 8)])];
    const before = { ...defaultExperiment, networks: [edited, other] };
    const after = setItem(before, 0, 1, conv('conv', 4));
    if (!after.ok) throw new Error(after.problem.code);
    const [first, second] = after.value.networks.map((network) => graphOf(network, 14));
    expect(second).toBe(graphOf(other, 14));
    expect(first).not.toBe(graphOf(edited, 14));
    expect(first?.parameters).not.toEqual(graphOf(edited, 14).parameters);
    expect(graphOf(other, 14)).toEqual(buildGraph(other, 14));
    expect(graphOf(other, 28).nodes[0]?.shape).toEqual([28, 28, 1]);
    expect(graphOf(other, 14).nodes[0]?.shape).toEqual([14, 14, 1]);
  });
});
