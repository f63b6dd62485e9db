/**
 * What the host reads of a step: it makes the loss and its gradient by the logits, and sums up what the threads have measured, all in float64. The results
 * are those of `plan/results.ts`.
 */
import { classesOf, type NetworkGraph, type NodeId, type WeightLayer } from '../../network/graph.ts';
import { NORM_EPSILON } from '../../ops/batchNorm/op.ts';
import { elements } from '../../ops/shapes.ts';
import { logProbabilities } from '../../ops/softmaxCrossEntropy/reference.ts';
import { PACK, packsOf } from '../plan/packs.ts';
import type { PlanBuffer } from './kernels/kernel.ts';
import { PIECE_BYTES, type TrainingPlan } from './plan/compile.ts';
import { type Layout, required } from './plan/layout.ts';
import type { Runner, Store } from './runner.ts';

/** Reads the numbers of a network's memory. */
export class Measurements {
  constructor(
    private readonly graph: NetworkGraph,
    private readonly layout: Layout,
    private readonly store: Store,
  ) {}

  /**
   * The mean loss; its gradient by the logits is left where backwards finds it.
   * @param labels of the images
   */
  loss(runner: Runner, logits: PlanBuffer, gradient: PlanBuffer, labels: Uint8Array): number {
    const { floats } = this.store;
    let loss = 0;
    const classes = classesOf(this.graph);
    labels.forEach((label, image) => {
      const from = (runner.address(logits) + image * logits.stride) / 4;
      const to = (runner.address(gradient) + image * gradient.stride) / 4;
      const values = Float64Array.from(floats.subarray(from, from + classes));
      const logs = logProbabilities({ shape: [1, 1, 1, classes], values });
      loss -= logs[label] ?? Number.NaN;
      logs.forEach((log, k) => {
        floats[to + k] = (Math.exp(log) - (k === label ? 1 : 0)) / labels.length;
      });
      floats.fill(0, to + classes, to + PACK * packsOf(classes));
    });
    return loss / labels.length;
  }

  /** Σ gradient² by parameter. */
  squares({ pieces, buffers }: TrainingPlan, runner: Runner): number[] {
    return this.overPieces(pieces, runner.address(buffers.pieces), 0);
  }

  /** Of each layer, behind each other: signal gradient, response, dead share. */
  ofLayers(plan: TrainingPlan, runner: Runner, images: number): number[] {
    return this.graph.layers.flatMap((layer, i) => this.ofLayer(plan, runner, layer, plan.layers[i]?.end ?? 0, images));
  }

  /** Of each parameter, what the update has left: its norm before, and that of its change. */
  moves({ pieces, buffers }: TrainingPlan, runner: Runner): (readonly [norm: number, moved: number])[] {
    const [norms, moved] = [1, 2].map((which) => this.overPieces(pieces, runner.address(buffers.pieces), which));
    return this.graph.parameters.map((_, id) => [Math.sqrt(norms?.[id] ?? 0), Math.sqrt(moved?.[id] ?? 0)]);
  }

  /** Sums of squares by parameter, over its pieces. @param which of a piece's sums */
  private overPieces(pieces: TrainingPlan['pieces'], address: number, which: number): number[] {
    const { doubles } = this.store;
    const sums = this.graph.parameters.map(() => 0);
    pieces.forEach(({ parameter }, i) => {
      const at = (address + i * PIECE_BYTES) / 8 + 2 * which;
      sums[parameter] = (sums[parameter] ?? 0) + (doubles[at] ?? 0) + (doubles[at + 1] ?? 0);
    });
    return sums;
  }

  private ofLayer(plan: TrainingPlan, runner: Runner, layer: WeightLayer, end: NodeId, images: number): number[] {
    const { doubles } = this.store;
    const shape = this.graph.nodes[layer.z]?.shape ?? [1, 1, 1];
    const squares = plan.buffers.squares.get(layer.z);
    let sum = 0;
    for (let image = 0; squares && image < images; image++) {
      const at = (runner.address(squares) + image * squares.stride) / 8;
      sum += (doubles[at] ?? 0) + (doubles[at + 1] ?? 0);
    }
    const signal = images * Math.sqrt(sum / (images * elements(shape)));
    return [signal, this.responseStd(layer, images), this.deadShare(runner, plan, layer, end)];
  }

  /** Mean and variance of each channel that a norm reads, or that a layer makes. */
  channelsOf(node: NodeId, images: number): { readonly mean: number; readonly variance: number }[] {
    const { doubles } = this.store;
    const [rows, columns, channels] = this.graph.nodes[node]?.shape ?? [1, 1, 1];
    const start = required(this.layout.norms, node) / 8;
    const count = images * rows * columns;
    return Array.from({ length: channels }, (_, channel) => {
      const at = start + 8 * Math.floor(channel / 4) + (channel % 4);
      const mean = (doubles[at] ?? 0) / count;
      const variance = (doubles[at + 4] ?? 0) / count - mean * mean;
      return { mean, variance: variance < 0 ? 0 : variance };
    });
  }

  private responseStd({ response }: WeightLayer, images: number): number {
    const { op } = this.graph.nodes[response] ?? {};
    const { floats } = this.store;
    const parameter = (id: number, channel: number) => {
      const first = this.layout.regions.regions[id]?.first ?? 0;
      return floats[this.layout.parameters / 4 + 4 * first + channel] ?? 0;
    };
    const channels = this.channelsOf(response, images).map((channel, i) => {
      if (op?.kind !== 'batchNorm') return channel;
      const share = channel.variance / (channel.variance + NORM_EPSILON);
      return { mean: parameter(op.shift, i), variance: parameter(op.scale, i) ** 2 * share };
    });
    const mean = channels.reduce((sum, each) => sum + each.mean, 0) / channels.length;
    const spread = channels.reduce((sum, each) => sum + each.variance + (each.mean - mean) ** 2, 0);
    return Math.sqrt(spread / channels.length);
  }

  private deadShare(runner: Runner, { buffers }: TrainingPlan, layer: WeightLayer, end: NodeId): number {
    const counts = buffers.dead.get(end);
    if (!counts) return 0;
    const at = runner.address(counts) / 4;
    const dead = this.store.floats.subarray(at, at + 4).reduce((sum, each) => sum + each, 0);
    const [rows, columns, channels] = this.graph.nodes[layer.output]?.shape ?? [1, 1, 1];
    // What fills up packs was counted too: a ReLU's is never above 0, the derivative of tanh at 0 is 1.
    const filling = layer.activation === 'tanh' ? 0 : rows * columns * (4 * packsOf(channels) - channels);
    return (dead - filling) / (rows * columns * channels);
  }
}
