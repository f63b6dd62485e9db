/**
 * What happens at a conv or dense layer on the way back, once the gradient by its output is made: batch
 * norm's gradient, the layer's measurements, and the gradients by its parameters. The gradient by the
 * filter waits until the next layer needs the small sums for its norm, so that these can ride in it. A norm
 * that views a sum is treated alike, and the layer whose output was added is measured with it.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Segment } from '../../plan/segments.ts';
import { type FilterGradientShape, filterGradient, filterGradientGroups } from '../kernels/filterGradient.ts';
import { type DeadCheck, layerGradient, layerGradientGroups, meterParts } from '../kernels/layerGradient.ts';
import { type NormGradientShape, normGradient, normGradientGroups } from '../kernels/normGradient.ts';
import { type Builder, inPlan, pixelsOf, productFlops } from './builder.ts';
import { convolution, inputOf, sourceOf } from './convolutions.ts';
import { type BufferRef, type PlanBuffer, partOfArena } from './plan.ts';
import { runLength } from './tuning.ts';

/** Of a measured layer: the segment that stores its output after the activation, and that activation. */
export interface LayerEnd {
  readonly output: Segment;
  readonly activation: Activation;
}

/** The gradient by a layer's output (of its norm, where it has one). */
export interface Made {
  readonly gradient: PlanBuffer;
  /** Nobody else needs it. */
  readonly own: boolean;
  /** The sums that batch norm's gradient needs; null without a norm. */
  readonly sums: { readonly sums: PlanBuffer; readonly partSize: number } | null;
}

interface Rider {
  readonly shape: NormGradientShape;
  readonly buffers: Readonly<Record<string, BufferRef>>;
}

export class LayerGradients {
  private waiting: { readonly segment: Segment; readonly dz: PlanBuffer } | null = null;
  /** Layers that were measured with what views them. */
  private readonly measured = new Set<Segment>();

  constructor(
    private readonly builder: Builder,
    private readonly ends: ReadonlyMap<Segment, LayerEnd>,
    /** Make the gradients by weights and biases too. */
    private readonly byParameters = true,
  ) {}

  /** @returns dz, the gradient by the layer's stored output */
  emit(segment: Segment, made: Made): PlanBuffer {
    const means = this.emitNorm(segment, made);
    const dz = this.emitLayer(segment, made, means, segment, null);
    this.flush();
    if (this.byParameters) this.waiting = { segment, dz };
    return dz;
  }

  /**
   * Of a view.
   * @param addend what other readers send to what it views
   * @param layer one whose dz that gradient is, where it has no norm and no bias of its own: it is measured here
   * @returns the gradient by what it views, unless these are the images
   */
  emitView(segment: Segment, made: Made, addend: PlanBuffer | null, layer: Segment | null): PlanBuffer {
    const means = this.emitNorm(segment, made);
    if (inputOf(segment).op.kind === 'input') return made.gradient;
    const gradient = this.emitLayer(segment, made, means, layer, addend);
    if (layer) this.measured.add(layer);
    return gradient;
  }

  /** Makes the filter's gradient that still waits. */
  flush(): void {
    this.emitFilter(null);
  }

  /** @returns the means of the gradient that its norm takes away; null without a norm */
  private emitNorm(segment: Segment, { sums: made }: Made): PlanBuffer | null {
    const { norm } = segment;
    if (norm === null) return null;
    if (made === null) throw new RangeError(`${this.builder.nameOf(segment)} has no sums`);
    const { builder } = this;
    const channels = segment.shape[2];
    const means = builder.buffer(`${builder.nameOf(segment)} means`, 2 * packsOf(channels));
    const { reduction } = builder.tuning;
    const shape = { channels, pixels: pixelsOf(segment), partSize: made.partSize, reduction };
    const buffers = {
      normSums: inPlan(made.sums),
      shiftGradient: this.builder.partial(norm.shift, 1),
      scaleGradient: this.builder.partial(norm.scale, 1),
      means: inPlan(means),
    };
    if (this.waiting) this.emitFilter({ shape, buffers });
    else {
      builder.dispatch({
        kernel: normGradient(shape),
        buffers,
        groups: [normGradientGroups(shape), 1],
        layer: builder.nameOf(segment),
        shape: [channels],
      });
    }
    return means;
  }

  /** @param layer that is measured here, if it is one that is measured at all */
  private emitLayer(
    segment: Segment,
    { gradient, own }: Made,
    means: PlanBuffer | null,
    layer: Segment | null,
    addend: PlanBuffer | null,
  ): PlanBuffer {
    const { builder } = this;
    const weighted = segment.op.kind === 'conv' || segment.op.kind === 'dense';
    const bias = weighted && this.byParameters ? segment.op.bias : null;
    const measured = layer && this.ends.has(layer) && !this.measured.has(layer) ? layer : null;
    const meter = measured && { dead: this.deadCheck(measured, segment) };
    if (means === null && bias === null && meter === null) return gradient;
    const shape = {
      channels: segment.shape[2],
      pixels: pixelsOf(segment),
      normalized: segment.norm !== null,
      inPlace: own,
      addend: addend !== null,
      bias: bias !== null,
      biasStride: bias === null ? 0 : this.builder.region(bias).packs,
      meter,
      reduction: builder.tuning.reduction,
    };
    const separate = means !== null && !own;
    const dz = separate ? builder.activations(`${builder.nameOf(segment)} dz`, segment.shape) : gradient;
    builder.dispatch({
      kernel: layerGradient(shape),
      buffers: {
        g: inPlan(gradient),
        ...this.outputBuffers(segment, measured),
        ...(means ? { means: inPlan(means) } : {}),
        ...(addend ? { addend: inPlan(addend) } : {}),
        ...(separate ? { dz: inPlan(dz) } : {}),
        ...(bias === null ? {} : { biasPartial: this.builder.partial(bias, shape.pixels) }),
        ...(measured ? { meter: this.meter(measured, meterParts(shape)) } : {}),
      },
      groups: layerGradientGroups(shape),
      layer: builder.nameOf(segment),
      shape: segment.shape,
    });
    return dz;
  }

  /** `z`, its norm, and the buffers of the measured layer's final output, `y`. */
  private outputBuffers(segment: Segment, measured: Segment | null): Record<string, BufferRef> {
    const { raw } = this.builder.storedOf(segment);
    const end = measured && this.ends.get(measured);
    return {
      z: inPlan(raw),
      ...(segment.norm ? { zNorm: this.builder.norm(segment) } : {}),
      ...(end ? this.builder.reading(end.output, 'y').buffers : {}),
    };
  }

  /** @param segment whose numbers and norm the kernel has at hand */
  private deadCheck(layer: Segment, segment: Segment): DeadCheck | null {
    const end = this.ends.get(layer);
    if (!end || end.activation === 'leaky' || end.activation === 'linear') return null;
    const { value } = this.builder.reading(end.output, 'y');
    const fromZ = end.output === segment && this.builder.storedOf(segment).output === null;
    return { activation: end.activation, output: { from: fromZ ? 'z' : 'y', value } };
  }

  private meter(segment: Segment, parts: number): BufferRef {
    const first = this.builder.reserve('meter', parts);
    this.builder.meters.set(segment, { first, parts });
    return partOfArena('meter', first, parts);
  }

  private emitFilter(rider: Rider | null): void {
    if (!this.waiting) return;
    const { segment, dz } = this.waiting;
    this.waiting = null;
    const { builder } = this;
    const { op } = segment;
    if (op.kind !== 'conv' && op.kind !== 'dense') throw new RangeError(`${op.kind} has no filter`);
    const { source, buffers } = sourceOf(builder, segment);
    const fromImages = source.kind === 'images';
    const shape = this.filterShape(segment, fromImages, builder.region(op.weight).packs);
    const kernel = filterGradient(shape, source, rider?.shape ?? null);
    if (rider && kernel.bindings.length > 8) throw new RangeError('a rider too many');
    builder.dispatch({
      kernel,
      buffers: { ...buffers, dz: inPlan(dz), partial: builder.partial(op.weight, shape.splits), ...rider?.buffers },
      groups: filterGradientGroups(shape, fromImages, rider?.shape ?? null),
      layer: builder.nameOf(segment),
      shape: [shape.geometry.kernel, shape.geometry.kernel, shape.fromChannels, shape.toChannels],
      flops: builder.images * productFlops(segment),
    });
  }

  private filterShape(segment: Segment, fromImages: boolean, regionPacks: number): FilterGradientShape {
    const { tuning, images } = this.builder;
    const { geometry, fromChannels, toChannels, outputs } = convolution(segment, tuning);
    const tiles = (geometry.kernel * (fromImages ? 1 : packsOf(fromChannels)) * packsOf(toChannels)) / outputs;
    const splits = Math.min(
      Math.ceil(tuning.filterInvocations / tiles),
      Math.floor(tuning.partialBytes / (regionPacks * 16)),
      images * geometry.to[0],
    );
    return {
      geometry: { ...geometry, positions: runLength(geometry.to[1], tuning.filterColumns) },
      fromChannels,
      toChannels,
      outputs,
      splits: Math.max(1, splits),
      splitStride: regionPacks,
    };
  }
}
