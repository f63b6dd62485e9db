/**
 * Batch normalisation (Ioffe & Szegedy 2015): per channel, over batch and positions,
 * y = scale · x̂ + shift with x̂ = (x − mean) / √(variance + ε). In training, mean and variance are
 * those of the minibatch, so the gradient flows through them too.
 */
import {
  addAt,
  at,
  type Batch,
  map,
  type ReferenceOp,
  type Statistics,
  single,
  type Tensor,
  zeros,
} from '../reference.ts';
import { type BatchNorm, NORM_EPSILON } from './op.ts';

/** Mean over batch and positions of f(value, index), for each channel. */
function channelMeans(x: Batch, f: (value: number, index: number) => number): Float64Array {
  const channels = x.shape[3];
  const sums = new Float64Array(channels);
  x.values.forEach((value, i) => {
    addAt(sums, i % channels, f(value, i));
  });
  return sums.map((sum) => (sum * channels) / x.values.length);
}

export function statistics(x: Batch): Statistics {
  const channels = x.shape[3];
  const mean = channelMeans(x, (value) => value);
  const variance = channelMeans(x, (value, i) => (value - at(mean, i % channels)) ** 2);
  return { mean, variance };
}

function normalized(x: Batch, { mean, variance }: Statistics): Batch {
  const channels = x.shape[3];
  return map(x, (value, i) => {
    const channel = i % channels;
    return (value - at(mean, channel)) / Math.sqrt(at(variance, channel) + NORM_EPSILON);
  });
}

/**
 * @param x [N, H, W, C]
 * @param scale [C]
 * @param shift [C]
 * @param by the minibatch's own statistics in training; re-estimated ones in evaluation
 */
export function forward(x: Batch, scale: Tensor, shift: Tensor, by: Statistics = statistics(x)): Batch {
  const channels = x.shape[3];
  return map(normalized(x, by), (value, i) => at(scale.values, i % channels) * value + at(shift.values, i % channels));
}

/** Gradients by input, scale and shift, in training. */
export function backward(
  x: Batch,
  scale: Tensor,
  dy: Batch,
): { readonly x: Batch; readonly scale: Tensor; readonly shift: Tensor } {
  const channels = x.shape[3];
  const by = statistics(x);
  const hat = normalized(x, by).values;
  const dScale = zeros(scale.shape);
  const dShift = zeros(scale.shape);
  dy.values.forEach((gradient, i) => {
    addAt(dScale.values, i % channels, gradient * at(hat, i));
    addAt(dShift.values, i % channels, gradient);
  });
  const count = x.values.length / channels;
  const dx = map(dy, (gradient, i) => {
    const channel = i % channels;
    // What the minibatch's mean and variance take away: the parts of dy along 1 and along x̂.
    const taken = (at(dShift.values, channel) + at(hat, i) * at(dScale.values, channel)) / count;
    return (at(scale.values, channel) / Math.sqrt(at(by.variance, channel) + NORM_EPSILON)) * (gradient - taken);
  });
  return { x: dx, scale: dScale, shift: dShift };
}

export const batchNorm: ReferenceOp<BatchNorm> = {
  forward({ id, op }, inputs, parameter, { statisticsOf }) {
    const x = single(inputs);
    return forward(x, parameter(op.scale), parameter(op.shift), statisticsOf(id, x));
  },
  backward({ op }, dy, inputs, parameter) {
    const by = backward(single(inputs), parameter(op.scale), dy);
    return {
      inputs: [by.x],
      parameters: [
        [op.scale, by.scale],
        [op.shift, by.shift],
      ],
    };
  },
};
