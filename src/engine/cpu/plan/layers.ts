/**
 * The products of conv and dense layers. Forwards, a layer stages its input and multiplies it. Backwards, it stages that once more, dz is made and
 * staged, and both products follow, image by image, so that dz itself is in memory only where somebody else reads it.
 */
import type { NodeId, ParameterId, Shape } from '../../../network/graph.ts';
import type { Source } from '../../plan/expressions.ts';
import { isImages } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { buffersOf, type Ref, type Tensor } from '../../plan/refs.ts';
import type { Convolution, Kernels, Schedule, Step } from '../../plan/schedule.ts';
import { combine } from '../kernels/combine.ts';
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
import { at, fixed, type Place, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { type Staged, stagedBytes, stageImage, stageValue } from '../kernels/stage.ts';
import { stageGradient } from '../kernels/stageGradient.ts';
import { type Layout, parameterAt, required } from './layout.ts';
import type { PartialGradients } from './partialGradients.ts';
import type { Phases } from './phases.ts';
import { bytesOf, idOf, type Places, tensorOf } from './places.ts';

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
  readonly biasParts: Place | null;
  readonly stored: Place | null;
}

export class Layers {
  /** Σ dz² of each image, by the root of the measured segment. */
  readonly squares = new Map<NodeId, PlanBuffer>();
  /** Stored outputs that dense layers read, by what they are made of. */
  private readonly outputs = new Map<Ref, Place>();
  private readonly products = new Map<ParameterId, Products>();
  /** What each layer sends to its input, once its products are made. */
  private readonly sent = new Map<ParameterId, PlanBuffer | null>();
  /** The last step that reads or writes a tensor other than for the products of a convolution. */
  private readonly lastUse = new Map<Tensor, number>();

  constructor(
    private readonly phases: Phases,
    private readonly places: Places,
    private readonly parts: PartialGradients,
    private readonly layout: Layout,
    { steps, inspected }: Pick<Schedule, 'steps' | 'inspected'>,
  ) {
    for (const [i, { kernel }] of steps.entries()) this.survey(kernel, i);
    for (const each of inspected) this.lastUse.set(each, steps.length);
  }

  /** Forwards. */
  forwards({ convolution, x, weight, bias, writes }: Kernels['convolve']): void {
    const { phases } = this;
    const filter = { weight: this.places.place(weight), bias: bias && this.places.place(bias) };
    if (convolution.layer === 'conv') {
      const { conv, x: staged } = this.walk(convolution, isImages(x));
      this.stage(x, convolution.from, staged);
      const kernel = phases.kernel(nameOf('convolve', conv));
      phases.perImage(convolveForward(kernel, conv, staged, filter, this.places.place(writes.z)));
    } else {
      const from = this.stored(x);
      phases.perImage(
        denseForward(phases.kernel('dense'), denseOf(convolution), from, filter, this.places.place(writes.z)),
      );
    }
  }

  /** dz, and what is measured of it. @param index of the step */
  gradient(kernel: Layer, index: number): void {
    const { phases } = this;
    const { shape, gradient, means, norm, z, writes } = kernel;
    const dz = tensorOf(writes.dz ?? gradient);
    const squares = writes.stats && phases.buffer('squares', 'image', 16);
    if (squares && writes.stats?.in === 'stats') this.squares.set(writes.stats.node, squares);
    const bias = writes.bias && idOf(writes.bias);
    const biasParts =
      bias === null ? null : this.parts.perImage(bias, `bias gradients ${bias}`, 16 * packsOf(shape[2]));
    const isRead = (this.lastUse.get(dz) ?? 0) > index;
    const through = { gradient, norm: means && norm, z };
    if (kernel.weight !== null && this.products.has(kernel.weight)) {
      this.makeProducts(kernel.weight, dz, through, {
        squares,
        bias,
        biasParts,
        stored: isRead ? at(this.places.buffer(dz)) : null,
      });
      return;
    }
    const addend = kernel.addend && this.places.place(kernel.addend);
    const stored = at(this.places.buffer(dz));
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

  /** What a layer sends to its input; both products are made at once, if they are not yet. */
  sentBy(kernel: Kernels['filterGradient'] | Kernels['inputGradient']): PlanBuffer | null {
    const { dz } = kernel;
    const weight = weightOf(kernel);
    if (!this.sent.has(weight)) this.makeProducts(weight, tensorOf(dz), { gradient: dz, norm: null, z: null });
    return required(this.sent, weight);
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

  /** A conv as its kernels see it, and where its input is staged. */
  private walk(
    { kernel, stride, from, to }: Convolution,
    ofImages: boolean,
  ): { readonly conv: Walk; readonly x: Staged } {
    const [rows, columns, channels] = from;
    const inputs = ofImages ? 1 : 4 * packsOf(channels);
    const x: Staged = { offset: 0, rows, columns, pixel: 4 * inputs, border: (kernel - 1) / 2 };
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
        ? stageImage(phases.kernel('stage images'), [rows, columns, 1], this.places.place(source.pixels), x)
        : stageValue(phases.kernel('stage'), this.places.value(source), x),
    );
  }

  /** A dense layer's input, which is stored for it where readers would make it. */
  private stored(source: Source): Place {
    if (isImages(source)) throw new RangeError('a dense layer reads no images');
    const { from, shape, norm, activation } = source;
    if (!norm && activation === 'linear') return this.places.place(from);
    const known = this.outputs.get(from);
    if (known) return known;
    const made = at(this.phases.buffer('output', 'image', bytesOf(shape)));
    const terms = [{ value: this.places.value(source), pad: null, factors: [] }];
    this.phases.perImage(combine(this.phases.kernel('store'), shape, terms, 'linear', made));
    this.outputs.set(from, made);
    return made;
  }

  private through({ gradient, norm, z }: Pick<Layer, 'gradient' | 'norm' | 'z'>) {
    const address = norm && this.places.norm(norm);
    return {
      gradient: this.places.place(gradient),
      norm: address !== null && z ? { address, z: this.places.place(z) } : null,
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
    { squares, bias, biasParts, stored }: Also = { squares: null, bias: null, biasParts: null, stored: null },
  ): void {
    const { phases, products } = this;
    const { filter, input } = required(products, weight);
    const convolution = (filter ?? input)?.convolution;
    if (!convolution) throw new RangeError('products of no convolution');
    const about = {
      shape: convolution.to,
      addend: null,
      squares: squares && at(squares),
      bias: biasParts,
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
        phases.perImage(convolveFilter(kernel, conv, x, staged, this.parts.perChunk(idOf(filter.writes.partial))));
      }
      for (const id of ids) this.parts.complete(id);
      this.sent.set(weight, input ? this.backwards(input, conv, staged) : null);
      return;
    }
    const dense = denseOf(convolution);
    const from = at(this.places.buffer(dz));
    phases.perImage(
      stageGradient(phases.kernel('dense gradient'), {
        ...this.through(through),
        ...about,
        staged: null,
        stored: from,
      }),
    );
    if (filter) {
      const parts = this.parts.perChunk(idOf(filter.writes.partial));
      const x = this.stored(filter.x);
      phases.perImage(denseFilter(phases.kernel('dense filter gradient'), dense, x, from, parts));
    }
    for (const id of ids) this.parts.complete(id);
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

function nameOf(what: string, { kernel, stride, inputs, outputs, to }: Walk): string {
  return `${what} ${kernel}x${kernel}/${stride} ${inputs}-${outputs} ${to.join('x')}`;
}

/** A dense layer reads all numbers of its input, with those that fill up packs. */
function denseOf({ from, to }: Convolution) {
  return { inputs: bytesOf(from) / 4, outputs: 4 * packsOf(to[2]) };
}
