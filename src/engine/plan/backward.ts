/**
 * The way backwards. Segments are visited from the logits to the images; when one is reached, everything
 * that reads it has left its contribution.
 */

import type { Builder } from './builder.ts';
import { inputOf } from './convolutions.ts';
import type { GradientWatch } from './gradientWatch.ts';
import { type LayerEnd, LayerGradients, type Made } from './layerGradients.ts';
import { GradientMaker, type Sent } from './makeGradient.ts';
import { parameter, type Ref, type Tensor, tensor } from './refs.ts';
import { isWhole, type RootOp, type Segment, UnsupportedGraph } from './segments.ts';
import { passedBy, plainly, sentByTerm } from './terms.ts';

export class Backward {
  private readonly sent = new Map<Segment, Sent[]>();
  /** Sums for batch norm that were left while the gradient of a later segment was made. */
  private readonly presummed = new Map<Segment, Ref>();
  private readonly maker: GradientMaker;
  private readonly layers: LayerGradients;

  constructor(
    private readonly builder: Builder,
    ends: ReadonlyMap<Segment, LayerEnd>,
    /** What is kept of the gradients by activations; where it is given, those by the parameters are not made. */
    private readonly watch: GradientWatch | null = null,
  ) {
    this.maker = new GradientMaker(builder);
    this.layers = new LayerGradients(builder, ends, watch === null);
  }

  /** @param lossGradient by the logits, the last segment */
  emit(segments: readonly Segment[], lossGradient: Tensor): void {
    const logits = segments.at(-1);
    for (const segment of segments.toReversed()) {
      if (segment.op.kind === 'input') continue;
      if (segment === logits) this.finishLayer(segment, { gradient: lossGradient, own: true, sums: null });
      else this.visit(segment);
    }
  }

  private visit(segment: Segment): void {
    const known = this.presummed.get(segment);
    const [only, ...others] = this.sent.get(segment) ?? [];
    if (!only) throw new UnsupportedGraph(`${this.builder.nameOf(segment)} has no reader`);
    if (this.watch?.wants(segment, 'activated')) {
      this.watch.made(segment, 'activated', this.maker.unfinished(segment, [only, ...others]));
    }
    const passed = only.kind !== 'product' && others.length === 0 ? passedBy(only) : null;
    if (known && passed) {
      this.finish(segment, { gradient: passed, own: false, sums: known });
    } else if (passed && segment.activation === 'linear' && !segment.norm) {
      this.finish(segment, { gradient: passed, own: false, sums: null });
    } else this.make(segment, [only, ...others]);
  }

  private make(segment: Segment, sent: readonly Sent[]): void {
    const { gradient, sums } = this.maker.make(segment, sent);
    const own = sums?.of === segment;
    if (sums && !own) this.presummed.set(sums.of, sums.left);
    this.finish(segment, { gradient, own: true, sums: own ? sums.left : null });
  }

  /** Passes a segment's finished gradient on to what it was computed from. */
  private finish(segment: Segment, made: Made): void {
    const { op, inputs, shape } = segment;
    this.watch?.made(segment, segment.norm ? 'normalized' : 'stored', made.gradient);
    switch (op.kind) {
      case 'conv':
      case 'dense':
        this.finishLayer(segment, made);
        break;
      case 'globalAveragePool':
        this.send(inputOf(segment), { kind: 'globalAverage', gradient: tensor(made.gradient) });
        break;
      case 'averagePool':
      case 'maxPool':
        this.send(inputOf(segment), { kind: op.kind, gradient: tensor(made.gradient), shape });
        break;
      case 'batchNorm':
      case 'activation':
        this.finishView(segment, made);
        break;
      case 'groupNorm':
        this.finishGroupNorm(segment, op, made);
        break;
      default:
        for (const term of inputs) {
          const sent = sentByTerm(this.builder, segment, term, made.gradient, this.watch === null);
          for (const [to, each] of sent) this.send(to, each);
        }
    }
  }

  private finishLayer(segment: Segment, made: Made): void {
    const dz = this.layers.emit(segment, this.keeping(segment, made));
    this.watch?.made(segment, 'stored', dz);
    this.send(inputOf(segment), { kind: 'product', reader: segment, dz });
  }

  /** Keeps a gradient from being overwritten if it is to be read later. */
  private keeping(segment: Segment, made: Made): Made {
    return { ...made, own: made.own && !this.watch?.wants(segment, 'normalized') };
  }

  /** Where a norm is the last reader of its input, the gradient from the other reader is added to its own. */
  private finishView(segment: Segment, made: Made): void {
    const viewed = inputOf(segment);
    const others = this.sent.get(viewed) ?? [];
    const [other] = others;
    const complete = segment.norm !== null && others.length === viewed.readers.length - 1 && others.length < 2;
    const addend = complete && other && other.kind !== 'product' ? passedBy(other) : null;
    const whole = complete && (addend !== null || others.length === 0);
    const layer = whole ? addedAlone(viewed) : null;
    const gradient = plainly(this.layers.emitView(segment, this.keeping(segment, made), addend, layer));
    this.sent.set(viewed, addend ? [gradient] : [...others, gradient]);
  }

  private finishGroupNorm(segment: Segment, { groups, scale, shift }: RootOp<'groupNorm'>, { gradient }: Made): void {
    const { builder } = this;
    const { shape } = segment;
    const viewed = inputOf(segment);
    const x = builder.storedOf(viewed).output;
    const statistics = builder.groupStatistics.get(segment);
    if (!x || !statistics) throw new UnsupportedGraph(`${builder.nameOf(segment)} is not normed`);
    const result = builder.activations(`${builder.nameOf(segment)} sends`, shape);
    const partial = (id: number): Ref => ({ in: 'partialGradient', id });
    const parameters = this.watch ? null : { scale: partial(scale), shift: partial(shift) };
    builder.step(segment, {
      kind: 'groupNormGradient',
      shape,
      groups,
      gradient: tensor(gradient),
      x: tensor(x),
      statistics: tensor(statistics),
      scale: parameter(scale),
      writes: { result: tensor(result), parameters },
    });
    this.send(viewed, plainly(result));
  }

  private send(to: Segment, sent: Sent): void {
    this.sent.set(to, [...(this.sent.get(to) ?? []), sent]);
  }
}

/** The conv whose output enters a sum unchanged and nothing else, without norm or bias: the gradient by the sum is its gradient. */
function addedAlone({ op, inputs, activation }: Segment): Segment | null {
  if (op.kind !== 'add' || activation !== 'linear') return null;
  const found = inputs.find((each) => {
    const { op: from, norm, activation: behind, readers } = each.segment;
    const bare = from.kind === 'conv' && from.bias === null && norm === null && behind === 'linear';
    return isWhole(each) && bare && readers.length === 1;
  });
  return found?.segment ?? null;
}
