/** The way forwards: each segment's dispatches, in the graph's order. */
import { combine, elementwiseGroups, type Term } from '../kernels/combine.ts';
import { gatherImages } from '../kernels/gatherImages.ts';
import { type Moments, momentPacks } from '../kernels/partMoments.ts';
import { pool } from '../kernels/pool.ts';
import { statistics, statisticsGroups } from '../kernels/statistics.ts';
import { packsOf } from '../kernels/wgsl.ts';
import { type Builder, inPlan, pixelsOf, plainValue, productFlops } from './builder.ts';
import { forwardWork, inputOf, isFlattening, sourceOf } from './convolutions.ts';
import { type BufferRef, type PlanBuffer, partOfArena, wholeArena } from './plan.ts';
import { type Input, type RootOp, type Segment, UnsupportedGraph } from './segments.ts';

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

export function emitForward(builder: Builder, segments: readonly Segment[], options: ForwardOptions): void {
  for (const segment of segments) {
    const { op } = segment;
    if (op.kind === 'input') {
      const needed = segment.readers.some((reader) => reader.op.kind !== 'conv');
      if (needed || options.storeImages) emitImages(builder, segment);
    } else if (op.kind === 'conv' || op.kind === 'dense') emitProduct(builder, segment, op, options);
    else if (op.kind === 'add') emitAdd(builder, segment, options.training);
    else emitPool(builder, segment, op.kind, options.training);
    if (isDear(segment) && op.kind !== 'add') storeOutput(builder, segment, options.training);
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
  const { source, buffers } = sourceOf(builder, segment);
  const layer = builder.nameOf(segment);
  const raw = builder.activations(`${layer} z`, segment.shape, training);
  const moments = segment.norm ? 'squares' : 'scaled';
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
  const value = { channels: segment.shape[2], normalized: segment.norm !== null, activation: segment.activation };
  const asStored = !value.normalized && value.activation === 'linear';
  builder.stored.set(segment, { raw, output: asStored ? raw : null, value });
  if (training || (ownStatistics && segment.norm)) {
    emitStatistics(builder, segment, { sums, partSize, moments });
  }
}

/** What the parts of a layer's output have left. */
interface Left {
  readonly sums: PlanBuffer;
  readonly partSize: number;
  readonly moments: Moments;
}

function emitStatistics(builder: Builder, segment: Segment, { sums, partSize, moments }: Left): void {
  const { norm } = segment;
  const channels = segment.shape[2];
  const packs = packsOf(channels);
  const first = builder.reserve('response', 2 * packs);
  builder.responses.set(segment, first);
  const about = {
    channels,
    pixels: pixelsOf(segment),
    partSize,
    moments,
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
      terms: [{ value: { ...value, activation: 'linear' }, map: { kind: 'same' } }],
      activation: value.activation,
    }),
    buffers: { ...buffers, result: inPlan(output) },
    groups: elementwiseGroups(segment.shape, builder.images),
    layer: builder.nameOf(segment),
    shape: segment.shape,
  });
  builder.stored.set(segment, { ...stored, output });
}

function termOf({ segment, pad }: Input, value: Term['value']): Term {
  return { value, map: pad === null ? { kind: 'same' } : { kind: 'pad', stride: pad, shape: segment.shape } };
}

/** What an addition adds, and the buffers it reads. */
export function termsOf(builder: Builder, { inputs }: Segment): { terms: Term[]; buffers: Record<string, BufferRef> } {
  const [a, b] = inputs;
  if (!a || !b) throw new UnsupportedGraph('an addition of other than two terms');
  const readings = [builder.reading(a.segment, 'a'), builder.reading(b.segment, 'b')] as const;
  return {
    terms: [termOf(a, readings[0].value), termOf(b, readings[1].value)],
    buffers: { ...readings[0].buffers, ...readings[1].buffers },
  };
}

function emitAdd(builder: Builder, segment: Segment, training: boolean): void {
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

function emitPool(
  builder: Builder,
  segment: Segment,
  kind: 'maxPool' | 'averagePool' | 'globalAveragePool',
  training: boolean,
): void {
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
