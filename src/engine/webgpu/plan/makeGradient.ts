/**
 * Makes the gradient by what a segment stores (by its norm's output, where it has one) from what its readers have sent. The last
 * step is fused into the convolution that contributes to it, if one does: adding the others, going back through the
 * activation, and summing for batch norm.
 */
import { packsOf } from '../../plan/packs.ts';
import { isWhole, type Segment, UnsupportedGraph } from '../../plan/segments.ts';
import { combineGradients, combineGradientsGroups, contributionNames } from '../kernels/combineGradients.ts';
import { convolveGradient, convolveGroups } from '../kernels/convolve.ts';
import type { GradientTarget } from '../kernels/gradientTarget.ts';
import { type Builder, inPlan, productFlops, type Sums } from './builder.ts';
import { gradientConvolution, isFlattening, partSize, readShape, weightOf } from './convolutions.ts';
import type { BufferRef, PlanBuffer } from './plan.ts';
import { isPlain, plainly, type Stored } from './termGradients.ts';
import { runLength } from './tuning.ts';

/** What a convolution sends back, yet to be computed. */
export interface Product {
  readonly kind: 'product';
  readonly reader: Segment;
  readonly dz: PlanBuffer;
}

/** What a reader sends back to a segment. */
export type Sent = Product | Stored;

/** Bindings that a shader stage may have, by WebGPU's default limits. */
const MOST_BINDINGS = 8;

/** A gradient that nothing is done to. */
const bare = { addend: null, output: { from: 'y' }, activation: 'linear', sums: false } as const;

export interface MadeGradient {
  readonly gradient: PlanBuffer;
  /** Sums for the gradient of a norm: the segment's own, or that of a term whose gradient is the segment's. */
  readonly sums: { readonly of: Segment; readonly left: Sums } | null;
}

export class GradientMaker {
  constructor(private readonly builder: Builder) {}

  /** Makes the gradient by a segment's stored output (by its norm's output, where it has one). */
  make(segment: Segment, sent: readonly Sent[]): MadeGradient {
    const products = sent.filter((each) => each.kind === 'product');
    const stored = sent.filter((each) => each.kind === 'stored');
    const [fused] = products;
    const addend = stored[0];
    const target = this.target(segment, addend ? this.addendOf(addend) : null);
    const fits = stored.length === 0 || (stored.length === 1 && addend && this.addendOf(addend) !== null);
    if (fused && products.length === 1 && fits && !isFlattening(fused.reader) && bindingsOf(target) <= MOST_BINDINGS) {
      return this.convolve(segment, target, fused, addend ?? null);
    }
    const raw = products.map((product) => this.product(segment, product));
    return this.combine(segment, this.target(segment, null), [...stored, ...raw]);
  }

  /** The gradient by a segment's output, after its activation. */
  unfinished(segment: Segment, sent: readonly Sent[]): PlanBuffer {
    const stored = sent.map((each) => (each.kind === 'product' ? this.product(segment, each) : each));
    const target: GradientTarget = { ...bare, shape: segment.shape };
    const [only] = stored;
    return only && isPlain(only) && stored.length === 1
      ? only.gradient
      : this.combine(segment, target, stored).gradient;
  }

  private addendOf({ how }: Stored): GradientTarget['addend'] {
    return how.kind === 'same' || how.kind === 'pad' ? how : null;
  }

  /** The conv before the addition of a residual block: its norm's sums can be made with the block's gradient. */
  private summed(segment: Segment): Segment | null {
    if (segment.norm) return segment;
    if (segment.op.kind !== 'add') return null;
    const input = segment.inputs.find(
      (each) =>
        isWhole(each) && each.segment.norm && each.segment.activation === 'linear' && each.segment.readers.length === 1,
    );
    return input?.segment ?? null;
  }

  private target(segment: Segment, addend: GradientTarget['addend']): GradientTarget {
    const { output, value } = this.builder.storedOf(segment);
    return {
      shape: segment.shape,
      addend,
      output: output ? { from: 'y' } : { from: 'z', value },
      activation: segment.activation,
      sums: this.summed(segment) !== null,
    };
  }

  private targetBuffers(segment: Segment, gradient: PlanBuffer, sums: PlanBuffer | null): Record<string, BufferRef> {
    const { raw, output, value } = this.builder.storedOf(segment);
    const summed = this.summed(segment);
    const z = summed ? this.builder.storedOf(summed).raw : raw;
    const normed = summed ?? (value.normalized ? segment : null);
    return {
      ...(output ? { y: inPlan(output) } : {}),
      z: inPlan(z),
      ...(normed ? { zNorm: this.builder.norm(normed) } : {}),
      g: inPlan(gradient),
      ...(sums ? { sums: inPlan(sums) } : {}),
    };
  }

  private convolve(
    segment: Segment,
    target: GradientTarget,
    { reader, dz }: Product,
    addend: Stored | null,
  ): MadeGradient {
    const { builder } = this;
    const shape = gradientConvolution(builder, reader);
    const { groups, parts } = convolveGroups(shape, builder.images);
    const gradient = builder.activations(`${builder.nameOf(segment)} gradient`, segment.shape);
    const sums = this.sumsBuffer(segment, target, parts);
    builder.dispatch({
      kernel: convolveGradient(shape, target),
      buffers: {
        x: inPlan(dz),
        w: builder.parameter(weightOf(reader)),
        ...(addend ? { addend: inPlan(addend.gradient), ...addend.buffers('addend') } : {}),
        ...this.targetBuffers(segment, gradient, sums),
      },
      groups,
      layer: builder.nameOf(reader),
      shape: segment.shape,
      flops: builder.images * productFlops(reader),
    });
    return this.made(segment, gradient, sums, partSize(shape.reduction, shape.geometry.positions));
  }

  /** The gradient that one reader sends, by itself. */
  private product(segment: Segment, { reader, dz }: Product): Stored {
    const { builder } = this;
    const shape = gradientConvolution(builder, reader);
    const gradient = builder.activations(`${builder.nameOf(reader)} sends`, segment.shape);
    const target: GradientTarget = { ...bare, shape: readShape(reader) };
    builder.dispatch({
      kernel: convolveGradient(shape, target),
      buffers: { x: inPlan(dz), w: builder.parameter(weightOf(reader)), g: inPlan(gradient) },
      groups: convolveGroups(shape, builder.images).groups,
      layer: builder.nameOf(reader),
      shape: segment.shape,
      flops: builder.images * productFlops(reader),
    });
    return plainly(gradient);
  }

  private combine(segment: Segment, target: GradientTarget, stored: readonly Stored[]): MadeGradient {
    return this.gather(segment, target, this.fewer(segment, target, stored));
  }

  /** As many contributions as a kernel can bind: the first ones are added up by themselves where there are more. */
  private fewer(segment: Segment, target: GradientTarget, stored: readonly Stored[]): readonly Stored[] {
    if (this.fits(target, stored)) return stored;
    const plain = { ...bare, shape: segment.shape };
    let count = stored.length;
    while (!this.fits(plain, stored.slice(0, count))) count--;
    const [first] = stored;
    if (count === 0 || (count === 1 && first && isPlain(first)))
      throw new UnsupportedGraph('a layer with too many readers');
    const { gradient } = this.gather(segment, plain, stored.slice(0, count));
    return this.fewer(segment, target, [plainly(gradient), ...stored.slice(count)]);
  }

  private fits(target: GradientTarget, stored: readonly Stored[]): boolean {
    const kernel = stored.length <= contributionNames.length && combineGradients(this.gathering(target, stored));
    return kernel && kernel.bindings.length <= MOST_BINDINGS;
  }

  private gathering(target: GradientTarget, stored: readonly Stored[]) {
    const { tuning } = this.builder;
    return {
      target,
      contributions: stored.map(({ how }) => how),
      positions: runLength(target.shape[1], tuning.positions),
      reduction: tuning.reduction,
    };
  }

  /** Adds what readers have sent. */
  private gather(segment: Segment, target: GradientTarget, stored: readonly Stored[]): MadeGradient {
    const { builder } = this;
    const shape = this.gathering(target, stored);
    const { groups, parts } = combineGradientsGroups(shape, builder.images);
    const gradient = builder.activations(`${builder.nameOf(segment)} gradient`, segment.shape);
    const sums = this.sumsBuffer(segment, target, parts);
    const sources = stored.map(({ gradient: from, buffers }, i) => {
      const name = contributionNames[i] ?? '';
      return { [name]: inPlan(from), ...buffers(name) };
    });
    builder.dispatch({
      kernel: combineGradients(shape),
      buffers: {
        ...Object.assign({}, ...sources),
        ...(shape.contributions.some(({ kind }) => kind === 'maxPool') ? builder.reading(segment, 'x').buffers : {}),
        ...this.targetBuffers(segment, gradient, sums),
      },
      groups,
      layer: builder.nameOf(segment),
      shape: segment.shape,
    });
    return this.made(segment, gradient, sums, partSize(shape.reduction, shape.positions));
  }

  private sumsBuffer(segment: Segment, { sums }: GradientTarget, parts: number): PlanBuffer | null {
    if (!sums) return null;
    return this.builder.buffer(`${this.builder.nameOf(segment)} gradient sums`, parts * 2 * packsOf(segment.shape[2]));
  }

  private made(segment: Segment, gradient: PlanBuffer, sums: PlanBuffer | null, size: number): MadeGradient {
    const of = this.summed(segment);
    return { gradient, sums: sums && of && { of, left: { sums, partSize: size } } };
  }
}

function bindingsOf(target: GradientTarget): number {
  const shape = { direction: 'inputGradient', kernel: 1, stride: 1, from: [1, 1], to: [1, 1], positions: 1 } as const;
  const probe = { geometry: shape, fromChannels: 4, toChannels: 4, outputs: 1, reduction: 'invocation' } as const;
  return convolveGradient(probe, target).bindings.length;
}
