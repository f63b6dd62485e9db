/** A gate g = σ(±z) that is open by σ(z), or shut by it: y = g · x, dx = g · dy, dz = ± g (1 − g) · x · dy. */
import { at, type Batch, map, type ReferenceOp, second, single } from '../reference.ts';
import type { Gate } from './op.ts';

type Part = Gate['part'];

/** 1 − σ(z) = σ(−z), which loses no digits where σ(z) is nearly 1. */
const signs: Readonly<Record<Part, 1 | -1>> = { open: 1, shut: -1 };

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** How much passes, between 0 and 1. */
function openness(z: Batch, part: Part): Batch {
  return map(z, (value) => sigmoid(signs[part] * value));
}

/** @param z of the shape of x */
export function forward(x: Batch, z: Batch, part: Part): Batch {
  const gate = openness(z, part).values;
  return map(x, (value, i) => at(gate, i) * value);
}

/** Gradients by x and z. */
export function backward(x: Batch, z: Batch, part: Part, dy: Batch): readonly [Batch, Batch] {
  const gate = openness(z, part).values;
  const dx = map(dy, (gradient, i) => at(gate, i) * gradient);
  const dz = map(dy, (gradient, i) => signs[part] * at(gate, i) * (1 - at(gate, i)) * at(x.values, i) * gradient);
  return [dx, dz];
}

export const gate: ReferenceOp<Gate> = {
  forward: ({ op }, inputs) => forward(single(inputs), second(inputs), op.part),
  backward: ({ op }, dy, inputs) => ({ inputs: backward(single(inputs), second(inputs), op.part, dy) }),
};
