import { describe, expect, it } from 'vitest';
import { forwardPass, logitsOf, ofMinibatch } from '../engine/reference/passes.ts';
import { inputBatch, item, parameterTensors } from '../engine/reference/tensors.ts';
import { testImages, testParameters } from '../engine/testNetworks.ts';
import * as padShortcut from '../ops/padShortcut/reference.ts';
import type { Batch } from '../ops/reference.ts';
import type { NetworkSpec } from '../spec/experiment.ts';
import { presets } from '../spec/presets.ts';
import { buildGraph } from './build.ts';
import { areExchangeable, type ParameterizedGraph, swapped, without } from './lesion.ts';
import { changesShape, type Unit, unitsOf } from './units.ts';

type Kind = 'plain' | 'residual';

/** A stem, two blocks of one shape, one that changes it, and a lone conv. */
function network(kind: Kind, how: Partial<NetworkSpec> = {}): ParameterizedGraph {
  const block = { kind, width: 3, stride: 1, count: 2 } as const;
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

describe('the units of a network', () => {
  it('are its blocks and its lone conv layers', () => {
    const { graph } = network('residual');
    expect(unitsOf(graph).map(({ layers }) => layers)).toEqual([[0], [1, 2], [3, 4], [5, 6], [7]]);
    expect(unitsOf(graph).map((each) => changesShape(graph, each))).toEqual([true, false, false, true, false]);
    expect(unitsOf(graph).map(({ junction }) => junction !== null)).toEqual([false, true, true, true, false]);
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
    const { junction, layers } = unit(whole, 3);
    const projected = item(outputs(whole), item(item(whole.graph.nodes, junction ?? -1).inputs, 1));
    expect(behind(whole, unit(whole, 3))).toEqual({ ...projected, values: projected.values.map(Math.tanh) });
    expect(layers).toEqual([5, 6]);
  });

  it('is the network whose branch puts out zero', () => {
    for (const how of [{}, { norm: 'none' }, { shortcut: 'b', act: 'leaky' }] as const) {
      const whole = network('residual', how);
      const removed = unit(whole, 3);
      const last = item(whole.graph.layers, Math.max(...removed.layers)).name;
      const zeroed = whole.parameters.map((values, id) =>
        whole.graph.parameters[id]?.name.startsWith(`${last} `) ? values.map(() => 0) : values,
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
    for (const kind of ['plain', 'residual'] as const) {
      const whole = network(kind);
      const [one, other] = [unit(whole, 1), unit(whole, 2)];
      const changed = { ...whole, parameters: swapped(whole, one, other) };
      // In a network of the second block alone, it is the first to see the stem's output.
      const alone = without(whole, one);
      const expected = item(outputs(alone), unit(alone, 1).output);
      const rectified = kind === 'residual' ? relu(expected) : expected;
      expect(item(outputs(changed), one.output)).toEqual(rectified);
      expect(swapped(changed, one, other)).toEqual(whole.parameters);
    }
  });

  it('are of one shape, and of one make', () => {
    const whole = network('residual');
    const pairs = unitsOf(whole.graph).flatMap((one, i, units) =>
      units.slice(i + 1).map((other, j) => [i, i + 1 + j, areExchangeable(whole.graph, one, other)] as const),
    );
    expect(pairs.filter(([, , can]) => can)).toEqual([[1, 2, true]]);
  });
});

function logits({ graph, parameters }: ParameterizedGraph): Batch {
  return logitsOf(graph, parameterTensors(graph, parameters), inputBatch(graph, pixels, IMAGES), mode);
}
