/**
 * Makes the gradient by what a segment stores (by its norm's output, where it has one) from what its readers have sent. The last
 * step is fused into the convolution that contributes to it, if one does: adding the others, going back through the
 * activation, and summing for batch norm.
 */
import { dips } from '../../ops/activation/op.ts';
import { type Builder, normOf, productFlops } from './builder.ts';
import { convolutionOf, weightOf } from './convolutions.ts';
import type { Addend, Contribution, GradientTarget } from './expressions.ts';
import { packsOf } from './packs.ts';
import { buffersOf, type Ref, type Tensor, tensor } from './refs.ts';
import type { KernelSpec } from './schedule.ts';
import { isWhole, type Segment, UnsupportedGraph } from './segments.ts';
import { passedBy, plainly } from './terms.ts';

/** What a convolution sends back, yet to be computed. */
export interface Product {
  readonly kind: 'product';
  readonly reader: Segment;
  readonly dz: Tensor;
}

/** What a reader sends back to a segment. */
export type Sent = Product | Contribution;

export interface MadeGradient {
  readonly gradient: Tensor;
  /** Sums for the gradient of a norm: the segment's own, or that of a term whose gradient is the segment's. */
  readonly sums: { readonly of: Segment; readonly left: Ref } | null;
}

export class GradientMaker {
  constructor(private readonly builder: Builder) {}

  /** Makes the gradient by a segment's stored output (by its norm's output, where it has one). */
  make(segment: Segment, sent: readonly Sent[]): MadeGradient {
    const { builder } = this;
    const products = sent.filter((each) => each.kind === 'product');
    const stored = sent.filter((each) => each.kind !== 'product');
    const gradient = builder.activations(`${builder.nameOf(segment)} gradient`, segment.shape);
    const [fused] = products;
    const [addend = null] = stored;
    if (fused && products.length === 1 && stored.length < 2 && canBeAdded(addend)) {
      const kernel = inputGradient(fused, this.target(segment, gradient, addend));
      const { layer } = kernel.convolution;
      if (layer !== 'denseOfMap' && this.fits(kernel)) {
        builder.step(fused.reader, kernel, segment.shape, productFlops(fused.reader));
        return this.made(segment, kernel.target);
      }
    }
    const target = this.target(segment, gradient, null);
    const all = [...stored, ...products.map((product) => this.product(segment, product))];
    const passed = soleOf(all);
    if (passed && target.activation === 'linear' && !target.writes.sums) return { gradient: passed, sums: null };
    this.combine(segment, target, all);
    return this.made(segment, target);
  }

  /** The gradient by a segment's output, after its activation. */
  unfinished(segment: Segment, sent: readonly Sent[]): Tensor {
    const stored = sent.map((each) => (each.kind === 'product' ? this.product(segment, each) : each));
    const passed = soleOf(stored);
    if (passed) return passed;
    const gradient = this.builder.activations(`${this.builder.nameOf(segment)} gradient`, segment.shape);
    this.combine(segment, bare(segment.shape, gradient), stored);
    return gradient;
  }

  /** The conv before the addition of a residual block: its norm's sums can be made with the block's gradient. */
  private summed(segment: Segment): Segment | null {
    if (segment.norm) return segment;
    // Behind an activation whose derivative asks for the sum itself, a kernel reads that instead.
    if (segment.op.kind !== 'add' || dips(segment.activation)) return null;
    const input = segment.inputs.find(
      (each) =>
        isWhole(each) && each.segment.norm && each.segment.activation === 'linear' && each.segment.readers.length === 1,
    );
    return input?.segment ?? null;
  }

  private target(segment: Segment, gradient: Tensor, addend: Addend | null): GradientTarget {
    const { builder } = this;
    const { shape, activation } = segment;
    const { raw, output, value } = builder.storedOf(segment);
    const summed = this.summed(segment);
    const isThrough = activation !== 'linear';
    const fromZ = isThrough && (output === null || dips(activation));
    const sums =
      summed && tensor(builder.tensor(`${builder.nameOf(segment)} gradient sums`, 'part', 2 * packsOf(shape[2])));
    return {
      of: segment.root,
      shape,
      addend,
      activation,
      y: isThrough && !fromZ && output ? tensor(output) : null,
      z: summed ? tensor(builder.storedOf(summed).raw) : fromZ ? tensor(raw) : null,
      norm: summed ? normOf(summed) : fromZ ? value.norm : null,
      writes: { gradient: tensor(gradient), sums },
    };
  }

  /** The gradient that one reader sends, by itself. */
  private product(segment: Segment, product: Product): Addend {
    const { builder } = this;
    const { reader } = product;
    const gradient = builder.activations(`${builder.nameOf(reader)} sends`, segment.shape);
    const kernel = inputGradient(product, bare(convolutionOf(reader).from, gradient));
    builder.step(reader, kernel, segment.shape, productFlops(reader));
    return plainly(gradient);
  }

  /**
   * Adds what readers have sent: the first ones by themselves, where there are more than a kernel can bind.
   */
  private combine(segment: Segment, target: GradientTarget, sent: readonly Contribution[]): void {
    const { builder } = this;
    const all = this.combined(segment, target, sent);
    if (this.fits(all)) {
      builder.step(segment, all);
      return;
    }
    const gradient = builder.activations(`${builder.nameOf(segment)} gradient`, segment.shape);
    const part = (count: number) => this.combined(segment, bare(segment.shape, gradient), sent.slice(0, count));
    let count = sent.length;
    while (!this.fits(part(count))) count--;
    const [first] = sent;
    if (count === 0 || (count === 1 && first && passedBy(first)))
      throw new UnsupportedGraph('a layer with too many readers');
    builder.step(segment, part(count));
    this.combine(segment, target, [plainly(gradient), ...sent.slice(count)]);
  }

  private combined(segment: Segment, target: GradientTarget, contributions: readonly Contribution[]): KernelSpec {
    const asks = contributions.some(({ kind }) => kind === 'maxPool');
    return { kind: 'combineGradients', contributions, x: asks ? this.builder.reading(segment) : null, target };
  }

  private fits(kernel: KernelSpec): boolean {
    return buffersOf(kernel).length <= this.builder.limits.buffers;
  }

  private made(segment: Segment, { writes: { gradient, sums } }: GradientTarget): MadeGradient {
    const of = this.summed(segment);
    if (gradient.in !== 'tensor') throw new RangeError('a gradient that outlives its step');
    return { gradient: gradient.tensor, sums: sums && of && { of, left: sums } };
  }
}

/** What is sent, where it is one gradient that nothing is done to. */
function soleOf([only, ...others]: readonly Contribution[]): Tensor | null {
  return only && others.length === 0 ? passedBy(only) : null;
}

/** Whether the convolution that makes a gradient can add it. */
function canBeAdded(sent: Contribution | null): sent is Addend | null {
  return sent === null || sent.kind === 'same' || sent.kind === 'pad';
}

function inputGradient(
  { reader, dz }: Product,
  target: GradientTarget,
): KernelSpec & { readonly kind: 'inputGradient' } {
  return {
    kind: 'inputGradient',
    convolution: convolutionOf(reader),
    dz: tensor(dz),
    weight: weightOf(reader),
    target,
  };
}

/** A gradient that nothing else is done to. */
function bare(shape: Segment['shape'], gradient: Tensor): GradientTarget {
  const nothing = { of: null, addend: null, activation: 'linear', y: null, z: null, norm: null } as const;
  return { ...nothing, shape, writes: { gradient: tensor(gradient), sums: null } };
}
