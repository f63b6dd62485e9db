/**
 * From a schedule to calls of kernels, phase by phase. The schedule says what is computed and what is fused; what is decided here is this
 * target's own. What is done for an image at a layer is done behind each other: on the way back its input is staged once more, dz is made and
 * staged, and both products follow, so that dz itself is in memory only where somebody else reads it. What is no product is finished by an
 * elementwise pass.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import type { NodeId, ParameterId, Shape } from '../../../network/graph.ts';
import { canDie, type Dying } from '../../../ops/activation/op.ts';
import { thresholdOf } from '../../../ops/drop/mask.ts';
import type { Factor, GradientTarget, Contribution as Sent, Source, Term, Value } from '../../plan/expressions.ts';
import { isImages } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { buffersOf, type Ref, type Tensor } from '../../plan/refs.ts';
import type { Convolution, Kernels, Schedule, Step } from '../../plan/schedule.ts';
import { clear, get, i32 } from '../assembler/code.ts';
import { combine } from '../kernels/combine.ts';
import { type Contribution, combineGradients, padGradient, scaleGradient } from '../kernels/combineGradients.ts';
import {
  convolveBackward,
  convolveFilter,
  convolveForward,
  denseBackward,
  denseFilter,
  denseForward,
  transpose,
  type Convolution as Walk,
} from '../kernels/convolve.ts';
import { at, fixed, type Kernel, type Library, type Place, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { globalAverage, pool, poolGradient } from '../kernels/pool.ts';
import { type Staged, spreadImage, stagedBytes, stageImage, stageValue } from '../kernels/stage.ts';
import { stageGradient } from '../kernels/stageGradient.ts';
import { moments, normGradient, statistics } from '../kernels/statistics.ts';
import type { TermFactor, Term as TermRead } from '../kernels/terms.ts';
import { masked, SUMS_BYTES, type Value as ValueRead } from '../kernels/values.ts';
import { control, type Layout, parameterAt, regionOf, required } from './layout.ts';
import { Phases } from './phases.ts';

/** The parts of a parameter's gradient. */
export interface Parts {
  readonly buffer: PlanBuffer;
  readonly count: number;
}

/** Records of a layer's units: which are alive. */
export interface Alive {
  readonly records: PlanBuffer;
  readonly activation: Dying;
  readonly packs: number;
}

type Layer = Kernels['layerGradient'];

/** The products that need a layer's dz. */
interface Products {
  filter?: Kernels['filterGradient'];
  input?: Kernels['inputGradient'];
}

/** What else is made of a layer's dz. */
interface Also {
  readonly squares: PlanBuffer | null;
  readonly bias: ParameterId | null;
  readonly stored: Place | null;
}

export class Emission {
  readonly phases: Phases;
  readonly pixels: PlanBuffer;
  /** Σ dz² of each image, by the root of the measured segment. */
  readonly squares = new Map<NodeId, PlanBuffer>();
  /** By the root of the segment that puts a layer out. */
  readonly alive = new Map<NodeId, Alive>();
  readonly parts = new Map<ParameterId, Parts>();
  private readonly buffers = new Map<Tensor, PlanBuffer>();
  /** Stored outputs that dense layers read, by what they are made of. */
  private readonly outputs = new Map<Ref, Place>();
  /** What the moments of a tensor are of. */
  private readonly summed = new Map<Tensor, Tensor>();
  private readonly imageMoments = new Map<PlanBuffer, PlanBuffer>();
  private readonly products = new Map<ParameterId, Products>();
  /** What each layer sends to its input, once its products are made. */
  private readonly sent = new Map<ParameterId, PlanBuffer | null>();
  /** The last step that reads or writes a tensor other than for the products of a convolution. */
  private readonly lastUse = new Map<Tensor, number>();
  /** Phases at whose end a norm is ready. */
  private readonly ready = new Map<number, number>();

  /**
   * @param image shape of one @param ends roots of the segments that put out measured layers; null where nothing is measured and no parameter has a gradient
   */
  constructor(
    private readonly schedule: Schedule,
    private readonly layout: Layout,
    image: Shape,
    private readonly ends: ReadonlySet<NodeId> | null,
    fma: boolean,
    library: Library,
  ) {
    this.phases = new Phases(fma, library);
    this.pixels = this.phases.buffer('pixels', 'image', 4 * image[0] * image[1]);
    for (const [i, { kernel }] of schedule.steps.entries()) this.survey(kernel, i);
    for (const each of schedule.inspected) this.lastUse.set(each, schedule.steps.length);
  }

  /** Told of each parameter whose parts will be complete when the present phase is over. */
  onParts: (id: ParameterId) => void = () => {};

  emit(): void {
    for (const [i, step] of this.schedule.steps.entries()) this.step(step, i);
    this.phases.filled(this.pixels);
  }

  /** Where a tensor is, which has an entry an image or one for all. */
  buffer(tensor: Tensor): PlanBuffer {
    const { label, per, packs } = tensor;
    const made =
      this.buffers.get(tensor) ?? this.phases.buffer(label, per === 'run' ? 'plan' : 'image', Math.ceil(16 * packs));
    this.buffers.set(tensor, made);
    return made;
  }

  private survey(kernel: Step['kernel'], index: number): void {
    for (const ref of buffersOf(kernel)) if (ref.in === 'tensor') this.note(kernel, ref.tensor, index);
    if (kernel.kind !== 'filterGradient' && kernel.kind !== 'inputGradient') return;
    const weight = weightOf(kernel);
    const products = this.products.get(weight) ?? {};
    this.products.set(
      weight,
      kernel.kind === 'filterGradient' ? { ...products, filter: kernel } : { ...products, input: kernel },
    );
  }

  private note(kernel: Step['kernel'], tensor: Tensor, index: number): void {
    const isProduct = kernel.kind === 'filterGradient' || kernel.kind === 'inputGradient';
    if (isProduct && tensorOf(kernel.dz) === tensor && kernel.convolution.layer === 'conv') return;
    this.lastUse.set(tensor, index);
  }

  private place(ref: Ref): Place {
    if (ref.in === 'tensor') return at(this.buffer(ref.tensor));
    if (ref.in === 'parameter') return fixed(parameterAt(this.layout, ref.id));
    if (ref.in === 'data' && ref.name === 'pixels') return at(this.pixels);
    throw new RangeError(`no place for ${ref.in}`);
  }

  /** The address of a norm, which what comes next reads. */
  private norm(ref: Ref): number {
    const address = this.addressOf(ref);
    this.phases.after(this.ready.get(address) ?? -1);
    return address;
  }

  private addressOf(ref: Ref): number {
    if (ref.in !== 'norm' && ref.in !== 'response') throw new RangeError('no norm');
    return required(this.layout.norms, ref.node);
  }

  private value({ from, shape, norm, activation }: Value): ValueRead {
    return { place: this.place(from), shape, norm: norm && this.norm(norm), activation };
  }

  private term({ value, pad, factors }: Term): TermRead {
    return { value: this.value(value), pad, factors: factors.map((factor) => this.factor(factor)) };
  }

  private factor(factor: Factor): TermFactor {
    switch (factor.kind) {
      case 'constant':
        return factor;
      case 'learned': {
        const { scale } = factor;
        if (scale.in !== 'parameter') throw new RangeError('a learned scale is a parameter');
        return { kind: 'learned', address: parameterAt(this.layout, scale.id) };
      }
      case 'gate':
        return { kind: 'gate', part: factor.part, value: this.value(factor.value) };
      case 'drop': {
        const { unit, keep, drop } = factor;
        if (unit === 'expectation' || drop.in !== 'drop') return { kind: 'constant', value: keep };
        return { kind: 'drop', unit, address: required(this.layout.drops, drop.node), threshold: thresholdOf(keep) };
      }
    }
  }

  private step({ kernel }: Step, index: number): void {
    const { phases } = this;
    switch (kernel.kind) {
      case 'gatherImages':
        phases.perImage(
          spreadImage(phases.kernel('images'), kernel.shape, at(this.pixels), this.place(kernel.writes.result)),
        );
        break;
      case 'convolve':
        this.convolve(kernel);
        break;
      case 'statistics':
        this.statistics(kernel);
        break;
      case 'combine':
        this.combine(kernel);
        break;
      case 'pool': {
        const [x, result] = [this.value(kernel.x), this.place(kernel.writes.result)];
        const call = phases.kernel(kernel.pool);
        const { pool: kind } = kernel;
        phases.perImage(kind === 'globalAveragePool' ? globalAverage(call, x, result) : pool(call, kind, x, result));
        break;
      }
      case 'loss':
        for (const each of [kernel.logits, kernel.writes.gradient]) phases.touched(this.buffer(tensorOf(each)));
        phases.host('loss');
        break;
      case 'combineGradients':
        this.gradient(kernel.target, kernel.contributions, kernel.x);
        break;
      case 'normGradient':
        this.normGradient(kernel);
        break;
      case 'layerGradient':
        this.layerGradient(kernel, index);
        break;
      case 'filterGradient':
        this.sentBy(kernel);
        break;
      case 'inputGradient':
        this.inputGradient(kernel);
        break;
      case 'scaleGradient': {
        const { shape, gradient, term, writes } = kernel;
        const id = idOf(writes.partial);
        const buffer = phases.buffer(`scale gradients ${id}`, 'image', 16 * regionOf(this.layout, id).packs);
        this.parts.set(id, { buffer, count: control.images });
        const scaled = this.term(term);
        phases.perImage(
          scaleGradient(phases.kernel('scale gradient'), shape, this.place(gradient), scaled, at(buffer)),
        );
        this.onParts(id);
        break;
      }
      case 'optimizerStep':
    }
  }

  /** A conv as its kernels see it, and where its input is staged. */
  private walk(
    { kernel, stride, from, to }: Convolution,
    ofImages: boolean,
  ): { readonly conv: Walk; readonly x: Staged } {
    const [rows, columns, channels] = from;
    const inputs = ofImages ? 1 : 4 * packsOf(channels);
    const x: Staged = { offset: 0, rows, columns, pixel: 4 * inputs, border: kernel === 3 ? 1 : 0 };
    this.needScratch(stagedBytes(x) + 64);
    const outputs = 4 * packsOf(to[2]);
    return { conv: { kernel, stride, from: [rows, columns], to: [to[0], to[1]], inputs, outputs }, x };
  }

  private needScratch(bytes: number): void {
    this.phases.scratchBytes = Math.max(this.phases.scratchBytes, bytes);
  }

  /** Brings a conv's input into scratch memory. */
  private stage(source: Source, [rows, columns]: Shape, x: Staged): void {
    const { phases } = this;
    phases.perImage(
      isImages(source)
        ? stageImage(phases.kernel('stage images'), [rows, columns, 1], this.place(source.pixels), x)
        : stageValue(phases.kernel('stage'), this.value(source), x),
    );
  }

  /** A dense layer's input, which is stored for it where readers would make it. */
  private stored(source: Source): Place {
    if (isImages(source)) throw new RangeError('a dense layer reads no images');
    const { from, shape, norm, activation } = source;
    if (!norm && activation === 'linear') return this.place(from);
    const known = this.outputs.get(from);
    if (known) return known;
    const made = at(this.phases.buffer('output', 'image', bytesOf(shape)));
    const terms = [{ value: this.value(source), pad: null, factors: [] }];
    this.phases.perImage(combine(this.phases.kernel('store'), shape, terms, 'linear', made));
    this.outputs.set(from, made);
    return made;
  }

  private convolve({ convolution, x, weight, bias, writes }: Kernels['convolve']): void {
    const { phases } = this;
    const filter = { weight: this.place(weight), bias: bias && this.place(bias) };
    if (convolution.layer === 'conv') {
      const { conv, x: staged } = this.walk(convolution, isImages(x));
      this.stage(x, convolution.from, staged);
      const kernel = phases.kernel(nameOf('convolve', conv));
      phases.perImage(convolveForward(kernel, conv, staged, filter, this.place(writes.z)));
    } else {
      const from = this.stored(x);
      phases.perImage(denseForward(phases.kernel('dense'), denseOf(convolution), from, filter, this.place(writes.z)));
    }
    this.summed.set(tensorOf(writes.sums), tensorOf(writes.z));
  }

  private combine({ shape, terms, activation, writes: { result, sums } }: Kernels['combine']): void {
    const { phases } = this;
    const stored = result ?? terms[0]?.value.from;
    if (sums && stored) this.summed.set(tensorOf(sums), tensorOf(stored));
    if (!result) return;
    const read = terms.map((term) => this.term(term));
    const name = terms.length > 1 ? 'sum' : 'store';
    phases.perImage(combine(phases.kernel(name), shape, read, activation, this.place(result)));
  }

  /** The sums over all images of what is stored, and of a norm what follows from them. */
  private statistics({ shape, sums, affine, writes: { norm, response } }: Kernels['statistics']): void {
    const { phases } = this;
    const z = this.buffer(required(this.summed, tensorOf(sums)));
    let each = this.imageMoments.get(z);
    if (!each) {
      each = phases.buffer(`moments of ${z.label}`, 'image', SUMS_BYTES * packsOf(shape[2]));
      phases.perImage(moments(phases.kernel('moments'), shape, at(z), at(each)));
      this.imageMoments.set(z, each);
    }
    const parameters = affine && {
      scale: parameterAt(this.layout, idOf(affine.scale)),
      shift: parameterAt(this.layout, idOf(affine.shift)),
    };
    const address = this.addressOf(norm ?? response);
    const call = statistics(phases.kernel('statistics'), shape, each, control.images, address, parameters);
    this.ready.set(address, phases.afterwards(call));
  }

  /** What a layer sends to its input; both products are made at once, if they are not yet. */
  private sentBy(kernel: Kernels['filterGradient'] | Kernels['inputGradient']): PlanBuffer | null {
    const { dz } = kernel;
    const weight = weightOf(kernel);
    if (!this.sent.has(weight)) this.makeProducts(weight, tensorOf(dz), { gradient: dz, norm: null, z: null });
    return required(this.sent, weight);
  }

  private inputGradient(kernel: Kernels['inputGradient']): void {
    const dx = this.sentBy(kernel);
    const { target } = kernel;
    if (!dx) throw new RangeError('a layer that sends nothing');
    const { addend, activation, writes, shape } = target;
    if (!addend && activation === 'linear' && !writes.sums) this.buffers.set(tensorOf(writes.gradient), dx);
    else this.gradient(target, addend ? [addend] : [], { from: writes.gradient, shape, norm: null, activation }, dx);
  }

  /** @param x of max pools @param product what a convolution sends besides */
  private gradient(
    target: GradientTarget,
    sent: readonly Sent[],
    x: Value | null,
    product: PlanBuffer | null = null,
  ): void {
    const { phases } = this;
    const { of, shape, activation, y, z, norm, writes } = target;
    const own = product ? [{ kind: 'map', gradient: at(product), factors: [] } as const] : [];
    const contributions = [...sent.map((each) => this.contribution(shape, each, x)), ...own];
    const from = y ?? z;
    const linear = { place: at(this.buffer(tensorOf(writes.gradient))), shape, norm: null, activation } as const;
    const output =
      activation !== 'linear' && from
        ? this.value({ from, shape, norm: y ? null : norm, activation: y ? 'linear' : activation })
        : linear;
    const sums =
      writes.sums && z && norm
        ? { z: this.place(z), norm: this.norm(norm), result: at(this.buffer(tensorOf(writes.sums))) }
        : null;
    const record = of === null ? null : this.recordOf(of, shape, activation);
    const result = this.place(writes.gradient);
    const alive = record && at(record);
    const about = { shape, contributions, activation, output, result, sums, alive };
    phases.perImage(combineGradients(phases.kernel('combine gradients'), about));
    if (alive) phases.atChunkStart(cleared(phases.kernel('clear'), alive, bytesOf(shape)));
  }

  /** Where it is counted which units are alive, if anybody asks. */
  private recordOf(of: NodeId, shape: Shape, activation: Activation): PlanBuffer | null {
    if (!canDie(activation) || !this.ends?.has(of)) return null;
    const records = this.phases.buffer(`alive ${of}`, 'chunk', bytesOf(shape));
    this.alive.set(of, { records, activation, packs: bytesOf(shape) / 16 });
    return records;
  }

  /** @param shape of what receives it @param x of that */
  private contribution(shape: Shape, sent: Sent, x: Value | null): Contribution {
    const { phases } = this;
    const gradient = this.place(sent.gradient);
    const map = (buffer: PlanBuffer) => ({ kind: 'map', gradient: at(buffer), factors: [] }) as const;
    switch (sent.kind) {
      case 'same':
        return { kind: 'map', gradient, factors: sent.factors.map((factor) => this.factor(factor)) };
      case 'globalAverage':
        return { kind: 'globalAverage', gradient };
      case 'gate':
        return { kind: 'gate', gradient, part: sent.part, z: this.value(sent.value), gated: this.term(sent.term) };
      case 'pad': {
        const buffer = phases.buffer('padded back', 'image', bytesOf(shape));
        const call = padGradient(
          phases.kernel('pad gradient'),
          sent.shape,
          shape,
          sent.stride,
          gradient,
          sent.factors.map((factor) => this.factor(factor)),
          at(buffer),
          (pointer) => clear(get(pointer), i32.const(bytesOf(shape))),
          (value, pack) => masked(value, shape[2], pack),
        );
        phases.perImage(call);
        return map(buffer);
      }
      case 'maxPool':
      case 'averagePool': {
        const buffer = phases.buffer('pool gradient', 'image', bytesOf(shape));
        const pooled =
          x && sent.kind === 'maxPool'
            ? this.value(x)
            : { place: gradient, shape, norm: null, activation: 'linear' as const };
        phases.perImage(poolGradient(phases.kernel(`${sent.kind} gradient`), sent.kind, pooled, gradient, at(buffer)));
        return map(buffer);
      }
    }
  }

  private normGradient({ shape, node, sums, writes }: Kernels['normGradient']): void {
    const { phases, ends } = this;
    const address = required(this.layout.norms, node);
    const ids = [idOf(writes.scale), idOf(writes.shift)] as const;
    const [scale, shift] = ends ? [this.wholePart(ids[0]), this.wholePart(ids[1])] : [null, null];
    const from = this.buffer(tensorOf(sums));
    const call = normGradient(phases.kernel('norm gradient'), shape, from, control.images, address, scale, shift);
    this.ready.set(address, phases.afterwards(call));
    if (ends) for (const id of ids) this.onParts(id);
  }

  /** A gradient that has one part. */
  private wholePart(id: ParameterId): Place {
    const buffer = this.phases.buffer(`gradient ${id}`, 'plan', 16 * regionOf(this.layout, id).packs);
    this.parts.set(id, { buffer, count: control.one });
    return wholeOf(buffer);
  }

  private layerGradient(kernel: Layer, index: number): void {
    const { phases } = this;
    const { shape, gradient, means, norm, z, writes } = kernel;
    const dz = tensorOf(writes.dz ?? gradient);
    const squares = writes.stats && phases.buffer('squares', 'image', 16);
    if (squares && writes.stats?.in === 'stats') this.squares.set(writes.stats.node, squares);
    const bias = writes.bias && idOf(writes.bias);
    if (bias !== null) {
      const buffer = phases.buffer(`bias gradients ${bias}`, 'image', 16 * packsOf(shape[2]));
      this.parts.set(bias, { buffer, count: control.images });
    }
    const isRead = (this.lastUse.get(dz) ?? 0) > index;
    const through = { gradient, norm: means && norm, z };
    if (kernel.weight !== null && this.products.has(kernel.weight)) {
      this.makeProducts(kernel.weight, dz, through, { squares, bias, stored: isRead ? at(this.buffer(dz)) : null });
      return;
    }
    const addend = kernel.addend && this.place(kernel.addend);
    const stored = at(this.buffer(dz));
    const about = {
      ...this.through(through),
      shape,
      addend,
      staged: null,
      stored,
      squares: squares && at(squares),
      bias: null,
    };
    phases.perImage(stageGradient(phases.kernel('norm backwards'), about));
  }

  private through({ gradient, norm, z }: Pick<Layer, 'gradient' | 'norm' | 'z'>) {
    const address = norm && this.norm(norm);
    return {
      gradient: this.place(gradient),
      norm: address !== null && z ? { address, z: this.place(z) } : null,
    };
  }

  /**
   * Makes dz and both products.
   * @param also Σ dz² of each image, whose gradient is summed by the way, and where else dz goes
   */
  private makeProducts(
    weight: ParameterId,
    dz: Tensor,
    through: Pick<Layer, 'gradient' | 'norm' | 'z'>,
    { squares, bias, stored }: Also = { squares: null, bias: null, stored: null },
  ): void {
    const { phases, products } = this;
    const { filter, input } = required(products, weight);
    const convolution = (filter ?? input)?.convolution;
    if (!convolution) throw new RangeError('products of no convolution');
    const biasParts = bias === null ? null : required(this.parts, bias).buffer;
    const about = {
      shape: convolution.to,
      addend: null,
      squares: squares && at(squares),
      bias: biasParts && at(biasParts),
    };
    const ids = [...(filter ? [idOf(filter.writes.partial)] : []), ...(bias === null ? [] : [bias])];
    if (convolution.layer === 'conv') {
      const { conv, x } = this.walk(convolution, filter !== undefined && isImages(filter.x));
      const offset = 64 * Math.ceil(stagedBytes(x) / 64);
      const staged = { offset, rows: conv.to[0], columns: conv.to[1], pixel: 4 * conv.outputs, border: x.border };
      this.needScratch(offset + stagedBytes(staged) + 64);
      const read = this.through(through);
      if (filter) this.stage(filter.x, convolution.from, x);
      phases.perImage(stageGradient(phases.kernel('stage gradient'), { ...read, ...about, staged, stored }));
      if (filter) {
        const kernel = phases.kernel(nameOf('filter gradient', conv));
        phases.perImage(convolveFilter(kernel, conv, x, staged, at(this.chunkPart(idOf(filter.writes.partial)))));
      }
      for (const id of ids) this.onParts(id);
      this.sent.set(weight, input ? this.backwards(input, conv, staged) : null);
      return;
    }
    const dense = denseOf(convolution);
    const from = at(this.buffer(dz));
    phases.perImage(
      stageGradient(phases.kernel('dense gradient'), {
        ...this.through(through),
        ...about,
        staged: null,
        stored: from,
      }),
    );
    if (filter) {
      const parts = at(this.chunkPart(idOf(filter.writes.partial)));
      const x = this.stored(filter.x);
      phases.perImage(denseFilter(phases.kernel('dense filter gradient'), dense, x, from, parts));
    }
    for (const id of ids) this.onParts(id);
    if (!input) return void this.sent.set(weight, null);
    const dx = phases.buffer('sent', 'image', 4 * dense.inputs);
    const turned = this.turned(idOf(input.weight), 1, dense);
    phases.perImage(denseBackward(phases.kernel('dense back'), dense, from, turned, at(dx)));
    this.sent.set(weight, dx);
  }

  private backwards({ weight, convolution }: Kernels['inputGradient'], conv: Walk, staged: Staged): PlanBuffer {
    const { phases } = this;
    const turned = this.turned(idOf(weight), conv.kernel ** 2, conv);
    const dx = phases.buffer('sent', 'image', bytesOf(convolution.from));
    phases.perImage(convolveBackward(phases.kernel(nameOf('convolve back', conv)), conv, staged, turned, at(dx)));
    return dx;
  }

  /** A filter's gradient as the present chunk's images add it up. */
  private chunkPart(id: ParameterId): PlanBuffer {
    const bytes = 16 * regionOf(this.layout, id).packs;
    const { phases } = this;
    const buffer = phases.buffer(`filter gradients ${id}`, 'chunk', bytes);
    this.parts.set(id, { buffer, count: control.chunks });
    phases.atChunkStart(cleared(phases.kernel('clear'), at(buffer), bytes));
    return buffer;
  }

  /** The filter turned round, which a task of the first phase makes. */
  private turned(
    weight: ParameterId,
    taps: number,
    shape: { readonly inputs: number; readonly outputs: number },
  ): Place {
    const { phases } = this;
    const place = wholeOf(phases.buffer(`turned ${weight}`, 'plan', 4 * taps * shape.inputs * shape.outputs));
    const from = fixed(parameterAt(this.layout, weight));
    phases.firstTask(transpose(phases.kernel('transpose'), taps, shape, from, place));
    return place;
  }
}

function weightOf(kernel: Kernels['filterGradient'] | Kernels['inputGradient']): ParameterId {
  return idOf(kernel.kind === 'filterGradient' ? kernel.writes.partial : kernel.weight);
}

function tensorOf(ref: Ref): Tensor {
  if (ref.in !== 'tensor') throw new RangeError(`${ref.in} is no tensor`);
  return ref.tensor;
}

function idOf(ref: Ref): ParameterId {
  if (ref.in !== 'parameter' && ref.in !== 'partialGradient') throw new RangeError(`${ref.in} is no parameter`);
  return ref.id;
}

/** Of one image. */
function bytesOf([rows, columns, channels]: Shape): number {
  return 16 * rows * columns * packsOf(channels);
}

function nameOf(what: string, { kernel, stride, inputs, outputs, to }: Walk): string {
  return `${what} ${kernel}x${kernel}/${stride} ${inputs}-${outputs} ${to.join('x')}`;
}

/** A dense layer reads all numbers of its input, with those that fill up packs. */
function denseOf({ from, to }: Convolution) {
  return { inputs: bytesOf(from) / 4, outputs: 4 * packsOf(to[2]) };
}

function cleared(kernel: Kernel, place: Place, bytes: number) {
  const to = kernel.pointer(place);
  return kernel.finished(clear(get(to), i32.const(bytes)));
}
