import { describe, expect, it } from 'vitest';
import { usualNetwork } from '../../experiment/settings.ts';
import { buildGraph } from '../../network/build.ts';
import type { Tensor } from '../../ops/reference.ts';
import type { UpdateRule } from '../engine.ts';
import { initialState, update } from './update.ts';

const conv = { kind: 'conv', width: 1, stride: 1, count: 1 } as const;
const graph = buildGraph({ stack: [conv], ...usualNetwork, norm: 'none' }, 14);

function filled(value: number): Tensor[] {
  return graph.parameters.map(({ shape }) => ({
    shape,
    values: new Float64Array(shape.reduce((product, side) => product * side, 1)).fill(value),
  }));
}

/** Numbers in all parameters: conv 9 + 1, classifier 10 + 10. */
const COUNT = 30;

/** What parameters that start at 1 are after updates with the same gradient everywhere. */
function updated(rule: Partial<UpdateRule>, gradient: number, updates: number, learningRate = 0.1) {
  const whole: UpdateRule = { opt: 'sgd', wd: 0, clip: 0, seed: 1, ...rule };
  let state = initialState(filled(1), whole);
  for (let i = 0; i < updates; i++) state = update(graph, whole, state, filled(gradient), learningRate);
  const value = (role: 'weight' | 'bias') =>
    state.parameters[graph.parameters.findIndex((parameter) => parameter.role === role)]?.values[0];
  return { weight: value('weight'), bias: value('bias'), state };
}

describe('an update', () => {
  it('of SGD goes against the gradient by the learning rate', () => {
    expect(updated({}, 2, 3).weight).toBeCloseTo(1 - 3 * 0.1 * 2, 14);
  });

  it('of momentum keeps nine tenths of the velocity', () => {
    expect(updated({ opt: 'momentum' }, 2, 3).weight).toBeCloseTo(1 - 0.1 * 2 * (1 + 1.9 + 2.71), 14);
  });

  it.each([1e-3, 5])('of Adam goes by the learning rate, whatever the size of a constant gradient: %f', (gradient) => {
    expect(updated({ opt: 'adam' }, gradient, 4).weight).toBeCloseTo(1 - 4 * 0.1, 4);
    expect(updated({ opt: 'adam' }, -gradient, 4).weight).toBeCloseTo(1 + 4 * 0.1, 4);
  });

  it('of Adam follows its two moments when the gradient changes', () => {
    const rule: UpdateRule = { opt: 'adam', wd: 0, clip: 0, seed: 1 };
    const first = update(graph, rule, initialState(filled(1), rule), filled(1), 0.1);
    const second = update(graph, rule, first, filled(-3), 0.1);
    const m = (0.9 * 0.1 - 0.1 * 3) / (1 - 0.9 ** 2);
    const v = (0.999 * 0.001 + 0.001 * 9) / (1 - 0.999 ** 2);
    expect(second.parameters[0]?.values[0]).toBeCloseTo(0.9 - (0.1 * m) / Math.sqrt(v), 7);
  });

  it('of Nesterov goes ahead by the next velocity', () => {
    // Velocities 2, 3.8 and 5.42; each step is the gradient and nine tenths of them.
    const ahead = 3 * 2 + 0.9 * (2 + 3.8 + 5.42);
    expect(updated({ opt: 'nesterov' }, 2, 3).weight).toBeCloseTo(1 - 0.1 * ahead, 14);
  });

  it.each([1e-3, 5])('of RMSprop begins with ten times the learning rate, whatever the gradient: %f', (gradient) => {
    // Mean squares 0.01 g² and 0.0199 g²: divisors g / 10 and √0.0199 g.
    const moved = 0.1 * (10 + 1 / Math.sqrt(0.0199));
    expect(updated({ opt: 'rmsprop' }, gradient, 2).weight).toBeCloseTo(1 - moved, 3);
  });

  it('of AdamW decays beside the moments: by the learning rate times the decay, whatever the gradient', () => {
    const { weight, bias } = updated({ opt: 'adamw', wd: 0.5 }, 3, 1);
    expect(weight).toBeCloseTo(1 - 0.1 - 0.1 * 0.5, 7);
    expect(bias).toBeCloseTo(1 - 0.1, 7);
  });

  it('clips the gradient of all parameters together', () => {
    // The gradient's norm is 2 √30; clipped to 1, each part is 1 / √30.
    expect(updated({ clip: 1 }, 2, 1).weight).toBeCloseTo(1 - 0.1 / Math.sqrt(COUNT), 14);
    expect(updated({ clip: 100 }, 2, 1).weight).toBeCloseTo(1 - 0.2, 14);
  });

  it('decays weights and nothing else, after clipping', () => {
    const { weight, bias } = updated({ wd: 0.5, clip: 1 }, 2, 1);
    expect(weight).toBeCloseTo(1 - 0.1 * (1 / Math.sqrt(COUNT) + 0.5), 14);
    expect(bias).toBeCloseTo(1 - 0.1 / Math.sqrt(COUNT), 14);
  });

  it('counts', () => {
    expect(updated({ opt: 'adam' }, 1, 4).state.updates).toBe(4);
  });
});
