/**
 * What happens at a conv or dense layer on the way back, once the gradient by its output is made: batch
 * norm's gradient, the layer's measurements, and the gradients by its parameters. The gradient by the
 * filter waits until the next layer needs the small sums for its norm, so that these can ride in it.
 */
import type { Activation } from '../../../spec/experiment.ts';
import { type FilterGradientShape, filterGradient, filterGradientGroups } from '../kernels/filterGradient.ts';
import { type DeadCheck, layerGradient, layerGradientGroups, meterParts } from '../kernels/layerGradient.ts';
import { type NormGradientShape, normGradient, normGradientGroups } from '../kernels/normGradient.ts';
import { packsOf } from '../kernels/wgsl.ts';
import { type Builder, inPlan, pixelsOf, productFlops } from './builder.ts';
import { convolution, sourceOf } from './convolutions.ts';
import { type BufferRef, type PlanBuffer, partOfArena } from './plan.ts';
import type { Segment } from './segments.ts';
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

  constructor(
    private readonly builder: Builder,
    private readonly ends: ReadonlyMap<Segment, LayerEnd>,
    /** Make the gradients by weights and biases too. */
    private readonly byParameters = true,
  ) {}

  /** @returns dz, the gradient by the layer's stored output */
  emit(segment: Segment, made: Made): PlanBuffer {
    const means = segment.norm ? this.emitNorm(segment, segment.norm, made.sums) : null;
    const dz = this.emitLayer(segment, made, means);
    this.flush();
    if (this.byParameters) this.waiting = { segment, dz };
    return dz;
  }

  /** Makes the filter's gradient that still waits. */
  flush(): void {
    this.emitFilter(null);
  }

  private emitNorm(segment: Segment, norm: NonNullable<Segment['norm']>, made: Made['sums']): PlanBuffer {
    if (made === null) throw new RangeError(`${this.builder.nameOf(segment)} has no sums`);
    const { builder } = this;
    const channels = segment.shape[2];
    const means = builder.buffer(`${builder.nameOf(segment)} means`, 2 * packsOf(channels));
    const { reduction } = builder.tuning;
    const shape = { channels, pixels: pixelsOf(segment), partSize: made.partSize, reduction };
    const buffers = {
      normSums: inPlan(made.sums),
      shiftGradient: this.partial(norm.shift, 1),
      scaleGradient: this.partial(norm.scale, 1),
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

  private emitLayer(segment: Segment, { gradient, own }: Made, means: PlanBuffer | null): PlanBuffer {
    const { builder } = this;
    const weighted = segment.op.kind === 'conv' || segment.op.kind === 'dense';
    const bias = weighted && this.byParameters ? segment.op.bias : null;
    const meter = this.ends.has(segment) ? { dead: this.deadCheck(segment) } : null;
    if (means === null && bias === null && meter === null) return gradient;
    const shape = {
      channels: segment.shape[2],
      pixels: pixelsOf(segment),
      normalized: segment.norm !== null,
      inPlace: own,
      bias: bias !== null,
      biasStride: bias === null ? 0 : this.region(bias).packs,
      meter,
      reduction: builder.tuning.reduction,
    };
    const separate = means !== null && !own;
    const dz = separate ? builder.activations(`${builder.nameOf(segment)} dz`, segment.shape) : gradient;
    builder.dispatch({
      kernel: layerGradient(shape),
      buffers: {
        g: inPlan(gradient),
        ...this.outputBuffers(segment),
        ...(means ? { means: inPlan(means) } : {}),
        ...(separate ? { dz: inPlan(dz) } : {}),
        ...(bias === null ? {} : { biasPartial: this.partial(bias, shape.pixels) }),
        ...(meter ? { meter: this.meter(segment, meterParts(shape)) } : {}),
      },
      groups: layerGradientGroups(shape),
      layer: builder.nameOf(segment),
      shape: segment.shape,
    });
    return dz;
  }

  /** `z`, its norm, and `y`, the layer's output behind everything. */
  private outputBuffers(segment: Segment): Record<string, BufferRef> {
    const { raw } = this.builder.storedOf(segment);
    const end = this.ends.get(segment);
    const output = end && this.builder.storedOf(end.output).output;
    return {
      z: inPlan(raw),
      ...(segment.norm ? { zNorm: this.builder.norm(segment) } : {}),
      ...(output ? { y: inPlan(output) } : {}),
    };
  }

  private deadCheck(segment: Segment): DeadCheck | null {
    const end = this.ends.get(segment);
    if (!end || end.activation === 'leaky' || end.activation === 'linear') return null;
    const { output, value } = this.builder.storedOf(end.output);
    return { activation: end.activation, output: output ? { from: 'y' } : { from: 'z', value } };
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
    const shape = this.filterShape(segment, fromImages, this.region(op.weight).packs);
    const kernel = filterGradient(shape, source, rider?.shape ?? null);
    if (rider && kernel.bindings.length > 8) throw new RangeError('a rider too many');
    builder.dispatch({
      kernel,
      buffers: { ...buffers, dz: inPlan(dz), partial: this.partial(op.weight, shape.splits), ...rider?.buffers },
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

  private region(parameter: number): { readonly packs: number } {
    const region = this.builder.layout.regions[parameter];
    if (region === undefined) throw new RangeError(`no parameter ${parameter}`);
    return region;
  }

  private partial(parameter: number, splits: number): BufferRef {
    const { packs } = this.region(parameter);
    const first = this.builder.reserve('partial', packs * splits);
    this.builder.partials.set(parameter, { first, splits, stride: packs });
    return partOfArena('partial', first, packs * splits);
  }
}
