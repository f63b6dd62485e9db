/** The way forwards: each segment's kernels, in the graph's order. */

import type { NodeId } from '../../network/graph.ts';
import { dips } from '../../ops/activation/op.ts';
import { type Builder, type Left, plainTerm, plainValue, productFlops } from './builder.ts';
import { areReadInPlace, convolutionOf, images, inputOf, sourceOf } from './convolutions.ts';
import { type Moments, momentPacks, type Term } from './expressions.ts';
import { packsOf } from './packs.ts';
import { parameter, type Ref, type Tensor, tensor } from './refs.ts';
import { isSum, type RootOp, type Segment, type SumKind } from './segments.ts';
import { termOf } from './terms.ts';

export interface ForwardOptions {
  /** Take the batch's own statistics; else those that are in the norms already. */
  readonly ownStatistics: boolean;
  /** Roots of the segments whose response is measured. */
  readonly responses?: ReadonlySet<NodeId>;
  /** Make activations of the images even if every layer that reads them can do without. */
  readonly storeImages?: boolean;
}

/** Activation functions that take longer to compute than to load. */
function isExpensive({ activation }: Segment): boolean {
  return activation !== 'linear' && activation !== 'relu' && activation !== 'leaky';
}

/** Whether a norm reads what a segment stores. */
function isNormed({ readers }: Segment): boolean {
  return readers.some(({ op }) => op.kind === 'batchNorm');
}

export function emitForward(builder: Builder, segments: readonly Segment[], options: ForwardOptions): void {
  for (const segment of segments) {
    const { op } = segment;
    switch (op.kind) {
      case 'input':
        if (
          options.storeImages ||
          !areReadInPlace(segment) ||
          segment.readers.some((reader) => reader.op.kind !== 'conv')
        ) {
          emitImages(builder, segment);
        }
        break;
      case 'conv':
      case 'dense':
        emitProduct(builder, segment, op, options);
        break;
      case 'batchNorm':
      case 'activation':
        emitView(builder, segment, options);
        break;
      case 'groupNorm':
        emitGroupNorm(builder, segment, op, options);
        break;
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool':
        emitPool(builder, segment, op.kind);
        break;
      default:
        op satisfies RootOp<SumKind>;
        emitSum(builder, segment, options.ownStatistics && isNormed(segment));
    }
    if (isExpensive(segment) && !isSum(segment)) storeOutput(builder, segment);
  }
}

function emitImages(builder: Builder, segment: Segment): void {
  const { raw } = builder.store(segment, builder.activations('images', segment.shape));
  builder.step(segment, { kind: 'gatherImages', shape: segment.shape, images, writes: { result: tensor(raw) } });
}

function emitProduct(
  builder: Builder,
  segment: Segment,
  op: RootOp<'conv' | 'dense'>,
  { ownStatistics, responses }: ForwardOptions,
): void {
  const convolution = convolutionOf(segment);
  if (convolution.layer === 'denseOfMap') storeOutput(builder, inputOf(segment));
  const x = sourceOf(builder, segment);
  const { raw, output } = builder.store(segment, builder.activations(`${builder.nameOf(segment)} z`, segment.shape));
  const moments = segment.norm || (output && isNormed(segment)) ? 'squares' : 'scaled';
  const left = leftBy(builder, segment, moments);
  const bias = op.bias === null ? null : parameter(op.bias);
  const writes = { z: tensor(raw), sums: left.sums };
  const product = { convolution, x, weight: parameter(op.weight), bias, moments, writes } as const;
  builder.step(segment, { kind: 'convolve', ...product }, segment.shape, productFlops(segment));
  if (moments === 'squares') builder.sums.set(raw, left);
  if (responses?.has(segment.root) || (ownStatistics && segment.norm)) emitStatistics(builder, segment, left);
}

/** Where the moments of a segment's parts go. */
function leftBy(builder: Builder, segment: Segment, moments: Moments): Left {
  const packs = momentPacks[moments] * packsOf(segment.shape[2]);
  return { sums: tensor(builder.tensor(`${builder.nameOf(segment)} sums`, 'part', packs)), moments };
}

/** From sums to a norm, and to the response of the layer. */
function emitStatistics(builder: Builder, segment: Segment, left: Left): void {
  const { norm, shape, root } = segment;
  const channels = shape[2];
  const affine = norm && { scale: parameter(norm.scale), shift: parameter(norm.shift) };
  const response = { in: 'response', node: root, channels } as const;
  const writes = { norm: norm && builder.storedOf(segment).value.norm, response };
  builder.step(segment, { kind: 'statistics', shape, ...left, affine, writes }, [channels]);
}

/** A norm or an activation of what another segment stores. */
function emitView(builder: Builder, segment: Segment, { ownStatistics }: ForwardOptions): void {
  const output = storeOutput(builder, inputOf(segment));
  builder.store(segment, output);
  if (segment.norm && ownStatistics) {
    emitStatistics(builder, segment, builder.sums.get(output) ?? momentsOf(builder, segment, output));
  }
}

/** The moments of what is stored. */
function momentsOf(builder: Builder, segment: Segment, stored: Tensor): Left {
  const left = leftBy(builder, segment, 'squares');
  emitCombine(builder, segment, [plainTerm(stored, segment.shape)], 'linear', { result: null, sums: left.sums });
  return left;
}

/** Group norm has all that it needs in an image, so it is a kernel like a pool, whose output is stored. */
function emitGroupNorm(
  builder: Builder,
  segment: Segment,
  { groups, scale, shift }: RootOp<'groupNorm'>,
  { responses }: ForwardOptions,
): void {
  const { shape } = segment;
  const x = storeOutput(builder, inputOf(segment));
  const raw = builder.activations(`${builder.nameOf(segment)} normalised`, shape);
  const statistics = builder.tensor(`${builder.nameOf(segment)} statistics`, 'image', 2 * packsOf(shape[2]));
  const affine = { scale: parameter(scale), shift: parameter(shift) };
  const writes = { result: tensor(raw), statistics: tensor(statistics) };
  builder.step(segment, { kind: 'groupNorm', shape, groups, x: tensor(x), affine, writes });
  builder.store(segment, raw);
  builder.groupStatistics.set(segment, statistics);
  if (responses?.has(segment.root)) emitStatistics(builder, segment, momentsOf(builder, segment, raw));
}

function emitPool(builder: Builder, segment: Segment, pool: 'maxPool' | 'averagePool' | 'globalAveragePool'): void {
  const x = builder.reading(inputOf(segment));
  const raw = builder.activations(`${builder.nameOf(segment)} output`, segment.shape);
  builder.step(segment, { kind: 'pool', pool, x, to: segment.shape, writes: { result: tensor(raw) } });
  builder.store(segment, raw);
}

/** What a sum adds. */
export function termsOf(builder: Builder, { inputs }: Segment): Term[] {
  return inputs.map((input) => termOf(builder, input));
}

/** @param moments leave those of the parts, for a norm that reads it */
function emitSum(builder: Builder, segment: Segment, moments: boolean): void {
  const { shape, activation } = segment;
  const terms = termsOf(builder, segment);
  if (dips(activation)) {
    const raw = builder.activations(`${builder.nameOf(segment)} sum`, shape);
    emitCombine(builder, segment, terms, 'linear', { result: tensor(raw), sums: null });
    builder.store(segment, raw);
    storeOutput(builder, segment);
    return;
  }
  const raw = builder.activations(`${builder.nameOf(segment)} output`, shape);
  const left = moments ? leftBy(builder, segment, 'squares') : null;
  if (left) builder.sums.set(raw, left);
  emitCombine(builder, segment, terms, activation, { result: tensor(raw), sums: left?.sums ?? null });
  builder.stored.set(segment, { raw, output: raw, value: plainValue(raw, shape) });
}

/** Makes sure that a segment's output itself is stored. */
function storeOutput(builder: Builder, segment: Segment): Tensor {
  const stored = builder.storedOf(segment);
  if (stored.output) return stored.output;
  const { shape, activation } = segment;
  const output = builder.activations(`${builder.nameOf(segment)} output`, shape);
  const value = { ...stored.value, activation: 'linear' } as const;
  const term = { value, pad: null, factors: [] };
  emitCombine(builder, segment, [term], activation, { result: tensor(output), sums: null });
  builder.stored.set(segment, { ...stored, output });
  return output;
}

function emitCombine(
  builder: Builder,
  segment: Segment,
  terms: readonly Term[],
  activation: Segment['activation'],
  writes: { readonly result: Ref | null; readonly sums: Ref | null },
): void {
  builder.step(segment, { kind: 'combine', shape: segment.shape, terms, activation, writes });
}
