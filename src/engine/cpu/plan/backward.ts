/**
 * The way backwards. Segments are visited from the logits to the images; when one is reached, everything that reads it has sent its
 * gradient. What is done for an image at a layer is done behind each other: its input is staged once more, dz is made and staged, and both
 * products follow; so dz itself is never in memory.
 */
import type { NodeId, ParameterId } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Factor, type Input, type Segment, UnsupportedGraph } from '../../plan/segments.ts';
import { clear, get, i32 } from '../assembler/code.ts';
import {
  type CombineGradients,
  type Contribution,
  combineGradients,
  padGradient,
  scaleGradient,
  sumForNorm,
} from '../kernels/combineGradients.ts';
import { convolveBackward, convolveFilter, denseBackward, denseFilter, transpose } from '../kernels/convolve.ts';
import { at, fixed, type Kernel, type KernelCall, type Place, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { poolGradient } from '../kernels/pool.ts';
import { stagedBytes } from '../kernels/stage.ts';
import { stageGradient } from '../kernels/stageGradient.ts';
import { normGradient } from '../kernels/statistics.ts';
import { masked } from '../kernels/values.ts';
import { bytesOf, denseOf, type Forward, inputOf, nameOf } from './forward.ts';
import { control, parameterAt, regionOf } from './layout.ts';

/** The parts of a parameter's gradient. */
export interface Parts {
  readonly buffer: PlanBuffer;
  readonly count: number;
}

type Sent =
  | { readonly kind: 'map'; readonly buffer: PlanBuffer; readonly factors: readonly Factor[] }
  | { readonly kind: 'globalAverage'; readonly buffer: PlanBuffer }
  | {
      readonly kind: 'gate';
      readonly buffer: PlanBuffer;
      readonly factor: Extract<Factor, { kind: 'gate' }>;
      readonly gated: Input;
    };

export class Backward {
  /** Σ dz² of each image, by the z of layers that are measured. */
  readonly squares = new Map<NodeId, PlanBuffer>();
  /** Records of units, by the root of the segment that puts them out. */
  readonly alive = new Map<NodeId, PlanBuffer>();
  readonly parts = new Map<ParameterId, Parts>();
  /** Gradients by segments' outputs, by their roots, where they are to be kept. */
  readonly watched = new Map<NodeId, PlanBuffer>();
  private readonly sent = new Map<Segment, Sent[]>();

  /**
   * @param measured z of the layers that are measured, and the roots of the segments that count their dead units
   * @param watching keep all gradients by segments' outputs, instead of making those by parameters
   */
  constructor(
    private readonly forward: Forward,
    private readonly measured: { readonly z: ReadonlySet<NodeId>; readonly ends: ReadonlySet<NodeId> },
    private readonly watching: boolean,
  ) {}

  /** @param lossGradient by the logits */
  emit(lossGradient: PlanBuffer): void {
    const { segments } = this.forward;
    const logits = segments.at(-1);
    if (logits) this.send(logits, { kind: 'map', buffer: lossGradient, factors: [] });
    for (const segment of segments.toReversed()) if (segment.op.kind !== 'input') this.visit(segment);
  }

  private get schedule() {
    return this.forward.schedule;
  }

  private send(to: Segment, sent: Sent): void {
    this.sent.set(to, [...(this.sent.get(to) ?? []), sent]);
  }

  private buffer(segment: Segment, label: string): PlanBuffer {
    return this.schedule.buffer(`${label} ${segment.root}`, 'image', bytesOf(segment));
  }

  private visit(segment: Segment): void {
    const sent = this.sent.get(segment) ?? [];
    if (sent.length === 0) throw new UnsupportedGraph(`nobody reads node ${segment.root}`);
    const whole = this.watching ? [this.materialized(segment, sent)] : sent;
    const gradient = this.throughSegment(segment, whole);
    this.pass(segment, gradient);
  }

  /** The whole gradient by a segment's output, to be kept. */
  private materialized(segment: Segment, sent: readonly Sent[]): Sent {
    const passed = passedOn(sent);
    const buffer = passed ?? this.combined(segment, sent, 'linear', false);
    this.watched.set(segment.root, buffer);
    return { kind: 'map', buffer, factors: [] };
  }

  /** The gradient by what a segment stores, or by its norm's output. */
  private throughSegment(segment: Segment, sent: readonly Sent[]): PlanBuffer {
    const { norm, activation } = segment;
    const { forward, schedule } = this;
    const isCounted = !this.watching && this.measured.ends.has(segment.root) && dies(segment);
    const passed = activation === 'linear' && !isCounted ? passedOn(sent) : null;
    const address = norm && forward.normOf(segment);
    const sums =
      address !== null ? schedule.buffer(`sums ${segment.root}`, 'image', 32 * packsOf(segment.shape[2])) : null;
    const z = at(forward.storedOf(segment).raw);
    const forNorm = sums && address !== null ? { z, norm: address, result: at(sums) } : null;
    const gradient = passed ?? this.combined(segment, sent, activation, isCounted, forNorm);
    if (passed && forNorm) {
      forward.awaitNorm(forNorm.norm);
      schedule.perImage(sumForNorm(schedule.kernel('sum for norm'), segment.shape, at(passed), forNorm));
    }
    if (norm && sums && address !== null) {
      const [scale, shift] = this.watching ? [null, null] : [this.normPart(norm.scale), this.normPart(norm.shift)];
      const kernel = schedule.kernel('norm gradient');
      const call = normGradient(kernel, segment.shape, sums, control.images, address, scale, shift);
      forward.madeReady(address, schedule.afterwards(call));
      for (const id of [norm.scale, norm.shift]) this.reduceNext(id);
    }
    return gradient;
  }

  private normPart(id: ParameterId): Place {
    const buffer = this.schedule.buffer(`gradient ${id}`, 'plan', 16 * regionOf(this.forward.layout, id).packs);
    this.parts.set(id, { buffer, count: control.one });
    return wholeOf(buffer);
  }

  private combined(
    segment: Segment,
    sent: readonly Sent[],
    activation: Segment['activation'],
    isCounted: boolean,
    sums: CombineGradients['sums'] = null,
  ): PlanBuffer {
    const { forward, schedule } = this;
    const contributions = sent.map((each) => this.contribution(segment, each));
    const result = this.buffer(segment, 'gradient');
    const output = forward.reading(segment);
    if (sums) forward.awaitNorm(sums.norm);
    let alive: Place | null = null;
    if (isCounted) {
      const record = schedule.buffer(`alive ${segment.root}`, 'chunk', bytesOf(segment));
      this.alive.set(segment.root, record);
      alive = at(record);
    }
    const { shape } = segment;
    const kernel = schedule.kernel('combine gradients');
    const call = combineGradients(kernel, {
      shape,
      contributions,
      activation,
      output,
      result: at(result),
      sums,
      alive,
    });
    schedule.perImage(call);
    if (alive) schedule.atChunkStart(cleared(schedule.kernel('clear'), alive, bytesOf(segment)));
    return result;
  }

  private contribution(segment: Segment, sent: Sent): Contribution {
    const { forward } = this;
    const gradient = at(sent.buffer);
    switch (sent.kind) {
      case 'map':
        return { kind: 'map', gradient, factors: sent.factors.map((factor) => forward.factor(factor)) };
      case 'globalAverage':
        return { kind: 'globalAverage', gradient };
      case 'gate':
        return {
          kind: 'gate',
          gradient,
          part: sent.factor.part,
          z: forward.reading(segment),
          gated: forward.term(sent.gated),
        };
    }
  }

  /** Passes a segment's gradient on to what it was computed from. */
  private pass(segment: Segment, gradient: PlanBuffer): void {
    const { op } = segment;
    const { forward, schedule } = this;
    switch (op.kind) {
      case 'conv':
        this.passConvolution(segment, gradient);
        break;
      case 'dense':
        this.passDense(segment, gradient);
        break;
      case 'globalAveragePool':
        this.send(inputOf(segment), { kind: 'globalAverage', buffer: gradient });
        break;
      case 'maxPool':
      case 'averagePool': {
        const input = inputOf(segment);
        if (input.op.kind === 'input') break;
        const buffer = this.buffer(input, 'pool gradient');
        const value = forward.reading(input);
        schedule.perImage(
          poolGradient(schedule.kernel(`${op.kind} gradient`), op.kind, value, at(gradient), at(buffer)),
        );
        this.send(input, { kind: 'map', buffer, factors: [] });
        break;
      }
      case 'batchNorm':
      case 'activation':
        this.passView(segment, gradient);
        break;
      default:
        for (const term of segment.inputs) this.passTerm(segment, term, gradient);
    }
  }

  private passView(segment: Segment, gradient: PlanBuffer): void {
    const input = inputOf(segment);
    if (input.op.kind === 'input') return;
    if (!segment.norm) {
      this.send(input, { kind: 'map', buffer: gradient, factors: [] });
      return;
    }
    const { schedule } = this;
    const dz = this.buffer(segment, 'dz');
    const norm = this.normToPass(segment);
    const what = { addend: null, staged: null, stored: at(dz), squares: null, bias: null };
    schedule.perImage(
      stageGradient(schedule.kernel('norm backwards'), { shape: segment.shape, gradient: at(gradient), norm, ...what }),
    );
    this.send(input, { kind: 'map', buffer: dz, factors: [] });
  }

  private normToPass(segment: Segment) {
    if (!segment.norm) return null;
    const address = this.forward.normOf(segment);
    this.forward.awaitNorm(address);
    return { address, z: at(this.forward.storedOf(segment).raw) };
  }

  /** What is measured of a layer's dz, and summed for its bias. */
  private measuring({ root, op, shape }: Segment) {
    const { schedule } = this;
    const bias = op.kind === 'conv' || op.kind === 'dense' ? op.bias : null;
    const squares =
      !this.watching && this.measured.z.has(root) ? schedule.buffer(`squares ${root}`, 'image', 16) : null;
    if (squares) this.squares.set(root, squares);
    let biasPlace: Place | null = null;
    if (bias !== null && !this.watching) {
      const buffer = schedule.buffer(`bias gradients ${root}`, 'image', 16 * packsOf(shape[2]));
      this.parts.set(bias, { buffer, count: control.images });
      biasPlace = at(buffer);
    }
    return { squares: squares && at(squares), bias: biasPlace, biasId: bias };
  }

  private passConvolution(segment: Segment, gradient: PlanBuffer): void {
    const { forward, schedule } = this;
    const { op, shape } = segment;
    if (op.kind !== 'conv') return;
    const input = inputOf(segment);
    const { conv, x } = forward.convolution(segment);
    const border = op.kernel === 3 ? 1 : 0;
    const offset = 64 * Math.ceil(stagedBytes(x) / 64);
    const staged = { offset, rows: shape[0], columns: shape[1], pixel: 4 * conv.outputs, border } as const;
    forward.needScratch(offset + stagedBytes(staged) + 64);
    const norm = this.normToPass(segment);
    const { squares, bias, biasId } = this.measuring(segment);
    const what = { shape, gradient: at(gradient), norm, addend: null, staged, stored: null, squares, bias };
    if (!this.watching) forward.stage(segment, x);
    schedule.perImage(stageGradient(schedule.kernel('stage gradient'), what));
    if (!this.watching) {
      const parts = this.chunkPart(op.weight);
      schedule.perImage(convolveFilter(schedule.kernel(nameOf('filter gradient', conv)), conv, x, staged, at(parts)));
      this.reduceNext(op.weight);
      if (biasId !== null) this.reduceNext(biasId);
    }
    if (input.op.kind === 'input') return;
    const turned = this.turned(op.weight, op.kernel ** 2, conv);
    const dx = this.buffer(input, `sent by ${segment.root} to`);
    schedule.perImage(convolveBackward(schedule.kernel(nameOf('convolve back', conv)), conv, staged, turned, at(dx)));
    this.send(input, { kind: 'map', buffer: dx, factors: [] });
  }

  private passDense(segment: Segment, gradient: PlanBuffer): void {
    const { forward, schedule } = this;
    const { op, shape } = segment;
    if (op.kind !== 'dense') return;
    const input = inputOf(segment);
    const dense = denseOf(segment);
    const norm = this.normToPass(segment);
    const { squares, bias, biasId } = this.measuring(segment);
    const dz = this.buffer(segment, 'dz');
    const what = { shape, gradient: at(gradient), norm, addend: null, staged: null, stored: at(dz), squares, bias };
    schedule.perImage(stageGradient(schedule.kernel('dense gradient'), what));
    if (!this.watching) {
      const parts = this.chunkPart(op.weight);
      const x = forward.storeOutput(input);
      schedule.perImage(denseFilter(schedule.kernel('dense filter gradient'), dense, at(x), at(dz), at(parts)));
      this.reduceNext(op.weight);
      if (biasId !== null) this.reduceNext(biasId);
    }
    if (input.op.kind === 'input') return;
    const turned = this.turned(op.weight, 1, dense);
    const dx = this.buffer(input, `sent by ${segment.root} to`);
    schedule.perImage(denseBackward(schedule.kernel('dense back'), dense, at(dz), turned, at(dx)));
    this.send(input, { kind: 'map', buffer: dx, factors: [] });
  }

  /** A filter's gradient as the present chunk's images add it up. */
  private chunkPart(id: ParameterId): PlanBuffer {
    const bytes = 16 * regionOf(this.forward.layout, id).packs;
    const { schedule } = this;
    const buffer = schedule.buffer(`filter gradients ${id}`, 'chunk', bytes);
    this.parts.set(id, { buffer, count: control.chunks });
    schedule.atChunkStart(cleared(schedule.kernel('clear'), at(buffer), bytes));
    return buffer;
  }

  /** The filter turned round, which a task of the first phase makes. */
  private turned(
    weight: ParameterId,
    taps: number,
    shape: { readonly inputs: number; readonly outputs: number },
  ): Place {
    const { forward, schedule } = this;
    const turned = schedule.buffer(`turned ${weight}`, 'plan', 4 * taps * shape.inputs * shape.outputs);
    const place = wholeOf(turned);
    schedule.firstTask(
      transpose(schedule.kernel('transpose'), taps, shape, fixed(parameterAt(forward.layout, weight)), place),
    );
    return place;
  }

  private reduceNext(id: ParameterId): void {
    if (!this.watching) this.onParts(id);
  }

  /** Told of each parameter whose parts will be complete when the present phase is over. */
  onParts: (id: ParameterId) => void = () => {};

  /** What a sum sends to one of its terms, to the gates on it and to the numbers that scale it. */
  private passTerm(sum: Segment, term: Input, gradient: PlanBuffer): void {
    const { forward, schedule } = this;
    const { segment, pad, factors } = term;
    factors.forEach((factor, which) => {
      const others = { ...term, factors: factors.filter((_, i) => i !== which) };
      if (factor.kind === 'gate') this.send(factor.by, { kind: 'gate', buffer: gradient, factor, gated: others });
      if (factor.kind === 'learned' && !this.watching) this.emitScale(sum, others, factor.scale, gradient);
    });
    if (segment.op.kind === 'input') return;
    if (pad === null) {
      this.send(segment, { kind: 'map', buffer: gradient, factors });
      return;
    }
    const buffer = this.buffer(segment, `padded back from ${sum.root} to`);
    const place = at(buffer);
    const call = padGradient(
      schedule.kernel('pad gradient'),
      sum.shape,
      segment.shape,
      pad,
      at(gradient),
      factors.map((factor) => forward.factor(factor)),
      place,
      (pointer) => clear(get(pointer), i32.const(bytesOf(segment))),
      (value, pack) => masked(value, segment.shape[2], pack),
    );
    schedule.perImage(call);
    this.send(segment, { kind: 'map', buffer, factors: [] });
  }

  private emitScale(sum: Segment, scaled: Input, id: ParameterId, gradient: PlanBuffer): void {
    const { forward, schedule } = this;
    const buffer = schedule.buffer(`scale gradients ${id}`, 'image', 16 * regionOf(forward.layout, id).packs);
    this.parts.set(id, { buffer, count: control.images });
    const term = forward.term(scaled);
    schedule.perImage(scaleGradient(schedule.kernel('scale gradient'), sum.shape, at(gradient), term, at(buffer)));
    this.reduceNext(id);
  }
}

/** The gradient itself, where it is all that was sent, and nothing is done to it. */
function passedOn([only, ...others]: readonly Sent[]): PlanBuffer | null {
  return only?.kind === 'map' && only.factors.length === 0 && others.length === 0 ? only.buffer : null;
}

/** Whether units behind an activation can send no gradient. */
function dies({ activation }: Segment): boolean {
  return activation === 'relu' || activation === 'sigmoid' || activation === 'tanh';
}

function cleared(kernel: Kernel, place: Place, bytes: number): KernelCall {
  const to = kernel.pointer(place);
  return kernel.finished(clear(get(to), i32.const(bytes)));
}
