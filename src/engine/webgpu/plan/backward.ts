/**
 * The way backwards. Segments are visited from the logits to the images; when one is reached, everything
 * that reads it has left its contribution. The last step of making a segment's gradient is fused into the
 * convolution that contributes to it, if one does: adding the others, going back through the activation,
 * and summing for batch norm.
 */
import {
  type Contribution,
  combineGradients,
  combineGradientsGroups,
  contributionNames,
} from '../kernels/combineGradients.ts';
import { convolveGradient, convolveGroups } from '../kernels/convolve.ts';
import type { GradientTarget } from '../kernels/gradientTarget.ts';
import { packsOf } from '../kernels/wgsl.ts';
import { type Builder, inPlan, productFlops } from './builder.ts';
import { gradientConvolution, inputOf, isFlattening, partSize, readShape, weightOf } from './convolutions.ts';
import type { GradientWatch } from './gradientWatch.ts';
import { type LayerEnd, LayerGradients } from './layerGradients.ts';
import type { BufferRef, PlanBuffer } from './plan.ts';
import { type Segment, UnsupportedGraph } from './segments.ts';
import { runLength } from './tuning.ts';

/** What a reader sends back to a segment. */
type Sent =
  | { readonly kind: 'product'; readonly reader: Segment; readonly dz: PlanBuffer }
  | { readonly kind: 'stored'; readonly how: Contribution; readonly gradient: PlanBuffer };
type Stored = Extract<Sent, { kind: 'stored' }>;
type Product = Extract<Sent, { kind: 'product' }>;

/** Bindings that a shader stage may have, by WebGPU's default limits. */
const MOST_BINDINGS = 8;

/** A gradient that nothing is done to. */
const bare = { addend: null, output: { from: 'y' }, activation: 'linear', sums: false } as const;

/** Sums for batch norm that were left while the gradient of a later segment was made. */
interface Presummed {
  readonly sums: PlanBuffer;
  readonly partSize: number;
}

export class Backward {
  private readonly sent = new Map<Segment, Sent[]>();
  private readonly presummed = new Map<Segment, Presummed>();
  private readonly layers: LayerGradients;

  constructor(
    private readonly builder: Builder,
    ends: ReadonlyMap<Segment, LayerEnd>,
    /** What is kept of the gradients by activations; where it is given, those by the parameters are not made. */
    private readonly watch: GradientWatch | null = null,
  ) {
    this.layers = new LayerGradients(builder, ends, watch === null);
  }

  /** @param lossGradient by the logits, the last segment */
  emit(segments: readonly Segment[], lossGradient: PlanBuffer): void {
    const logits = segments.at(-1);
    for (const segment of segments.toReversed()) {
      if (segment.op.kind === 'input') continue;
      if (segment === logits) this.finishLayer(segment, { gradient: lossGradient, own: true, sums: null });
      else this.visit(segment);
    }
    this.layers.flush();
  }

  private visit(segment: Segment): void {
    const known = this.presummed.get(segment);
    const [only, ...others] = this.sent.get(segment) ?? [];
    if (!only) throw new UnsupportedGraph(`${this.builder.nameOf(segment)} has no reader`);
    if (this.watch?.wants(segment, 'activated')) {
      this.watch.made(segment, 'activated', this.unfinished(segment, [only, ...others]));
    }
    const passed = only.kind === 'stored' && only.how.kind === 'same' && others.length === 0 ? only.gradient : null;
    if (known && passed) {
      this.finish(segment, { gradient: passed, own: false, sums: known });
    } else if (passed && segment.activation === 'linear' && !segment.norm) {
      this.finish(segment, { gradient: passed, own: false, sums: null });
    } else this.make(segment, [only, ...others]);
  }

  /** Makes the gradient by a segment's stored output (by its norm's output, where it has one). */
  private make(segment: Segment, sent: readonly Sent[]): void {
    const products = sent.filter((each) => each.kind === 'product');
    const stored = sent.filter((each) => each.kind === 'stored');
    const [fused] = products;
    const addend = stored[0];
    const target = this.target(segment, addend ? this.addendOf(addend) : null);
    const fits = stored.length === 0 || (stored.length === 1 && addend && this.addendOf(addend) !== null);
    if (fused && products.length === 1 && fits && !isFlattening(fused.reader) && bindingsOf(target) <= MOST_BINDINGS) {
      this.convolve(segment, target, fused, addend ?? null);
    } else {
      const raw = products.map((product) => this.product(segment, product));
      this.combine(segment, [...stored, ...raw]);
    }
  }

  /** The gradient by a segment's output, behind its activation. */
  private unfinished(segment: Segment, sent: readonly Sent[]): PlanBuffer {
    const stored = sent.map((each) => (each.kind === 'product' ? this.product(segment, each) : each));
    const target: GradientTarget = { ...bare, shape: segment.shape };
    const [only] = stored;
    return only?.how.kind === 'same' && stored.length === 1
      ? only.gradient
      : this.gather(segment, target, stored).gradient;
  }

  private addendOf({ how }: Stored): GradientTarget['addend'] {
    if (how.kind === 'same') return { kind: 'same' };
    return how.kind === 'pad' ? how : null;
  }

  /** The conv behind which the addition of a residual block lies: its norm's sums can be made with the block's gradient. */
  private summed(segment: Segment): Segment | null {
    if (segment.norm) return segment;
    if (segment.op.kind !== 'add') return null;
    const input = segment.inputs.find(
      (each) =>
        each.pad === null &&
        each.segment.norm &&
        each.segment.activation === 'linear' &&
        each.segment.readers.length === 1,
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

  private convolve(segment: Segment, target: GradientTarget, { reader, dz }: Product, addend: Stored | null): void {
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
        ...(addend ? { addend: inPlan(addend.gradient) } : {}),
        ...this.targetBuffers(segment, gradient, sums),
      },
      groups,
      layer: builder.nameOf(reader),
      shape: segment.shape,
      flops: builder.images * productFlops(reader),
    });
    this.made(segment, gradient, sums, partSize(shape.reduction, shape.geometry.positions));
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
    return { kind: 'stored', how: { kind: 'same' }, gradient };
  }

  private combine(segment: Segment, stored: readonly Stored[]): void {
    const { gradient, sums, size } = this.gather(segment, this.target(segment, null), stored);
    this.made(segment, gradient, sums, size);
  }

  /** Adds what readers have sent. */
  private gather(segment: Segment, target: GradientTarget, stored: readonly Stored[]) {
    const { builder } = this;
    const shape = {
      target,
      contributions: stored.map(({ how }) => how),
      positions: runLength(segment.shape[1], builder.tuning.positions),
      reduction: builder.tuning.reduction,
    };
    const { groups, parts } = combineGradientsGroups(shape, builder.images);
    const gradient = builder.activations(`${builder.nameOf(segment)} gradient`, segment.shape);
    const sums = this.sumsBuffer(segment, target, parts);
    const kernel = combineGradients(shape);
    if (kernel.bindings.length > MOST_BINDINGS) throw new UnsupportedGraph('a layer with too many readers');
    const named = stored.map(({ gradient: from }, i) => [contributionNames[i] ?? '', inPlan(from)] as const);
    builder.dispatch({
      kernel,
      buffers: {
        ...Object.fromEntries(named),
        ...(shape.contributions.some(({ kind }) => kind === 'maxPool') ? builder.reading(segment, 'x').buffers : {}),
        ...this.targetBuffers(segment, gradient, sums),
      },
      groups,
      layer: builder.nameOf(segment),
      shape: segment.shape,
    });
    return { gradient, sums, size: partSize(shape.reduction, shape.positions) };
  }

  private sumsBuffer(segment: Segment, { sums }: GradientTarget, parts: number): PlanBuffer | null {
    if (!sums) return null;
    return this.builder.buffer(`${this.builder.nameOf(segment)} gradient sums`, parts * 2 * packsOf(segment.shape[2]));
  }

  private made(segment: Segment, gradient: PlanBuffer, sums: PlanBuffer | null, size: number): void {
    const summed = this.summed(segment);
    const left = sums ? { sums, partSize: size } : null;
    if (left && summed && summed !== segment) this.presummed.set(summed, left);
    this.finish(segment, { gradient, own: true, sums: summed === segment ? left : null });
  }

  /** Passes a segment's finished gradient on to what it was computed from. */
  private finish(segment: Segment, made: { gradient: PlanBuffer; own: boolean; sums: Presummed | null }): void {
    const { op, inputs, shape } = segment;
    this.watch?.made(segment, segment.norm ? 'normalized' : 'stored', made.gradient);
    switch (op.kind) {
      case 'conv':
      case 'dense':
        this.finishLayer(segment, made);
        break;
      case 'add':
        for (const { segment: input, pad } of inputs) {
          this.send(input, made.gradient, pad === null ? { kind: 'same' } : { kind: 'pad', stride: pad, shape });
        }
        break;
      case 'globalAveragePool':
        this.send(inputOf(segment), made.gradient, { kind: 'globalAverage' });
        break;
      case 'averagePool':
        this.send(inputOf(segment), made.gradient, { kind: 'averagePool', shape });
        break;
      case 'maxPool': {
        const input = inputOf(segment);
        const { value } = this.builder.reading(input, 'x');
        this.send(input, made.gradient, { kind: 'maxPool', shape, value });
      }
    }
  }

  private finishLayer(segment: Segment, made: { gradient: PlanBuffer; own: boolean; sums: Presummed | null }): void {
    const keeps = this.watch?.wants(segment, 'normalized') ?? false;
    const dz = this.layers.emit(segment, { ...made, own: made.own && !keeps });
    this.watch?.made(segment, 'stored', dz);
    const input = inputOf(segment);
    const sent = this.sent.get(input) ?? [];
    this.sent.set(input, [...sent, { kind: 'product', reader: segment, dz }]);
  }

  private send(input: Segment, gradient: PlanBuffer, how: Contribution): void {
    this.sent.set(input, [...(this.sent.get(input) ?? []), { kind: 'stored', how, gradient }]);
  }
}

function bindingsOf(target: GradientTarget): number {
  const shape = { direction: 'inputGradient', kernel: 1, stride: 1, from: [1, 1], to: [1, 1], positions: 1 } as const;
  const probe = { geometry: shape, fromChannels: 4, toChannels: 4, outputs: 1, reduction: 'invocation' } as const;
  return convolveGradient(probe, target).bindings.length;
}
