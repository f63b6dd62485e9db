/** The way forwards: each segment's dispatches, in the graph's order. */
import { combine, elementwiseGroups, termNameOf } from '../kernels/combine.ts';
import { convolveForward, convolveGroups } from '../kernels/convolve.ts';
import { gatherImages } from '../kernels/gatherImages.ts';
import { moments, momentsGroups } from '../kernels/moments.ts';
import { pool } from '../kernels/pool.ts';
import { statistics, statisticsGroups } from '../kernels/statistics.ts';
import type { Term } from '../kernels/terms.ts';
import { packsOf } from '../kernels/wgsl.ts';
import { type Builder, inPlan, pixelsOf, plainValue, productFlops, type Sums } from './builder.ts';
import { convolution, inputOf, isFlattening, partSize, sourceOf } from './convolutions.ts';
import { type BufferRef, type PlanBuffer, partOfArena, wholeArena } from './plan.ts';
import { isSum, type RootOp, type Segment } from './segments.ts';
import { termOf } from './terms.ts';
import { runLength } from './tuning.ts';

export interface ForwardOptions {
  /** Take the batch's own statistics; else those that are in the norms already. */
  readonly ownStatistics: boolean;
  /** Backpropagation will follow. */
  readonly training: boolean;
  /** Make activations of the images even if every layer that reads them can do without. */
  readonly storeImages?: boolean;
}

/** Activation functions that take longer to compute than to load. */
function isDear({ activation }: Segment): boolean {
  return activation === 'sigmoid' || activation === 'tanh';
}

type PoolKind = 'maxPool' | 'averagePool' | 'globalAveragePool';

function isPool(op: RootOp): op is RootOp<PoolKind> {
  return op.kind === 'maxPool' || op.kind === 'averagePool' || op.kind === 'globalAveragePool';
}

export function emitForward(builder: Builder, segments: readonly Segment[], options: ForwardOptions): void {
  for (const segment of segments) {
    const { op } = segment;
    if (op.kind === 'input') {
      const needed = segment.readers.some((reader) => reader.op.kind !== 'conv');
      if (needed || options.storeImages) emitImages(builder, segment);
    } else if (op.kind === 'conv' || op.kind === 'dense') emitProduct(builder, segment, op, options);
    else if (op.kind === 'batchNorm' || op.kind === 'activation') emitView(builder, segment, options);
    else if (isPool(op)) emitPool(builder, segment, op.kind, options.training);
    else emitSum(builder, segment, options.training);
    if (isDear(segment) && !isSum(segment)) storeOutput(builder, segment, options.training);
  }
}

function emitImages(builder: Builder, segment: Segment): void {
  const raw = builder.activations('images', segment.shape, true);
  builder.stored.set(segment, { raw, output: raw, value: plainValue(segment.shape[2]) });
  builder.dispatch({
    kernel: gatherImages(segment.shape),
    buffers: { pixels: wholeArena('pixels'), indices: wholeArena('indices'), result: inPlan(raw) },
    groups: elementwiseGroups(segment.shape, builder.images),
    layer: 'images',
    shape: segment.shape,
  });
}

function emitProduct(
  builder: Builder,
  segment: Segment,
  op: RootOp<'conv' | 'dense'>,
  { ownStatistics, training }: ForwardOptions,
): void {
  if (isFlattening(segment)) storeOutput(builder, inputOf(segment), training);
  const shape = convolution(segment, builder.tuning);
  const { source, buffers } = sourceOf(builder, segment);
  const layer = builder.nameOf(segment);
  const raw = builder.activations(`${layer} z`, segment.shape, training);
  const { groups, parts } = convolveGroups(shape, builder.images);
  const sums = builder.buffer(`${layer} sums`, parts * 2 * packsOf(segment.shape[2]));
  builder.dispatch({
    kernel: convolveForward(shape, source, op.bias !== null),
    buffers: {
      ...buffers,
      w: builder.parameter(op.weight),
      ...(op.bias === null ? {} : { bias: builder.parameter(op.bias) }),
      z: inPlan(raw),
      sums: inPlan(sums),
    },
    groups,
    layer,
    shape: segment.shape,
    flops: builder.images * productFlops(segment),
  });
  const value = { channels: segment.shape[2], normalized: segment.norm !== null, activation: segment.activation };
  const asStored = !value.normalized && value.activation === 'linear';
  builder.stored.set(segment, { raw, output: asStored ? raw : null, value });
  const left = { sums, partSize: partSize(shape.reduction, shape.geometry.positions) };
  builder.sums.set(raw, left);
  if (training || (ownStatistics && segment.norm)) emitStatistics(builder, segment, left);
}

function emitStatistics(builder: Builder, segment: Segment, { sums, partSize: size }: Sums): void {
  const { norm } = segment;
  const channels = segment.shape[2];
  const packs = packsOf(channels);
  const first = builder.reserve('response', 2 * packs);
  builder.responses.set(segment, first);
  const about = {
    channels,
    pixels: pixelsOf(segment),
    partSize: size,
    normalized: norm !== null,
    reduction: builder.tuning.reduction,
  };
  builder.dispatch({
    kernel: statistics(about),
    buffers: {
      sums: inPlan(sums),
      ...(norm
        ? { scale: builder.parameter(norm.scale), shift: builder.parameter(norm.shift), norm: builder.norm(segment) }
        : {}),
      response: partOfArena('response', first, 2 * packs),
    },
    groups: statisticsGroups(about),
    layer: builder.nameOf(segment),
    shape: [channels],
  });
}

/** Makes sure that a segment's output itself is in a buffer. */
function storeOutput(builder: Builder, segment: Segment, training: boolean): void {
  const stored = builder.storedOf(segment);
  if (stored.output) return;
  const { value, buffers } = builder.reading(segment, 'a');
  const output = builder.activations(`${builder.nameOf(segment)} output`, segment.shape, training);
  builder.dispatch({
    kernel: combine({
      shape: segment.shape,
      terms: [{ value: { ...value, activation: 'linear' }, map: { kind: 'same' }, factors: [] }],
      activation: value.activation,
    }),
    buffers: { ...buffers, result: inPlan(output) },
    groups: elementwiseGroups(segment.shape, builder.images),
    layer: builder.nameOf(segment),
    shape: segment.shape,
  });
  builder.stored.set(segment, { ...stored, output });
}

/** A norm or an activation of what another segment stores. */
function emitView(builder: Builder, segment: Segment, { ownStatistics, training }: ForwardOptions): void {
  const viewed = inputOf(segment);
  storeOutput(builder, viewed, training);
  const { output } = builder.storedOf(viewed);
  if (output === null) throw new RangeError(`${builder.nameOf(viewed)} is not stored`);
  const value = { channels: segment.shape[2], normalized: segment.norm !== null, activation: segment.activation };
  builder.stored.set(segment, { raw: output, output: null, value });
  if (segment.norm && ownStatistics) {
    emitStatistics(builder, segment, builder.sums.get(output) ?? emitMoments(builder, segment, output));
  }
}

function emitMoments(builder: Builder, segment: Segment, raw: PlanBuffer): Sums {
  const { shape } = segment;
  const { positions, reduction } = builder.tuning;
  const about = { shape, positions: runLength(shape[1], positions), reduction };
  const { groups, parts } = momentsGroups(about, builder.images);
  const layer = builder.nameOf(segment);
  const sums = builder.buffer(`${layer} sums`, parts * 2 * packsOf(shape[2]));
  builder.dispatch({
    kernel: moments(about),
    buffers: { x: inPlan(raw), sums: inPlan(sums) },
    groups,
    layer,
    shape,
  });
  return { sums, partSize: partSize(reduction, about.positions) };
}

/** What a sum adds, and the buffers it reads. */
export function termsOf(builder: Builder, { inputs }: Segment): { terms: Term[]; buffers: Record<string, BufferRef> } {
  const read = inputs.map((input, i) => termOf(builder, input, termNameOf(i)));
  return { terms: read.map(({ term }) => term), buffers: Object.assign({}, ...read.map(({ buffers }) => buffers)) };
}

function emitSum(builder: Builder, segment: Segment, training: boolean): void {
  const { shape, activation } = segment;
  const { terms, buffers } = termsOf(builder, segment);
  const raw = builder.activations(`${builder.nameOf(segment)} output`, shape, training);
  builder.dispatch({
    kernel: combine({ shape, terms, activation }),
    buffers: { ...buffers, result: inPlan(raw) },
    groups: elementwiseGroups(shape, builder.images),
    layer: builder.nameOf(segment),
    shape,
  });
  builder.stored.set(segment, { raw, output: raw, value: plainValue(shape[2]) });
}

function emitPool(builder: Builder, segment: Segment, kind: PoolKind, training: boolean): void {
  const input = inputOf(segment);
  const { value, buffers } = builder.reading(input, 'x');
  const raw = builder.activations(`${builder.nameOf(segment)} output`, segment.shape, training);
  builder.dispatch({
    kernel: pool({ kind, from: input.shape, to: segment.shape, value }),
    buffers: { ...buffers, result: inPlan(raw) },
    groups: elementwiseGroups(segment.shape, builder.images),
    layer: builder.nameOf(segment),
    shape: segment.shape,
  });
  const linear = segment.activation === 'linear';
  const about = { channels: segment.shape[2], normalized: false, activation: segment.activation };
  builder.stored.set(segment, { raw, output: linear ? raw : null, value: about });
}
