/**
 * Option A of He et al. 2015: a shortcut without parameters where a block changes the shape. It
 * keeps every `stride`-th row and column and appends zero channels. Where the block is narrower
 * than its input, which their networks never are, it leaves out the last channels.
 */
import { addAt, at, type Batch, type ReferenceOp, single, zeros } from '../reference.ts';
import type { PadShortcut } from './op.ts';

function forEachKept(
  x: Batch['shape'],
  y: Batch['shape'],
  stride: number,
  visit: (xIndex: number, yIndex: number) => void,
): void {
  const channels = Math.min(x[3], y[3]);
  for (let image = 0; image < y[0]; image++) {
    for (let row = 0; row < y[1]; row++) {
      for (let column = 0; column < y[2]; column++) {
        const from = ((image * x[1] + row * stride) * x[2] + column * stride) * x[3];
        const to = ((image * y[1] + row) * y[2] + column) * y[3];
        for (let channel = 0; channel < channels; channel++) visit(from + channel, to + channel);
      }
    }
  }
}

/**
 * @param x [N, H, W, C]
 * @param channels of the output
 * @returns [N, ⌈H / stride⌉, ⌈W / stride⌉, channels]
 */
export function forward(x: Batch, stride: number, channels: number): Batch {
  const [images, rows, columns] = x.shape;
  const y = zeros([images, Math.ceil(rows / stride), Math.ceil(columns / stride), channels] as const);
  forEachKept(x.shape, y.shape, stride, (from, to) => {
    y.values[to] = at(x.values, from);
  });
  return y;
}

/** Gradient by the input. */
export function backward(x: Batch, stride: number, dy: Batch): Batch {
  const dx = zeros(x.shape);
  forEachKept(x.shape, dy.shape, stride, (to, from) => addAt(dx.values, to, at(dy.values, from)));
  return dx;
}

export const padShortcut: ReferenceOp<PadShortcut> = {
  forward: ({ op, shape: [, , channels] }, inputs) => forward(single(inputs), op.stride, channels),
  backward: ({ op }, dy, inputs) => ({ inputs: [backward(single(inputs), op.stride, dy)] }),
};
