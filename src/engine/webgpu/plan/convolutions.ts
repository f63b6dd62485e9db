/** Conv and dense layers as the convolutions that compute them: what they read, and how they are tiled. */

import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { isWhole, type Segment, UnsupportedGraph } from '../../plan/segments.ts';
import { convolveForward, convolveGroups, type Source } from '../kernels/convolve.ts';
import { denseForward, denseForwardGroups } from '../kernels/denseForward.ts';
import type { ConvGeometry, ConvolveShape } from '../kernels/geometry.ts';
import type { Moments } from '../kernels/partMoments.ts';
import type { Kernel } from '../kernels/wgsl.ts';
import { type Builder, pixelsOf, plainValue } from './builder.ts';
import { type BufferRef, wholeArena } from './plan.ts';
import { outputsOf, runLength, type Tuning } from './tuning.ts';

/** The only input of a segment that is no sum. */
export function inputOf(segment: Segment): Segment {
  const [input] = segment.inputs;
  if (input === undefined || !isWhole(input)) throw new UnsupportedGraph('a layer without a plain input');
  return input.segment;
}

/** A dense layer of several pixels reads them as the channels of one. */
export function isFlattening(segment: Segment): boolean {
  return segment.op.kind === 'dense' && pixelsOf(inputOf(segment)) > 1;
}

/** A conv or dense layer as the convolution that computes it, forwards. */
export function convolution(segment: Segment, tuning: Tuning): ConvolveShape {
  const { op, shape } = segment;
  const from = readShape(segment);
  const dense = op.kind !== 'conv';
  const geometry: ConvGeometry = {
    direction: 'forward',
    kernel: dense ? 1 : op.kernel,
    stride: dense ? 1 : op.stride,
    from: [from[0], from[1]],
    to: [shape[0], shape[1]],
    positions: runLength(shape[1], tuning.positions),
  };
  const outputs = outputsOf(packsOf(shape[2]));
  return { geometry, fromChannels: from[2], toChannels: shape[2], outputs, reduction: tuning.reduction };
}

/** The shape in which a conv or dense layer sees its input. */
export function readShape(segment: Segment): Shape {
  const input = inputOf(segment);
  return isFlattening(segment) ? [1, 1, 4 * packsOf(input.shape[2]) * pixelsOf(input)] : input.shape;
}

/** What a conv or dense layer multiplies by its weights. */
export function sourceOf(builder: Builder, segment: Segment): { source: Source; buffers: Record<string, BufferRef> } {
  const input = inputOf(segment);
  if (segment.op.kind === 'conv' && input.op.kind === 'input') {
    return { source: { kind: 'images' }, buffers: { pixels: wholeArena('pixels'), indices: wholeArena('indices') } };
  }
  const { value, buffers } = builder.reading(input, 'x');
  const flat = isFlattening(segment) ? plainValue(readShape(segment)[2]) : value;
  return { source: { kind: 'value', value: flat }, buffers };
}

/** Numbers of one channel that one partial sum stands for. */
export function partSize(reduction: ConvolveShape['reduction'], positions: number): number {
  return reduction === 'invocation' ? positions : positions * 64;
}

/** How a conv or dense layer is computed forwards. */
export interface ForwardWork {
  readonly kernel: Kernel;
  readonly groups: [number, number];
  /** Of the output, each with moments of its own, and the numbers of one channel in a part. */
  readonly parts: number;
  readonly partSize: number;
}

export function forwardWork(
  { tuning, images }: Builder,
  segment: Segment,
  source: Source,
  bias: boolean,
  moments: Moments,
): ForwardWork {
  const shape = convolution(segment, tuning);
  if (isFlattening(segment) && tuning.reduction === 'workgroup') {
    const { fromChannels, toChannels, outputs } = shape;
    const dense = { inputPacks: packsOf(fromChannels), units: toChannels, outputs };
    const groups = denseForwardGroups(dense, images);
    return { kernel: denseForward(dense, bias, moments), groups, parts: images, partSize: 1 };
  }
  return {
    kernel: convolveForward(shape, source, bias, moments),
    ...convolveGroups(shape, images),
    partSize: partSize(shape.reduction, shape.geometry.positions),
  };
}

export function weightOf({ op }: Segment): number {
  if (op.kind !== 'conv' && op.kind !== 'dense') throw new RangeError(`${op.kind} has no weight`);
  return op.weight;
}

/** The convolution that makes the gradient by a layer's input. */
export function gradientConvolution(builder: Builder, reader: Segment): ConvolveShape {
  const forward = convolution(reader, builder.tuning);
  const { geometry, fromChannels, toChannels, reduction } = forward;
  const columns = geometry.from[1];
  const length = runLength(columns, builder.tuning.positions);
  return {
    geometry: {
      ...geometry,
      direction: 'inputGradient',
      from: geometry.to,
      to: geometry.from,
      // With stride 2 a run must begin at an even column.
      positions: geometry.stride === 1 || length % 2 === 0 ? length : columns,
    },
    fromChannels: toChannels,
    toChannels: fromChannels,
    outputs: outputsOf(packsOf(fromChannels)),
    reduction,
  };
}
