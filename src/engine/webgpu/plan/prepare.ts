/** From a schedule to a plan: tiles each kernel, prints it for what `Places` binds, and lets small kernels ride in larger ones. */
import type { NetworkGraph, NodeId } from '../../../network/graph.ts';
import { elements } from '../../../ops/shapes.ts';
import { isImages, momentPacks, type Value } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { buffersOf, type Ref } from '../../plan/refs.ts';
import type { Convolution, Kernels, Schedule, Step } from '../../plan/schedule.ts';
import { combine, elementwiseGroups } from '../kernels/combine.ts';
import { combineGradients, combineGradientsGroups } from '../kernels/combineGradients.ts';
import { convolveForward, convolveGradient, convolveGroups } from '../kernels/convolve.ts';
import { denseForward, denseForwardGroups } from '../kernels/denseForward.ts';
import {
  type FilterGradientShape,
  filterGradient,
  filterGradientGroups,
  type Rider,
  sharesTogether,
  tilesOf,
} from '../kernels/filterGradient.ts';
import { ganged } from '../kernels/gang.ts';
import { gatherImages } from '../kernels/gatherImages.ts';
import type { ConvolveShape } from '../kernels/geometry.ts';
import { groupNorm, groupNormGradient, groupNormGroups } from '../kernels/groupNorm.ts';
import { layerGradient, layerGradientGroups, statsParts } from '../kernels/layerGradient.ts';
import { loss, lossGroups } from '../kernels/loss.ts';
import { moments, momentsGroups } from '../kernels/moments.ts';
import { normGradient, normGradientGroups } from '../kernels/normGradient.ts';
import { pool } from '../kernels/pool.ts';
import { productGradients, productGradientsGroups } from '../kernels/productGradients.ts';
import { partSize } from '../kernels/reduce.ts';
import { scaleGradient, scaleGradientGroups, scaleGradientParts } from '../kernels/scaleGradient.ts';
import { statistics, statisticsGroups } from '../kernels/statistics.ts';
import type { UnfinishedNorm } from '../kernels/values.ts';
import { type Kernel, kernel as printed } from '../kernels/wgsl.ts';
import type { ArenaBytes } from './buffers.ts';
import { Places, tensorOf } from './places.ts';
import type { Dispatch, Plan } from './plan.ts';
import { runLength, type Tuning, tileOf, tunedFor } from './tuning.ts';

/**
 * Packs of channels, and bytes, that every workgroup of a kernel may add up for a norm: 64 invocations read as much in one or two microseconds, where a
 * dispatch takes about five.
 */
const FOLDED_PACKS = 16;
const FOLDED_BYTES = 16 * 1024;

/** A conv or dense layer as `convolve` tiles it. */
function tiled(
  { kernel, stride, from, to }: Convolution,
  direction: 'forward' | 'inputGradient',
  tuning: Tuning,
): ConvolveShape {
  const [read, made] = direction === 'forward' ? [from, to] : [to, from];
  const columns = made[1];
  // With stride 2 a run of the gradient must begin at an even column.
  const { positions, outputs } = tileOf(
    columns,
    packsOf(made[2]),
    kernel > 3 ? tuning.large : tuning,
    direction !== 'forward' && stride === 2,
  );
  return {
    geometry: {
      direction,
      kernel,
      stride,
      from: [read[0], read[1]],
      to: [made[0], made[1]],
      positions,
    },
    fromChannels: read[2],
    toChannels: made[2],
    outputs,
    reduction: tuning.reduction,
  };
}

/** A plan in the making. */
export class Preparation {
  readonly dispatches: Dispatch[] = [];
  readonly places: Places;
  readonly tuning: Tuning;
  /** Dispatches made of the schedule's steps so far. */
  readonly ends: number[] = [];
  /** Statistics that wait for the first kernel to read their norm, which may make them by itself; by the norm's node. */
  private readonly unfinished = new Map<NodeId, Step & { readonly kernel: Kernels['statistics'] }>();
  /** The gradient of a norm that the next layer's gradient makes by itself. */
  private unfinishedMeans: Kernels['normGradient'] | null = null;
  /**
   * The gradient by a filter waits for that by the same layer's input, to share a dispatch, or until the next layer needs the small sums for its
   * norm, so that these can ride in it.
   */
  private waiting: (Step & { readonly kernel: Kernels['filterGradient'] }) | null = null;

  constructor(
    readonly graph: NetworkGraph,
    readonly images: number,
    tuning: Tuning,
    private readonly schedule: Schedule,
    readonly networks = 1,
  ) {
    this.tuning = tunedFor(graph.parameters.filter(({ role }) => role === 'weight').length, tuning);
    this.places = new Places(graph, images, networks);
    // In the graph's order, whatever a plan reads first: calibration and classification share the norms.
    for (const { node, channels } of schedule.norms)
      this.places.reserve('norms', `norm ${node}`, 4 * packsOf(channels));
    for (const [i, step] of schedule.steps.entries()) {
      this.emit(this.finishing(step), schedule.steps[i + 1]?.kernel);
      this.ends.push(this.dispatches.length);
    }
    this.finishAll(this.unfinished.keys());
    this.flush();
  }

  /** @param own bytes of arenas that are not reserved here */
  plan(own: ArenaBytes = {}): Plan {
    const { images, networks, dispatches, places, schedule, graph } = this;
    const [input] = graph.nodes;
    const pixels = input ? elements(input.shape) : 0;
    // What every plan finds made: the images of one run, each one number a pixel, and what says which they are.
    const found = {
      parameters: networks * 16 * places.layout.packs,
      pixels: networks * 4 * pixels * images,
      labels: networks * 4 * images,
      indices: networks * 4 * images,
    };
    return {
      images,
      networks,
      dispatches,
      buffers: places.buffers,
      arenas: places.arenas,
      borrowed: { ...found, ...own },
      norms: schedule.norms.map(({ node, channels }) => ({
        node,
        channels,
        first: places.placeOf(`norm ${node}`).first,
      })),
      logits: places.bufferOf(schedule.logits),
      forwards: schedule.forwards === null ? null : (this.ends[schedule.forwards - 1] ?? 0),
      inspected: schedule.inspected.map((each) => places.bufferOf(each)),
    };
  }

  dispatch(kernel: Kernel, groups: readonly [number, number], { layer, shape, flops }: Omit<Step, 'kernel'>): void {
    const { networks, images } = this;
    const buffers = kernel.bindings.map(({ ref }) => this.places.bound(ref));
    const printed = networks === 1 ? kernel : ganged(kernel, networks, buffers);
    this.dispatches.push({ kernel: printed, buffers, groups, layer, shape, flops: networks * images * flops });
  }

  /** Whether a kernel may go over the parts of a layer in every workgroup. @param vectors of a part, for each pack */
  private folds(sums: Ref, vectors: number, channels: number): boolean {
    const { parts } = this.places.partsOf(sums);
    const packs = packsOf(channels);
    return this.tuning.folds && packs <= FOLDED_PACKS && 16 * vectors * parts * packs <= FOLDED_BYTES;
  }

  /** Whether a layer's gradient can make the means of its norm. */
  private makesMeans(layer: Kernels['layerGradient'], { sums, shape, writes }: Kernels['normGradient']): boolean {
    const isOwn = layer.means !== null && tensorOf(layer.means) === tensorOf(writes.means);
    // Instead of the means: what they are made of, and the gradients by shift and scale.
    return isOwn && buffersOf(layer).length + 2 <= this.tuning.buffers && this.folds(sums, 2, shape[2]);
  }

  /** The step with the norms that it makes first; those that it cannot make are made in front of it. */
  private finishing(step: Step): Step {
    const needed = buffersOf(step.kernel).flatMap((ref) => (ref.in === 'norm' ? [ref.node] : []));
    const waiting = [...new Set(needed)].filter((node) => this.unfinished.has(node));
    if (waiting.length === 0) return step;
    const made = this.withUnfinished(step.kernel, waiting);
    if (made) for (const node of waiting) this.unfinished.delete(node);
    else this.finishAll(waiting);
    return made ? { ...step, kernel: made } : step;
  }

  private withUnfinished(kernel: Step['kernel'], nodes: readonly NodeId[]): Step['kernel'] | null {
    // Instead of one buffer, the norm: what it is made of, the norm and the response.
    if (buffersOf(kernel).length + 4 * nodes.length > this.tuning.buffers) return null;
    const read = <V extends Value>(value: V): V => {
      const step = value.norm?.in === 'norm' ? this.unfinished.get(value.norm.node) : undefined;
      if (!step) return value;
      const unfinished: UnfinishedNorm = {
        statistics: step.kernel,
        partSize: this.places.partsOf(step.kernel.sums).size,
      };
      return { ...value, unfinished };
    };
    if (kernel.kind === 'convolve' && !isImages(kernel.x)) return { ...kernel, x: read(kernel.x) };
    if (kernel.kind !== 'combine') return null;
    const inFactors = kernel.terms.flatMap(({ factors }) => buffersOf(factors));
    if (inFactors.some((ref) => ref.in === 'norm' && nodes.includes(ref.node))) return null;
    return { ...kernel, terms: kernel.terms.map((term) => ({ ...term, value: read(term.value) })) };
  }

  /** Dispatches the statistics that wait for a reader. */
  private finishAll(nodes: Iterable<NodeId>): void {
    for (const node of [...nodes]) {
      const step = this.unfinished.get(node);
      this.unfinished.delete(node);
      if (step) this.statistics(step.kernel, step);
    }
  }

  private statistics(kernel: Kernels['statistics'], step: Step): void {
    const { size } = this.places.partsOf(kernel.sums);
    this.dispatch(statistics(kernel, size, this.tuning.reduction), statisticsGroups(kernel), step);
  }

  private emit(step: Step, next: Step['kernel'] | undefined): void {
    const { kernel } = step;
    const { images, tuning } = this;
    const { reduction } = tuning;
    switch (kernel.kind) {
      case 'gatherImages':
        this.dispatch(gatherImages(kernel), elementwiseGroups(kernel.shape, images), step);
        break;
      case 'convolve':
        this.convolve(kernel, step);
        break;
      case 'statistics':
        if (
          kernel.writes.norm?.in === 'norm' &&
          this.folds(kernel.sums, momentPacks[kernel.moments], kernel.shape[2])
        ) {
          this.unfinished.set(kernel.writes.norm.node, { ...step, kernel });
        } else this.statistics(kernel, step);
        break;
      case 'combine': {
        const { shape, writes } = kernel;
        if (writes.sums === null) {
          this.dispatch(combine(kernel), elementwiseGroups(shape, images), step);
          break;
        }
        const tiling = { positions: runLength(shape[1], tuning.positions), reduction };
        const { groups, parts } = momentsGroups(kernel, tiling, images);
        this.places.divided(writes.sums, parts, partSize(reduction, tiling.positions));
        this.dispatch(moments(kernel, tiling), groups, step);
        break;
      }
      case 'pool':
        this.dispatch(pool(kernel), elementwiseGroups(kernel.to, images), step);
        break;
      case 'loss':
        this.dispatch(loss(kernel), lossGroups(images), step);
        break;
      case 'inputGradient': {
        const shape = tiled(kernel.convolution, 'inputGradient', tuning);
        const { groups, parts } = convolveGroups(shape, images);
        this.places.divided(kernel.target.writes.sums, parts, partSize(reduction, shape.geometry.positions));
        if (!this.bothGradients(kernel, shape, groups, step))
          this.dispatch(convolveGradient(shape, kernel), groups, step);
        break;
      }
      case 'combineGradients': {
        const { shape, writes } = kernel.target;
        const tiling = { positions: runLength(shape[1], tuning.positions), reduction };
        const { groups, parts } = combineGradientsGroups(kernel, tiling, images);
        this.places.divided(writes.sums, parts, partSize(reduction, tiling.positions));
        this.dispatch(combineGradients(kernel, tiling), groups, step);
        break;
      }
      case 'normGradient': {
        for (const each of [kernel.writes.shift, kernel.writes.scale]) this.places.partial(each, 1);
        if (next?.kind === 'layerGradient' && this.makesMeans(next, kernel)) {
          this.unfinishedMeans = kernel;
          break;
        }
        const tiling = { partSize: this.places.partsOf(kernel.sums).size, reduction };
        if (this.waiting) this.filterGradient({ kernel, tiling });
        else this.dispatch(normGradient(kernel, tiling), [normGradientGroups(kernel, tiling), 1], step);
        break;
      }
      case 'groupNorm':
        this.dispatch(groupNorm(kernel, reduction), groupNormGroups(reduction, images), step);
        break;
      case 'groupNormGradient': {
        const { parameters } = kernel.writes;
        const stride = parameters ? this.places.partial(parameters.shift, images) : 0;
        if (parameters) this.places.partial(parameters.scale, images);
        this.dispatch(groupNormGradient(kernel, reduction, stride), groupNormGroups(reduction, images), step);
        break;
      }
      case 'layerGradient': {
        const { bias, stats } = kernel.writes;
        const biasStride = bias ? this.places.partial(bias, kernel.shape[0] * kernel.shape[1]) : 0;
        if (stats?.in === 'stats') this.places.reserve('stats', `stats ${stats.node}`, statsParts(kernel, reduction));
        const means = this.unfinishedMeans;
        const norm = means && { kernel: means, partSize: this.places.partsOf(means.sums).size };
        this.unfinishedMeans = null;
        const tiling = { reduction, biasStride, norm };
        this.dispatch(layerGradient(kernel, tiling), layerGradientGroups(kernel, reduction), step);
        break;
      }
      case 'filterGradient':
        this.flush();
        this.waiting = { ...step, kernel };
        break;
      case 'scaleGradient': {
        const [rows, columns, channels] = kernel.shape;
        const packs = images * rows * columns * packsOf(channels);
        const invocations = 64 * Math.ceil(Math.min(tuning.scaleInvocations, packs) / 64);
        const parts = scaleGradientParts({ invocations, reduction, stride: 0 });
        const tiling = { invocations, reduction, stride: this.places.partial(kernel.writes.partial, parts) };
        this.dispatch(scaleGradient(kernel, tiling), scaleGradientGroups(tiling), step);
        break;
      }
      case 'optimizerStep':
        this.flush();
    }
  }

  private convolve(kernel: Kernels['convolve'], step: Step): void {
    const { images, tuning } = this;
    const { convolution, writes } = kernel;
    const shape = tiled(convolution, 'forward', tuning);
    if (convolution.layer === 'denseOfMap' && tuning.reduction === 'workgroup') {
      const { fromChannels, toChannels, outputs } = shape;
      const dense = { inputPacks: packsOf(fromChannels), units: toChannels, outputs };
      this.places.divided(writes.sums, images, 1);
      this.dispatch(denseForward(dense, kernel), denseForwardGroups(dense, images), step);
      return;
    }
    const { groups, parts } = convolveGroups(shape, images);
    this.places.divided(writes.sums, parts, partSize(shape.reduction, shape.geometry.positions));
    this.dispatch(convolveForward(shape, kernel), groups, step);
  }

  /** Makes the filter's gradient that still waits. */
  private flush(): void {
    if (this.waiting) this.filterGradient(null);
  }

  private filterGradient(rider: Rider | null): void {
    const step = this.waiting;
    if (!step) return;
    const shape = this.filterShape(step.kernel);
    this.waiting = null;
    this.places.partial(step.kernel.writes.partial, shape.splits);
    this.dispatch(printed(filterGradient(shape, step.kernel, rider)), filterGradientGroups(shape, rider), step);
  }

  /**
   * Makes both gradients of a layer in one dispatch, where that may be.
   * @param shape of the input's gradient, and its workgroups
   */
  private bothGradients(
    kernel: Kernels['inputGradient'],
    shape: ConvolveShape,
    groups: readonly [number, number],
    step: Step,
  ): boolean {
    const { waiting, tuning } = this;
    if (!tuning.folds || !waiting || tensorOf(waiting.kernel.dz) !== tensorOf(kernel.dz)) return false;
    const byFilter = this.filterShape(waiting.kernel);
    const made = productGradients(
      { shape: byFilter, kernel: waiting.kernel },
      { shape, kernel, outputTiles: groups[1] },
    );
    if (made.bindings.length > tuning.buffers) return false;
    this.waiting = null;
    this.places.partial(waiting.kernel.writes.partial, byFilter.splits);
    const all = { ...step, flops: step.flops + waiting.flops };
    this.dispatch(made, productGradientsGroups(byFilter, groups), all);
    return true;
  }

  private filterShape({ x, convolution, writes }: Kernels['filterGradient']): FilterGradientShape {
    const { tuning, images } = this;
    const { geometry, fromChannels, toChannels, outputs, reduction } = tiled(convolution, 'forward', tuning);
    const regionPacks = writes.partial.in === 'partialGradient' ? this.places.region(writes.partial.id).packs : 0;
    const about = {
      geometry: { ...geometry, positions: runLength(geometry.to[1], tuning.filterColumns) },
      fromChannels,
      toChannels,
      outputs: Math.min(outputs, geometry.kernel > 3 ? 1 : tuning.filterOutputs),
      reduction,
      fromImages: isImages(x),
    };
    const tiles = tilesOf(about);
    const shares = Math.min(Math.ceil(tuning.filterInvocations / tiles), images * geometry.to[0]);
    const splits = Math.min(
      Math.ceil(shares / sharesTogether(reduction, tiles)),
      Math.floor(tuning.partialBytes / (regionPacks * 16)),
    );
    return { ...about, splits: Math.max(1, splits), splitStride: regionPacks };
  }
}
