/** The way forwards: each segment's kernels, in the graph's order. */

import type { Activation } from '../../../experiment/experiment.ts';
import type { NetworkGraph, NodeId } from '../../../network/graph.ts';
import { thresholdOf } from '../../../ops/drop/mask.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Factor, type Input, isWhole, type Segment, segmentsOf, UnsupportedGraph } from '../../plan/segments.ts';
import { combine } from '../kernels/combine.ts';
import { type Convolution, convolveForward, denseForward } from '../kernels/convolve.ts';
import { at, fixed, type Library, type PlanBuffer } from '../kernels/kernel.ts';
import { globalAverage, pool } from '../kernels/pool.ts';
import { type Staged, spreadImage, stagedBytes, stageImage, stageValue } from '../kernels/stage.ts';
import { moments, statistics } from '../kernels/statistics.ts';
import type { Term, TermFactor } from '../kernels/terms.ts';
import { SUMS_BYTES, type Value } from '../kernels/values.ts';
import { control, type Layout, parameterAt, required } from './layout.ts';
import { Schedule } from './schedule.ts';

export interface ForwardOptions {
  /** Draw masks, as in training; else `drop` nodes give their expectation. */
  readonly draws: boolean;
  /** Take the batch's own statistics; else those that are in the norms already. */
  readonly ownStatistics: boolean;
  /** Nodes whose sums are needed though no norm needs them: layers that are measured. */
  readonly measured: ReadonlySet<NodeId>;
  readonly separately: boolean;
}

/** How to read a segment's output. */
interface Stored {
  /** The stored numbers. */
  readonly raw: PlanBuffer;
  /** The segment's whole output, where it is stored. */
  output: PlanBuffer | null;
  readonly norm: number | null;
  readonly activation: Activation;
}

/** Numbers of one image that a segment stores. */
export function bytesOf({ shape: [rows, columns, channels] }: Segment): number {
  return 16 * rows * columns * packsOf(channels);
}

export function inputOf(segment: Segment): Segment {
  const [input] = segment.inputs;
  if (input === undefined || !isWhole(input)) throw new UnsupportedGraph('a layer without a plain input');
  return input.segment;
}

export class Forward {
  readonly schedule: Schedule;
  readonly segments: readonly Segment[];
  readonly pixels: PlanBuffer;
  readonly imageOutputs: ReadonlyMap<NodeId, Input>;
  private readonly stored = new Map<Segment, Stored>();
  private readonly imageMoments = new Map<PlanBuffer, PlanBuffer>();
  /** Phases at whose end a norm is ready. */
  private readonly ready = new Map<number, number>();

  constructor(
    graph: NetworkGraph,
    readonly layout: Layout,
    readonly options: ForwardOptions,
    fma: boolean,
    library: Library,
  ) {
    this.schedule = new Schedule(fma, library);
    const { segments, read } = segmentsOf(graph, options.separately);
    this.segments = segments;
    this.imageOutputs = read;
    const [first] = segments;
    if (first?.op.kind !== 'input') throw new UnsupportedGraph('a network without images');
    this.pixels = this.schedule.buffer('pixels', 'image', 4 * first.shape[0] * first.shape[1]);
    for (const segment of segments) this.emit(segment);
    this.schedule.filled(this.pixels);
  }

  get logits(): PlanBuffer {
    const last = this.segments.at(-1);
    if (!last) throw new UnsupportedGraph('a network without layers');
    return this.storedOf(last).raw;
  }

  storedOf(segment: Segment): Stored {
    return required(this.stored, segment);
  }

  /** A segment's output, as it is best read. */
  reading(segment: Segment): Value {
    const { raw, output, norm, activation } = this.storedOf(segment);
    if (output) return { place: at(output), shape: segment.shape, norm: null, activation: 'linear' };
    if (norm !== null) this.awaitNorm(norm);
    return { place: at(raw), shape: segment.shape, norm, activation };
  }

  /** What comes next reads a norm. */
  awaitNorm(norm: number): void {
    this.schedule.after(this.ready.get(norm) ?? -1);
  }

  /** A norm, or what its gradient needs of it, is ready at the end of a phase. */
  madeReady(norm: number, phase: number): void {
    this.ready.set(norm, phase);
  }

  term({ segment, pad, factors }: Input): Term {
    return { value: this.reading(segment), pad, factors: factors.map((factor) => this.factor(factor)) };
  }

  factor(factor: Factor): TermFactor {
    switch (factor.kind) {
      case 'constant':
        return factor;
      case 'learned':
        return { kind: 'learned', address: parameterAt(this.layout, factor.scale) };
      case 'gate':
        return { kind: 'gate', part: factor.part, value: this.reading(factor.by) };
      case 'drop': {
        const { keep, unit } = factor.op;
        if (!this.options.draws) return { kind: 'constant', value: keep };
        return { kind: 'drop', unit, address: required(this.layout.drops, factor.node), threshold: thresholdOf(keep) };
      }
    }
  }

  /** Address of a segment's own norm, or of its numbers' sums. */
  normOf(segment: Segment): number {
    return required(this.layout.norms, segment.normNode ?? segment.root);
  }

  /** A conv as its kernels see it, and where its input is staged. */
  convolution(segment: Segment): { readonly conv: Convolution; readonly x: Staged } {
    const { op, shape } = segment;
    if (op.kind !== 'conv') throw new RangeError(`${op.kind} is no convolution`);
    const input = inputOf(segment);
    const ofImages = input.op.kind === 'input';
    const [rows, columns, channels] = input.shape;
    const inputs = ofImages ? 1 : 4 * packsOf(channels);
    const border = op.kernel === 3 ? 1 : 0;
    const x: Staged = { offset: 0, rows, columns, pixel: 4 * inputs, border };
    const conv: Convolution = {
      kernel: op.kernel,
      stride: op.stride,
      from: [rows, columns],
      to: [shape[0], shape[1]],
      inputs,
      outputs: 4 * packsOf(shape[2]),
    };
    this.needScratch(stagedBytes(x) + 64);
    return { conv, x };
  }

  needScratch(bytes: number): void {
    this.schedule.scratchBytes = Math.max(this.schedule.scratchBytes, bytes);
  }

  /** Brings a conv's input into scratch memory. */
  stage(segment: Segment, x: Staged): void {
    const input = inputOf(segment);
    const { schedule } = this;
    if (input.op.kind === 'input') {
      schedule.perImage(stageImage(schedule.kernel('stage images'), input.shape, at(this.pixels), x));
    } else {
      const value = this.reading(input);
      schedule.perImage(stageValue(schedule.kernel('stage'), value, x));
    }
  }

  /** Stores what readers would otherwise compute. */
  storeOutput(segment: Segment): PlanBuffer {
    const stored = this.storedOf(segment);
    if (stored.output) return stored.output;
    const { schedule } = this;
    const output = schedule.buffer(`output ${segment.root}`, 'image', bytesOf(segment));
    const terms = [{ value: this.reading(segment), pad: null, factors: [] }];
    schedule.perImage(combine(schedule.kernel('store'), segment.shape, terms, 'linear', at(output)));
    stored.output = output;
    return output;
  }

  private emit(segment: Segment): void {
    const { op, activation } = segment;
    switch (op.kind) {
      case 'input': {
        const asMap = this.options.separately || segment.readers.some((reader) => reader.op.kind !== 'conv');
        if (asMap) this.emitImages(segment);
        break;
      }
      case 'conv':
      case 'dense':
        this.emitProduct(segment);
        break;
      case 'batchNorm':
      case 'activation': {
        const raw = this.storeOutput(inputOf(segment));
        const norm = segment.norm ? this.normOf(segment) : null;
        this.stored.set(segment, { raw, output: null, norm, activation });
        if (norm !== null && this.options.ownStatistics) this.emitStatistics(segment, raw, norm);
        break;
      }
      case 'maxPool':
      case 'averagePool':
      case 'globalAveragePool': {
        const value = this.reading(inputOf(segment));
        const raw = this.activations(segment, 'pooled');
        const kernel = this.schedule.kernel(op.kind);
        const call =
          op.kind === 'globalAveragePool'
            ? globalAverage(kernel, value, at(raw))
            : pool(kernel, op.kind, value, at(raw));
        this.schedule.perImage(call);
        this.stored.set(segment, { raw, output: activation === 'linear' ? raw : null, norm: null, activation });
        break;
      }
      default: {
        const terms = segment.inputs.map((input) => this.term(input));
        const raw = this.activations(segment, 'sum');
        this.schedule.perImage(combine(this.schedule.kernel('sum'), segment.shape, terms, activation, at(raw)));
        this.stored.set(segment, { raw, output: raw, norm: null, activation });
        return;
      }
    }
    // What takes longer to compute than to load.
    if (activation === 'sigmoid' || activation === 'tanh') this.storeOutput(segment);
  }

  private activations(segment: Segment, label: string): PlanBuffer {
    return this.schedule.buffer(`${label} ${segment.root}`, 'image', bytesOf(segment));
  }

  private emitImages(segment: Segment): void {
    const raw = this.activations(segment, 'images');
    const { schedule } = this;
    schedule.perImage(spreadImage(schedule.kernel('images'), segment.shape, at(this.pixels), at(raw)));
    this.stored.set(segment, { raw, output: raw, norm: null, activation: 'linear' });
  }

  private emitProduct(segment: Segment): void {
    const { op, activation } = segment;
    const { schedule, layout } = this;
    if (op.kind !== 'conv' && op.kind !== 'dense') throw new RangeError(`${op.kind} is no product`);
    const filter = {
      weight: fixed(parameterAt(layout, op.weight)),
      bias: op.bias === null ? null : fixed(parameterAt(layout, op.bias)),
    };
    const raw = this.activations(segment, 'z');
    if (op.kind === 'conv') {
      const { conv, x } = this.convolution(segment);
      this.stage(segment, x);
      schedule.perImage(convolveForward(schedule.kernel(nameOf('convolve', conv)), conv, x, filter, at(raw)));
    } else {
      const x = this.storeOutput(inputOf(segment));
      schedule.perImage(denseForward(schedule.kernel('dense'), denseOf(segment), at(x), filter, at(raw)));
    }
    const norm = segment.norm ? this.normOf(segment) : null;
    const output = norm === null && activation === 'linear' ? raw : null;
    this.stored.set(segment, { raw, output, norm, activation });
    if (norm !== null && this.options.ownStatistics) this.emitStatistics(segment, raw, norm);
    else if (norm === null && this.options.measured.has(segment.root))
      this.emitStatistics(segment, raw, this.normOf(segment));
  }

  /** The sums over all images of what is stored, and of a norm what follows from them. */
  private emitStatistics({ shape, norm }: Segment, raw: PlanBuffer, address: number): void {
    const { schedule, layout } = this;
    let sums = this.imageMoments.get(raw);
    if (!sums) {
      sums = schedule.buffer(`moments of ${raw.label}`, 'image', SUMS_BYTES * packsOf(shape[2]));
      schedule.perImage(moments(schedule.kernel('moments'), shape, at(raw), at(sums)));
      this.imageMoments.set(raw, sums);
    }
    const parameters = norm && { scale: parameterAt(layout, norm.scale), shift: parameterAt(layout, norm.shift) };
    const kernel = schedule.kernel('statistics');
    this.madeReady(address, schedule.afterwards(statistics(kernel, shape, sums, control.images, address, parameters)));
  }
}

export function nameOf(what: string, { kernel, stride, inputs, outputs, to }: Convolution): string {
  return `${what} ${kernel}x${kernel}/${stride} ${inputs}-${outputs} ${to.join('x')}`;
}

/** A dense layer reads all numbers of its input, with those that fill up packs. */
export function denseOf(segment: Segment) {
  return { inputs: bytesOf(inputOf(segment)) / 4, outputs: 4 * packsOf(segment.shape[2]) };
}
