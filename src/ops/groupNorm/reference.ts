/** Group normalisation. What is said of a group is said of one image's. */
import { NORM_EPSILON } from '../batchNorm/op.ts';
import { addAt, at, type Batch, map, type ReferenceOp, single, type Tensor, zeros } from '../reference.ts';
import type { GroupNorm } from './op.ts';

/** Of each value the number of its group, and how many values a group has. */
function groupsOf({ shape: [, rows, columns, channels] }: Batch, groups: number) {
  const size = channels / groups;
  const image = rows * columns * channels;
  const of = (i: number) => Math.floor(i / image) * groups + Math.floor((i % channels) / size);
  return { of, count: rows * columns * size };
}

/** The mean of each group's values. */
function means(x: Batch, groups: number): Float64Array {
  const { of, count } = groupsOf(x, groups);
  const found = new Float64Array(x.shape[0] * groups);
  x.values.forEach((value, i) => {
    addAt(found, of(i), value / count);
  });
  return found;
}

/** (x − mean) / √(variance + ε), and 1 / √(variance + ε) of each group. */
function normalized(x: Batch, groups: number): { readonly hat: Batch; readonly inverse: Float64Array } {
  const { of } = groupsOf(x, groups);
  const mean = means(x, groups);
  const centred = map(x, (value, i) => value - at(mean, of(i)));
  const variance = means(
    map(centred, (value) => value ** 2),
    groups,
  );
  const inverse = variance.map((value) => 1 / Math.sqrt(value + NORM_EPSILON));
  return { hat: map(centred, (value, i) => value * at(inverse, of(i))), inverse };
}

export function forward(x: Batch, scale: Tensor, shift: Tensor, groups: number): Batch {
  const channels = x.shape[3];
  return map(
    normalized(x, groups).hat,
    (value, i) => at(scale.values, i % channels) * value + at(shift.values, i % channels),
  );
}

/** Gradients by input, scale and shift. */
export function backward(
  x: Batch,
  scale: Tensor,
  groups: number,
  dy: Batch,
): { readonly x: Batch; readonly scale: Tensor; readonly shift: Tensor } {
  const channels = x.shape[3];
  const { hat, inverse } = normalized(x, groups);
  const { of } = groupsOf(x, groups);
  const dScale = zeros(scale.shape);
  const dShift = zeros(scale.shape);
  dy.values.forEach((gradient, i) => {
    addAt(dScale.values, i % channels, gradient * at(hat.values, i));
    addAt(dShift.values, i % channels, gradient);
  });
  const byHat = map(dy, (gradient, i) => gradient * at(scale.values, i % channels));
  // What the group's mean and variance take away: the parts of the gradient along 1 and along x̂.
  const along1 = means(byHat, groups);
  const alongHat = means(
    map(byHat, (gradient, i) => gradient * at(hat.values, i)),
    groups,
  );
  const dx = map(
    byHat,
    (gradient, i) => at(inverse, of(i)) * (gradient - at(along1, of(i)) - at(hat.values, i) * at(alongHat, of(i))),
  );
  return { x: dx, scale: dScale, shift: dShift };
}

export const groupNorm: ReferenceOp<GroupNorm> = {
  forward: ({ op }, inputs, parameter) => forward(single(inputs), parameter(op.scale), parameter(op.shift), op.groups),
  backward({ op }, dy, inputs, parameter) {
    const by = backward(single(inputs), parameter(op.scale), op.groups, dy);
    return {
      inputs: [by.x],
      parameters: [
        [op.scale, by.scale],
        [op.shift, by.shift],
      ],
    };
  },
};
