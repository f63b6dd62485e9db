import { describe, expect, it } from 'vitest';
import { forwardPass, logitsOf, ofMinibatch } from '../engine/reference/passes.ts';
import { inputBatch, item, parameterTensors } from '../engine/reference/tensors.ts';
import { testImages, testParameters } from '../engine/testNetworks.ts';
import type { NetworkSpec } from '../experiment/experiment.ts';
import { presets } from '../experiment/presets.ts';
import * as padShortcut from '../ops/padShortcut/reference.ts';
import type { Batch } from '../ops/reference.ts';
import { buildGraph } from './build.ts';
import {
  areExchangeable,
  changesShape,
  type ParameterizedGraph,
  swapped,
  type Unit,
  unitsOf,
  without,
} from './lesion.ts';

type Kind = 'plain' | 'residual';

/** A stem, two blocks of one shape, one that changes it, and a lone conv. */
function network(kind: Kind, how: Partial<NetworkSpec> = {}, count = 2): ParameterizedGraph {
  const block = { kind, width: 3, stride: 1, count } as const;
  const spec: NetworkSpec = {
    ...presets.t7.network,
    stack: [
      { kind: 'conv', width: 3, stride: 2, count: 1 },
      block,
      { ...block, width: 5, stride: 2, count: 1 },
      { kind: 'conv', width: 5, stride: 1, count: 1 },
    ],
    ...how,
  };
  const graph = buildGraph(spec, 14);
  return { graph, parameters: testParameters(graph, spec) };
}

const IMAGES = 3;
const mode = { statisticsOf: ofMinibatch, draw: null };
const { pixels } = testImages(14, IMAGES).test;

/** What every node puts out. */
function outputs({ graph, parameters }: ParameterizedGraph): Batch[] {
  return forwardPass(graph, parameterTensors(graph, parameters), inputBatch(graph, pixels, IMAGES), mode);
}

function unit({ graph }: ParameterizedGraph, index: number): Unit {
  return item(unitsOf(graph), index);
}

/** What enters the first layer that is left behind the unit. */
function behind(whole: ParameterizedGraph, removed: Unit, layer = Math.max(...removed.layers) + 1): Batch {
  const left = without(whole, removed);
  const next = item(left.graph.layers, layer - removed.layers.length);
  return item(outputs(left), item(item(left.graph.nodes, next.z).inputs, 0));
}

const relu = ({ shape, values }: Batch): Batch => ({ shape, values: values.map((value) => Math.max(0, value)) });

/** Everything that a block may have on its paths. */
const variants: readonly Partial<NetworkSpec>[] = [
  {},
  { norm: 'none' },
  { shortcut: 'b', act: 'leaky' },
  { skipscale: 0.5, branchscale: 0.7, skipinit: 'on', survival: 0.5, dropout: 0.2 },
  { gate: 'exclusive', norm: 'none' },
  { gate: 'shortcut', shortcut: 'c', order: 'pre' },
  { order: 'pre', shortcut: 'b' },
  { order: 'pre', norm: 'none', act: 'tanh' },
];

describe('the units of a network', () => {
  it('are its blocks and its lone conv layers', () => {
    const { graph } = network('residual');
    expect(unitsOf(graph).map(({ layers }) => layers)).toEqual([[0], [1, 2], [3, 4], [5, 6], [7]]);
    expect(unitsOf(graph).map((each) => changesShape(graph, each))).toEqual([true, false, false, true, false]);
    expect(unitsOf(graph).map(({ hasShortcut }) => hasShortcut)).toEqual([false, true, true, true, false]);
  });
});

describe('a residual block that is removed', () => {
  it('leaves what its shortcut and the activation behind it make of its input', () => {
    const whole = network('residual');
    const all = outputs(whole);
    const same = unit(whole, 2);
    expect(behind(whole, same).values).toEqual(relu(item(all, same.input)).values);
    const narrowing = unit(whole, 3);
    const shortcut = padShortcut.forward(item(all, narrowing.input), 2, 5);
    expect(behind(whole, narrowing)).toEqual(relu(shortcut));
  });

  it('leaves its projection, with its normalisation', () => {
    const whole = network('residual', { shortcut: 'b', act: 'tanh' });
    const removed = unit(whole, 3);
    const projected = item(outputs(whole), item(item(whole.graph.nodes, removed.output).inputs, 1));
    expect(behind(whole, removed)).toEqual({ ...projected, values: projected.values.map(Math.tanh) });
  });

  it('leaves everything on its shortcut, in pre-activation too', () => {
    for (const how of variants) {
      const whole = network('residual', how);
      for (const index of [1, 2, 3]) {
        const removed = unit(whole, index);
        const left = without(whole, removed);
        const trunk = item(outputs(whole), item(item(whole.graph.nodes, removed.output).inputs, 1));
        const ends = left.graph.nodes.filter(({ op }) => op.kind === 'add');
        expect(item(outputs(left), ends[index - 1]?.id ?? -1)).toEqual(trunk);
        expect(left.graph.layers.map(({ name }) => name)).toEqual(
          whole.graph.layers.filter((layer) => !removed.layers.includes(layer.index)).map(({ name }) => name),
        );
      }
    }
  });

  it('is the network whose branch puts out zero', () => {
    for (const how of variants) {
      const whole = network('residual', how);
      const removed = unit(whole, 3);
      const last = item(whole.graph.layers, Math.max(...removed.layers)).name;
      // In pre-activation the norm behind the addition belongs to the trunk.
      const isOfBranch = new RegExp(`^${last} (weight|bias${how.order === 'pre' ? '' : '|scale|shift'})$`);
      const zeroed = whole.parameters.map((values, id) =>
        isOfBranch.test(whole.graph.parameters[id]?.name ?? '') ? values.map(() => 0) : values,
      );
      expect(logits(without(whole, removed))).toEqual(logits({ graph: whole.graph, parameters: zeroed }));
    }
  });
});

describe('a plain block that is removed', () => {
  it('leaves its input as it is', () => {
    const whole = network('plain');
    expect(behind(whole, unit(whole, 1))).toEqual(item(outputs(whole), unit(whole, 1).input));
  });

  it('leaves what option A makes of its input where it changes the shape', () => {
    const whole = network('plain', { act: 'tanh' });
    const removed = unit(whole, 3);
    expect(behind(whole, removed)).toEqual(padShortcut.forward(item(outputs(whole), removed.input), 2, 5));
    const stem = unit(whole, 0);
    expect(behind(whole, stem)).toEqual(padShortcut.forward(item(outputs(whole), 0), 2, 3));
  });

  it('takes its layers, parameters and rows with it', () => {
    for (const how of [{}, { norm: 'none', act: 'linear' }] as const) {
      const whole = network('plain', how);
      const { graph, parameters } = without(whole, unit(whole, 1));
      expect(graph.layers.map(({ name }) => name)).toEqual(
        whole.graph.layers.filter((_, index) => index !== 1 && index !== 2).map(({ name }) => name),
      );
      expect(graph.layers.map(({ row }) => graph.rows[row]?.name)).toEqual(graph.layers.map(({ name }) => name));
      expect(graph.rows.map(({ layer }) => layer)).toEqual(graph.layers.map(({ index }) => index));
      expect(graph.parameters.map(({ id }) => id)).toEqual([...parameters.keys()]);
      for (const { id, shape } of graph.parameters) {
        expect(parameters[id]).toHaveLength(shape.reduce((product, side) => product * side, 1));
      }
      expect(graph.parameters.some(({ name }) => /^conv [23] /.test(name))).toBe(false);
    }
  });
});

describe('units that change places', () => {
  it('compute what the other one did', () => {
    for (const [kind, how, first] of [
      ['plain', {}, 1],
      ['residual', {}, 1],
      ['residual', { norm: 'none', skipinit: 'on' }, 1],
      ['residual', { order: 'pre' }, 2],
    ] as const) {
      const whole = network(kind, how, 3);
      const [one, other] = [unit(whole, first), unit(whole, first + 1)];
      const changed = { ...whole, parameters: swapped(whole, one, other) };
      // Without the first of them, the second reads what the first did.
      const alone = without(whole, one);
      const expected = item(outputs(alone), unit(alone, first).output).values;
      const found = item(outputs(changed), one.output).values;
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 12);
      expect(swapped(changed, one, other)).toEqual(whole.parameters);
    }
  });

  it('are of one shape, and of one make', () => {
    const pairs = ({ graph }: ParameterizedGraph) =>
      unitsOf(graph).flatMap((one, i, units) =>
        units.flatMap((other, j) => (j > i && areExchangeable(graph, one, other) ? [[i, j]] : [])),
      );
    expect(pairs(network('residual'))).toEqual([[1, 2]]);
    expect(pairs(network('plain'))).toEqual([[1, 2]]);
    // The first pre-activation block of a run has no norm in front: the stem is normalised already.
    expect(pairs(network('residual', { order: 'pre' }, 3))).toEqual([[2, 3]]);
  });
});

function logits({ graph, parameters }: ParameterizedGraph): Batch {
  return logitsOf(graph, parameterTensors(graph, parameters), inputBatch(graph, pixels, IMAGES), mode);
}
