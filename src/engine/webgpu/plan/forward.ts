/** The way forwards: each segment's dispatches, in the graph's order. */
import { packsOf } from '../../plan/packs.ts';
import { isSum, type RootOp, type Segment, type SumKind } from '../../plan/segments.ts';
import { elementwiseGroups } from '../kernels/combine.ts';
import { gatherImages } from '../kernels/gatherImages.ts';
import { momentPacks } from '../kernels/partMoments.ts';
import { pool } from '../kernels/pool.ts';
import { type Builder, inPlan, plainValue, productFlops } from './builder.ts';
import { forwardWork, inputOf, isFlattening, sourceOf } from './convolutions.ts';
import { wholeArena } from './plan.ts';
import { emitStatistics, momentsOf } from './statistics.ts';
import { emitSum, storeOutput } from './sums.ts';

export interface ForwardOptions {
  /** Take the batch's own statistics; else those that are in the norms already. */
  readonly ownStatistics: boolean;
  /** Measure the response of every layer. */
  readonly responses: boolean;
  /** Make activations of the images even if every layer that reads them can do without. */
  readonly storeImages?: boolean;
}

/** Activation functions that take longer to compute than to load. */
function isExpensive({ activation }: Segment): boolean {
  return activation === 'sigmoid' || activation === 'tanh';
}

type PoolKind = 'maxPool' | 'averagePool' | 'globalAveragePool';

function isPool(op: RootOp): op is RootOp<PoolKind> {
  return op.kind === 'maxPool' || op.kind === 'averagePool' || op.kind === 'globalAveragePool';
}

/** Whether a norm reads what a segment stores. */
function isNormed({ readers }: Segment): boolean {
  return readers.some(({ op }) => op.kind === 'batchNorm');
}

export function emitForward(builder: Builder, segments: readonly Segment[], options: ForwardOptions): void {
  for (const segment of segments) {
    const { op } = segment;
    if (op.kind === 'input') {
      const needed = segment.readers.some((reader) => reader.op.kind !== 'conv');
      if (needed || options.storeImages) emitImages(builder, segment);
    } else if (op.kind === 'conv' || op.kind === 'dense') emitProduct(builder, segment, op, options);
    else if (op.kind === 'batchNorm' || op.kind === 'activation') emitView(builder, segment, options);
    else if (isPool(op)) emitPool(builder, segment, op.kind);
    else {
      op satisfies RootOp<SumKind>;
      emitSum(builder, segment, options.ownStatistics && isNormed(segment));
    }
    if (isExpensive(segment) && !isSum(segment)) storeOutput(builder, segment);
  }
}

function emitImages(builder: Builder, segment: Segment): void {
  const raw = builder.activations('images', segment.shape);
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
  { ownStatistics, responses }: ForwardOptions,
): void {
  if (isFlattening(segment)) storeOutput(builder, inputOf(segment));
  const { source, buffers } = sourceOf(builder, segment);
  const layer = builder.nameOf(segment);
  const raw = builder.activations(`${layer} z`, segment.shape);
  const value = { channels: segment.shape[2], normalized: segment.norm !== null, activation: segment.activation };
  const asStored = !value.normalized && value.activation === 'linear';
  const moments = segment.norm || (asStored && isNormed(segment)) ? 'squares' : 'scaled';
  const { kernel, groups, parts, partSize } = forwardWork(builder, segment, source, op.bias !== null, moments);
  const sums = builder.buffer(`${layer} sums`, parts * momentPacks[moments] * packsOf(segment.shape[2]));
  builder.dispatch({
    kernel,
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
  builder.stored.set(segment, { raw, output: asStored ? raw : null, value });
  const left = { sums, partSize, moments } as const;
  if (moments === 'squares') builder.sums.set(raw, left);
  if (responses || (ownStatistics && segment.norm)) emitStatistics(builder, segment, left);
}

/** A norm or an activation of what another segment stores. */
function emitView(builder: Builder, segment: Segment, { ownStatistics }: ForwardOptions): void {
  const viewed = inputOf(segment);
  storeOutput(builder, viewed);
  const { output } = builder.storedOf(viewed);
  if (output === null) throw new RangeError(`${builder.nameOf(viewed)} is not stored`);
  const value = { channels: segment.shape[2], normalized: segment.norm !== null, activation: segment.activation };
  builder.stored.set(segment, { raw: output, output: null, value });
  if (segment.norm && ownStatistics) {
    emitStatistics(builder, segment, builder.sums.get(output) ?? momentsOf(builder, segment, output));
  }
}

function emitPool(builder: Builder, segment: Segment, kind: PoolKind): void {
  const input = inputOf(segment);
  const { value, buffers } = builder.reading(input, 'x');
  const raw = builder.activations(`${builder.nameOf(segment)} output`, segment.shape);
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
