/**
 * Convolution as deep learning means it (cross-correlation): every output pixel is the sum over a
 * kernel's taps of one input pixel's channels times a [in, out] matrix. Forward and both gradients
 * are that one product, y = x · w, solved for each of its three parts.
 */
import { addAt, at, type Batch, type ReferenceOp, single, type Tensor, weighted, zeros } from '../reference.ts';
import type { Conv } from './op.ts';

type Visit = (xPixel: number, tap: number, yPixel: number) => void;

function outputShape([images, rows, columns]: Batch['shape'], weight: Tensor, stride: number): Batch['shape'] {
  return [images, Math.ceil(rows / stride), Math.ceil(columns / stride), weight.shape[3] ?? 0];
}

/** Visits each pair of an input pixel and an output pixel that a tap connects; taps in the zero padding have none. */
function forEachTap(x: Batch['shape'], y: Batch['shape'], kernel: number, stride: number, visit: Visit): void {
  const padding = (kernel - 1) / 2;
  for (let image = 0; image < y[0]; image++) {
    for (let yRow = 0; yRow < y[1]; yRow++) {
      for (let yColumn = 0; yColumn < y[2]; yColumn++) {
        for (let tap = 0; tap < kernel * kernel; tap++) {
          const row = yRow * stride - padding + Math.floor(tap / kernel);
          const column = yColumn * stride - padding + (tap % kernel);
          if (row < 0 || row >= x[1] || column < 0 || column >= x[2]) continue;
          visit((image * x[1] + row) * x[2] + column, tap, (image * y[1] + yRow) * y[2] + yColumn);
        }
      }
    }
  }
}

/**
 * @param x [N, H, W, in]
 * @param weight [kernel, kernel, in, out], kernel odd
 * @param bias [out], or null
 * @returns [N, ⌈H / stride⌉, ⌈W / stride⌉, out]
 */
export function forward(x: Batch, weight: Tensor, bias: Tensor | null, stride: number): Batch {
  const y = zeros(outputShape(x.shape, weight, stride));
  const inputs = x.shape[3];
  const outputs = y.shape[3];
  if (bias) y.values.set(y.values.map((_, i) => at(bias.values, i % outputs)));
  forEachTap(x.shape, y.shape, weight.shape[0] ?? 0, stride, (xPixel, tap, yPixel) => {
    for (let i = 0; i < inputs; i++) {
      const value = at(x.values, xPixel * inputs + i);
      const row = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) addAt(y.values, yPixel * outputs + o, value * at(weight.values, row + o));
    }
  });
  return y;
}

/** Gradients by input, weight and bias. */
export function backward(
  x: Batch,
  weight: Tensor,
  stride: number,
  dy: Batch,
): { readonly x: Batch; readonly weight: Tensor; readonly bias: Tensor } {
  const dx = zeros(x.shape);
  const dWeight = zeros(weight.shape);
  const inputs = x.shape[3];
  const outputs = dy.shape[3];
  forEachTap(x.shape, dy.shape, weight.shape[0] ?? 0, stride, (xPixel, tap, yPixel) => {
    for (let i = 0; i < inputs; i++) {
      const from = xPixel * inputs + i;
      const value = at(x.values, from);
      const row = (tap * inputs + i) * outputs;
      let sum = 0;
      for (let o = 0; o < outputs; o++) {
        const gradient = at(dy.values, yPixel * outputs + o);
        sum += gradient * at(weight.values, row + o);
        addAt(dWeight.values, row + o, gradient * value);
      }
      addAt(dx.values, from, sum);
    }
  });
  const dBias = zeros([outputs]);
  dy.values.forEach((gradient, i) => {
    addAt(dBias.values, i % outputs, gradient);
  });
  return { x: dx, weight: dWeight, bias: dBias };
}

export const conv: ReferenceOp<Conv> = {
  forward: ({ op }, inputs, parameter) =>
    forward(single(inputs), parameter(op.weight), op.bias === null ? null : parameter(op.bias), op.stride),
  backward: ({ op }, dy, inputs, parameter) =>
    weighted(op, backward(single(inputs), parameter(op.weight), op.stride, dy)),
};
