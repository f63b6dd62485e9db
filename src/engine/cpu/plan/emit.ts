/**
 * From a schedule to calls of kernels, phase by phase. The schedule says what is computed and what is fused; what is decided here is this
 * target's own: what is done for an image at a layer is done behind each other (`layers.ts`), and what is no product is finished by an
 * elementwise pass (`outputGradients.ts`).
 */
import type { NodeId, Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Ref, Tensor } from '../../plan/refs.ts';
import type { Kernels, Schedule, Step } from '../../plan/schedule.ts';
import { combine } from '../kernels/combine.ts';
import { scaleGradient } from '../kernels/combineGradients.ts';
import { groupNorm, groupNormBytes, groupNormGradient } from '../kernels/groupNorm.ts';
import { at, type Library, type Place, type PlanBuffer } from '../kernels/kernel.ts';
import { globalAverage, pool } from '../kernels/pool.ts';
import { spreadImage } from '../kernels/stage.ts';
import { moments, normGradient, statistics } from '../kernels/statistics.ts';
import { SUMS_BYTES } from '../kernels/values.ts';
import { giveWay } from '../threads/giveWay.ts';
import { Layers } from './layers.ts';
import { control, type Layout, parameterAt, regionOf, required } from './layout.ts';
import { OutputGradients } from './outputGradients.ts';
import { PartialGradients } from './partialGradients.ts';
import { Phases } from './phases.ts';
import { idOf, Places, tensorOf } from './places.ts';

export class Emission {
  readonly phases: Phases;
  readonly pixels: PlanBuffer;
  readonly places: Places;
  readonly layers: Layers;
  readonly outputs: OutputGradients;
  readonly parts: PartialGradients;
  /** What the moments of a tensor are of. */
  private readonly summed = new Map<Tensor, Tensor>();
  private readonly imageMoments = new Map<PlanBuffer, PlanBuffer>();

  /**
   * @param image shape of one
   * @param ends roots of the segments that put out measured layers; null where nothing is measured and no parameter has a gradient
   */
  constructor(
    private readonly schedule: Schedule,
    private readonly layout: Layout,
    image: Shape,
    private readonly ends: ReadonlySet<NodeId> | null,
    fma: boolean,
    library: Library,
  ) {
    const phases = new Phases(fma, library);
    this.phases = phases;
    this.pixels = phases.buffer('pixels', 'image', 4 * image[0] * image[1] * image[2]);
    this.places = new Places(phases, layout, this.pixels);
    this.parts = new PartialGradients(phases, layout);
    this.layers = new Layers(phases, this.places, this.parts, layout, schedule);
    this.outputs = new OutputGradients(phases, this.places, ends);
  }

  emit(): void {
    for (const [i, step] of this.schedule.steps.entries()) {
      giveWay();
      this.step(step, i);
    }
    this.phases.filled(this.pixels);
  }

  private step({ kernel }: Step, index: number): void {
    const { phases } = this;
    switch (kernel.kind) {
      case 'gatherImages':
        phases.perImage(
          spreadImage(phases.kernel('images'), kernel.shape, at(this.pixels), this.places.place(kernel.writes.result)),
        );
        break;
      case 'convolve':
        this.layers.forwards(kernel);
        this.summed.set(tensorOf(kernel.writes.sums), tensorOf(kernel.writes.z));
        break;
      case 'statistics':
        this.statistics(kernel);
        break;
      case 'combine':
        this.combine(kernel);
        break;
      case 'pool': {
        const [x, result] = [this.places.value(kernel.x), this.places.place(kernel.writes.result)];
        const call = phases.kernel(kernel.pool);
        const { pool: kind } = kernel;
        phases.perImage(kind === 'globalAveragePool' ? globalAverage(call, x, result) : pool(call, kind, x, result));
        break;
      }
      case 'loss':
        for (const each of [kernel.logits, kernel.writes.gradient]) phases.touched(this.places.buffer(tensorOf(each)));
        phases.host('loss');
        break;
      case 'combineGradients':
        this.outputs.emit(kernel.target, kernel.contributions, kernel.x);
        break;
      case 'normGradient':
        this.normGradient(kernel);
        break;
      case 'groupNorm': {
        const { shape, groups, x, affine, writes } = kernel;
        const [result, statistics] = [this.places.place(writes.result), this.places.place(writes.statistics)];
        const parameters = { scale: this.places.place(affine.scale), shift: this.places.place(affine.shift) };
        const call = phases.kernel('group norm');
        phases.perImage(groupNorm(call, { shape, groups }, this.places.place(x), parameters, result, statistics));
        break;
      }
      case 'groupNormGradient':
        this.groupNormGradient(kernel);
        break;
      case 'layerGradient':
        this.layers.gradient(kernel, index);
        break;
      case 'filterGradient':
        this.layers.sentBy(kernel);
        break;
      case 'inputGradient':
        this.inputGradient(kernel);
        break;
      case 'scaleGradient': {
        const { shape, gradient, term, writes } = kernel;
        const id = idOf(writes.partial);
        const partial = this.parts.perImage(id, `scale gradients ${id}`, 16 * regionOf(this.layout, id).packs);
        const scaled = this.places.term(term);
        const kernelOf = phases.kernel('scale gradient');
        phases.perImage(scaleGradient(kernelOf, shape, this.places.place(gradient), scaled, partial));
        this.parts.complete(id);
        break;
      }
      case 'optimizerStep':
    }
  }

  private combine({ shape, terms, activation, writes: { result, sums } }: Kernels['combine']): void {
    const { phases } = this;
    const stored = result ?? terms[0]?.value.from;
    if (sums && stored) this.summed.set(tensorOf(sums), tensorOf(stored));
    if (!result) return;
    const read = terms.map((term) => this.places.term(term));
    const name = terms.length > 1 ? 'sum' : 'store';
    phases.perImage(combine(phases.kernel(name), shape, read, activation, this.places.place(result)));
  }

  /** The sums over all images of what is stored, and of a norm what follows from them. */
  private statistics({ shape, sums, affine, writes: { norm, response } }: Kernels['statistics']): void {
    const { phases } = this;
    const z = this.places.buffer(required(this.summed, tensorOf(sums)));
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
    const address = this.places.addressOf(norm ?? response);
    const call = statistics(phases.kernel('statistics'), shape, each, control.images, address, parameters);
    this.places.readyAfter(address, phases.afterwards(call));
  }

  private inputGradient(kernel: Kernels['inputGradient']): void {
    const dx = this.layers.sentBy(kernel);
    const { target } = kernel;
    if (!dx) throw new RangeError('a layer that sends nothing');
    const { addend, activation, writes, shape } = target;
    if (!addend && activation === 'linear' && !writes.sums) this.places.is(tensorOf(writes.gradient), dx);
    else
      this.outputs.emit(target, addend ? [addend] : [], { from: writes.gradient, shape, norm: null, activation }, dx);
  }

  private groupNormGradient({ shape, groups, writes, ...from }: Kernels['groupNormGradient']): void {
    const { phases } = this;
    const part = (ref: Ref) => {
      const id = idOf(ref);
      return this.parts.perImage(id, `norm gradients ${id}`, 16 * regionOf(this.layout, id).packs);
    };
    const { parameters } = writes;
    const parts = parameters && { scale: part(parameters.scale), shift: part(parameters.shift) };
    const [gradient, x, statistics, scale] = [from.gradient, from.x, from.statistics, from.scale].map((ref) =>
      this.places.place(ref),
    ) as [Place, Place, Place, Place];
    const taken = at(phases.buffer('taken by groups', 'image', groupNormBytes(shape[2])));
    const result = this.places.place(writes.result);
    const call = phases.kernel('group norm backwards');
    phases.perImage(groupNormGradient(call, { shape, groups }, gradient, x, statistics, scale, result, parts, taken));
    for (const ref of parameters ? [parameters.scale, parameters.shift] : []) this.parts.complete(idOf(ref));
  }

  private normGradient({ shape, node, sums, writes }: Kernels['normGradient']): void {
    const { phases, ends } = this;
    const address = required(this.layout.norms, node);
    const ids = [idOf(writes.scale), idOf(writes.shift)] as const;
    const [scale, shift] = ends ? [this.parts.whole(ids[0]), this.parts.whole(ids[1])] : [null, null];
    const from = this.places.buffer(tensorOf(sums));
    const call = normGradient(phases.kernel('norm gradient'), shape, from, control.images, address, scale, shift);
    this.places.readyAfter(address, phases.afterwards(call));
    if (ends) for (const id of ids) this.parts.complete(id);
  }
}
