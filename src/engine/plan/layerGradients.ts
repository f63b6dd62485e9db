/**
 * What happens at a conv or dense layer on the way back, once the gradient by its output is made: batch
 * norm's gradient, the layer's measurements, and the gradients by its parameters. A norm that views a sum is treated alike, and the layer
 * whose output was added is measured with it.
 */

import type { Activation } from '../../experiment/experiment.ts';
import { canDie } from '../../ops/activation/op.ts';
import { type Builder, normOf, productFlops } from './builder.ts';
import { convolutionOf, inputOf, sourceOf } from './convolutions.ts';
import { packsOf } from './packs.ts';
import { type Ref, type Tensor, tensor } from './refs.ts';
import type { DeadCheck } from './schedule.ts';
import type { Segment } from './segments.ts';

/** Of a measured layer: the segment that stores its output after the activation, and that activation. */
export interface LayerEnd {
  readonly output: Segment;
  readonly activation: Activation;
}

/** The gradient by a layer's output (of its norm, where it has one). */
export interface Made {
  readonly gradient: Tensor;
  /** Nobody else needs it. */
  readonly own: boolean;
  /** The sums that batch norm's gradient needs; null without a norm. */
  readonly sums: Ref | null;
}

export class LayerGradients {
  /** Layers that were measured with what views them. */
  private readonly measured = new Set<Segment>();

  constructor(
    private readonly builder: Builder,
    private readonly ends: ReadonlyMap<Segment, LayerEnd>,
    /** Make the gradients by weights and biases too. */
    private readonly byParameters = true,
  ) {}

  /** @returns dz, the gradient by the layer's stored output */
  emit(segment: Segment, made: Made): Tensor {
    const means = this.emitNorm(segment, made);
    const dz = this.emitLayer(segment, made, means, segment, null);
    if (this.byParameters) this.emitFilter(segment, dz);
    return dz;
  }

  /**
   * Of a view.
   * @param addend what other readers send to what it views
   * @param layer one whose dz that gradient is, where it has no norm and no bias of its own: it is measured here
   * @returns the gradient by what it views, unless these are the images
   */
  emitView(segment: Segment, made: Made, addend: Tensor | null, layer: Segment | null): Tensor {
    const means = this.emitNorm(segment, made);
    if (inputOf(segment).op.kind === 'input') return made.gradient;
    const gradient = this.emitLayer(segment, made, means, layer, addend);
    if (layer) this.measured.add(layer);
    return gradient;
  }

  /** @returns the means of the gradient that its norm takes away; null without a norm */
  private emitNorm(segment: Segment, { sums }: Made): Tensor | null {
    const { norm, shape } = segment;
    if (norm === null) return null;
    const { builder } = this;
    if (sums === null) throw new RangeError(`${builder.nameOf(segment)} has no sums`);
    const { node } = normOf(segment);
    const means = builder.tensor(`${builder.nameOf(segment)} means`, 'run', 2 * packsOf(shape[2]));
    const writes = { shift: partial(norm.shift), scale: partial(norm.scale), means: tensor(means) };
    builder.step(segment, { kind: 'normGradient', shape, node, sums, writes }, [shape[2]]);
    return means;
  }

  /** @param layer that is measured here, if it is one that is measured at all */
  private emitLayer(
    segment: Segment,
    { gradient, own }: Made,
    means: Tensor | null,
    layer: Segment | null,
    addend: Tensor | null,
  ): Tensor {
    const { builder } = this;
    const { op, shape } = segment;
    const weighted = op.kind === 'conv' || op.kind === 'dense' ? op : null;
    const bias = weighted && this.byParameters ? weighted.bias : null;
    const measured = layer && this.ends.has(layer) && !this.measured.has(layer) ? layer : null;
    if (means === null && bias === null && measured === null) return gradient;
    const dead = measured && this.deadCheck(measured, segment);
    const separate = means !== null && !own;
    const dz = separate ? builder.activations(`${builder.nameOf(segment)} dz`, shape) : gradient;
    const { raw, value } = builder.storedOf(segment);
    const readsZ = means !== null || dead?.output.from === 'z';
    builder.step(segment, {
      kind: 'layerGradient',
      shape,
      weight: weighted?.weight ?? null,
      gradient: tensor(gradient),
      z: readsZ ? tensor(raw) : null,
      norm: readsZ ? value.norm : null,
      means: means && tensor(means),
      addend: addend && tensor(addend),
      dead,
      writes: {
        dz: separate ? tensor(dz) : null,
        bias: bias === null ? null : partial(bias),
        stats: measured && { in: 'stats', node: measured.root },
      },
    });
    return dz;
  }

  /** @param segment whose numbers and norm the kernel has at hand */
  private deadCheck(layer: Segment, segment: Segment): DeadCheck | null {
    const { builder } = this;
    const end = this.ends.get(layer);
    if (!end || !canDie(end.activation)) return null;
    const value = builder.reading(end.output);
    const fromZ = end.output === segment && builder.storedOf(segment).output === null;
    const output = fromZ ? ({ from: 'z', activation: value.activation } as const) : ({ from: 'y', value } as const);
    return { activation: end.activation, output };
  }

  private emitFilter(segment: Segment, dz: Tensor): void {
    const { op } = segment;
    if (op.kind !== 'conv' && op.kind !== 'dense') throw new RangeError(`${op.kind} has no filter`);
    const convolution = convolutionOf(segment);
    const x = sourceOf(this.builder, segment);
    const { kernel, from, to } = convolution;
    this.builder.step(
      segment,
      { kind: 'filterGradient', convolution, x, dz: tensor(dz), writes: { partial: partial(op.weight) } },
      [kernel, kernel, from[2], to[2]],
      productFlops(segment),
    );
  }
}

function partial(id: number): Ref {
  return { in: 'partialGradient', id };
}
