/**
 * Convolution as deep learning means it (cross-correlation): every output pixel is the sum over a
 * kernel's taps of one input pixel's channels times a [in, out] matrix. Forward and both gradients
 * are that one product, y = x · w, solved for each of its three parts.
 */
import { addAt, at, type Batch, type ReferenceOp, single, type Tensor, weighted, zeros } from '../reference.ts';
import type { Conv } from './op.ts';

/** Some output pixels beside each other in a row, and the input pixels that a tap connects them with, each `stride` from the next. */
type Visit = (xPixel: number, tap: number, yPixel: number, pixels: number) => void;

function outputShape([images, rows, columns]: Batch['shape'], weight: Tensor, stride: number): Batch['shape'] {
  return [images, Math.ceil(rows / stride), Math.ceil(columns / stride), weight.shape[3] ?? 0];
}

/** Visits each pair of an input pixel and an output pixel that a tap connects, by rows; taps in the zero padding have none. */
function forEachTap(x: Batch['shape'], y: Batch['shape'], kernel: number, stride: number, visit: Visit): void {
  const padding = (kernel - 1) / 2;
  for (let image = 0; image < y[0]; image++) {
    for (let yRow = 0; yRow < y[1]; yRow++) {
      for (let tap = 0; tap < kernel * kernel; tap++) {
        const row = yRow * stride - padding + Math.floor(tap / kernel);
        const left = (tap % kernel) - padding;
        const first = Math.max(0, Math.ceil(-left / stride));
        const end = Math.min(y[2], Math.floor((x[2] - 1 - left) / stride) + 1);
        if (row < 0 || row >= x[1] || first >= end) continue;
        const xPixel = (image * x[1] + row) * x[2] + first * stride + left;
        visit(xPixel, tap, (image * y[1] + yRow) * y[2] + first, end - first);
      }
    }
  }
}

/** Numbers of an array, from `start` on, each `step` from the next. */
interface Run {
  readonly values: Float64Array;
  readonly start: number;
  readonly step: number;
}

/**
 * A vector times a matrix: into[start + k] += Σ_j a_j · b_jk for k below `width` and j below `length`, where b's step is from one line to the next. Four
 * sums at a time, in variables: most of the time of training goes by here.
 */
function addProduct(a: Run, b: Run, length: number, into: Float64Array, start: number, width: number): void {
  const { values: x, start: xStart, step: xStep } = a;
  const { values: w, start: wStart, step: wStep } = b;
  let k = 0;
  for (; k + 4 <= width; k += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < length; j++) {
      const value = x[xStart + j * xStep] as number;
      const line = wStart + j * wStep + k;
      s0 += value * (w[line] as number);
      s1 += value * (w[line + 1] as number);
      s2 += value * (w[line + 2] as number);
      s3 += value * (w[line + 3] as number);
    }
    addAt(into, start + k, s0);
    addAt(into, start + k + 1, s1);
    addAt(into, start + k + 2, s2);
    addAt(into, start + k + 3, s3);
  }
  for (; k < width; k++) {
    let sum = 0;
    for (let j = 0; j < length; j++) sum += (x[xStart + j * xStep] as number) * (w[wStart + j * wStep + k] as number);
    addAt(into, start + k, sum);
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
  forEachTap(x.shape, y.shape, weight.shape[0] ?? 0, stride, (xPixel, tap, yPixel, pixels) => {
    const matrix = { values: weight.values, start: tap * inputs * outputs, step: outputs };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = { values: x.values, start: (xPixel + pixel * stride) * inputs, step: 1 };
      addProduct(from, matrix, inputs, y.values, (yPixel + pixel) * outputs, outputs);
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
  // [tap, out, in]
  const transposed = weight.values.map((_, i) => {
    const [input, rest] = [i % inputs, Math.floor(i / inputs)];
    return at(weight.values, (Math.floor(rest / outputs) * inputs + input) * outputs + (rest % outputs));
  });
  forEachTap(x.shape, dy.shape, weight.shape[0] ?? 0, stride, (xPixel, tap, yPixel, pixels) => {
    const matrix = { values: transposed, start: tap * inputs * outputs, step: inputs };
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = { values: dy.values, start: (yPixel + pixel) * outputs, step: 1 };
      addProduct(from, matrix, outputs, dx.values, (xPixel + pixel * stride) * inputs, inputs);
    }
    const gradients = { values: dy.values, start: yPixel * outputs, step: outputs };
    for (let input = 0; input < inputs; input++) {
      const channel = { values: x.values, start: xPixel * inputs + input, step: stride * inputs };
      addProduct(channel, gradients, pixels, dWeight.values, (tap * inputs + input) * outputs, outputs);
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
