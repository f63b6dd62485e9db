import { gather } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import type { Draw } from '../../ops/drop/mask.ts';
import type { Mode, Statistics } from '../../ops/reference.ts';
import * as softmaxCrossEntropy from '../../ops/softmaxCrossEntropy/reference.ts';
import { countWrong } from '../classify.ts';
import type { Signals, Snapshot, StepResult, Trainer, UpdateRule } from '../engine.ts';
import { initialAverages } from '../runningAverages.ts';
import { requireBehindInput } from '../signals.ts';
import { averagedWith, inEvaluation, preciseStatistics, type StatisticsByNode } from './evaluate.ts';
import { measure } from './measure.ts';
import { overflowOf, overflowOfUpdate } from './overflow.ts';
import { backwardPass, forwardPass, inTraining, logitsOf } from './passes.ts';
import { inputBatch, item, parameterTensors } from './tensors.ts';
import { initialState, type State, update } from './update.ts';

/** Images evaluated at a time, to bound memory. */
const EVALUATION_BATCH = 250;

/** One network, trained in float64. Snapshots round to float32, so restoring one continues almost as before. */
export class ReferenceTrainer implements Trainer {
  private state: State;

  constructor(
    private readonly graph: NetworkGraph,
    initial: readonly Float32Array[],
    private readonly rule: UpdateRule,
    private readonly images: TrainingImages,
  ) {
    this.state = initialState(parameterTensors(graph, initial), rule);
    this.state = { ...this.state, averages: this.averagesOf() };
  }

  async step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    const { parameters } = this.state;
    const { outputs, loss, gradients } = this.backpropagate(this.images.train, images);
    const overflow = overflowOf(this.graph, outputs, loss, gradients);
    if (!overflow) {
      const averages = averagedWith(this.state.averages, this.graph, outputs);
      this.state = { ...update(this.graph, this.rule, this.state, gradients.parameters, learningRate), averages };
    }
    return {
      loss,
      layers: measure(this.graph, parameters, outputs, gradients, this.state.parameters),
      overflow: overflow ?? overflowOfUpdate(this.graph, this.state.parameters),
    };
  }

  async gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    const { loss, gradients } = this.backpropagate(this.images.train, images);
    return { loss, parameters: gradients.parameters.map(({ values }) => Float32Array.from(values)) };
  }

  async evaluate(
    calibration: Uint32Array,
    train: Uint32Array,
    test: Uint32Array,
  ): Promise<{ trainError: number; testError: number }> {
    const mode = inEvaluation(this.statisticsBy(calibration));
    return {
      trainError: this.error(this.images.train, train, mode),
      testError: this.error(this.images.test, test, mode),
    };
  }

  async activations(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Float32Array[]> {
    const examples = this.examples(this.images[set], images);
    const outputs = forwardPass(this.graph, this.state.parameters, examples.images, inTraining(this.draw()));
    return nodes.map((node) => Float32Array.from(item(outputs, node).values));
  }

  async signals(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Signals> {
    requireBehindInput(this.graph, nodes);
    const { outputs, gradients } = this.backpropagate(this.images[set], images);
    return {
      outputs: nodes.map((node) => Float32Array.from(item(outputs, node).values)),
      gradients: nodes.map((node) => Float32Array.from(item(gradients.nodes, node).values, (by) => by * images.length)),
    };
  }

  async statistics(calibration: Uint32Array): Promise<ChannelStatistics[]> {
    return inFloats(this.statisticsBy(calibration));
  }

  async logits(set: 'train' | 'test', images: Uint32Array, calibration: Uint32Array): Promise<Float32Array> {
    const { parameters } = this.state;
    const mode = inEvaluation(this.statisticsBy(calibration));
    const batches: number[][] = [];
    for (let start = 0; start < images.length; start += EVALUATION_BATCH) {
      const examples = this.examples(this.images[set], images.subarray(start, start + EVALUATION_BATCH));
      batches.push([...logitsOf(this.graph, parameters, examples.images, mode).values]);
    }
    return Float32Array.from(batches.flat());
  }

  async snapshot(): Promise<Snapshot> {
    return {
      parameters: this.state.parameters.map(({ values }) => Float32Array.from(values)),
      moments: this.state.updates === 0 ? [] : this.state.moments.map((values) => Float32Array.from(values)),
      updates: this.state.updates,
      ...(this.keepsAverages && { averages: inFloats(this.state.averages) }),
    };
  }

  restore(snapshot: Snapshot): void {
    const fresh = initialState(parameterTensors(this.graph, snapshot.parameters), this.rule);
    const moments = snapshot.moments.map((values) => Float64Array.from(values));
    const state = snapshot.updates === 0 ? fresh : { ...fresh, moments, updates: snapshot.updates };
    this.state = { ...state, averages: this.averagesOf(snapshot.averages) };
  }

  dispose(): void {
    this.state = { parameters: [], moments: [], updates: 0, averages: new Map() };
  }

  private get keepsAverages(): boolean {
    return this.rule.stats === 'running';
  }

  /** None where they are not kept. */
  private averagesOf(given?: readonly ChannelStatistics[]): StatisticsByNode {
    const inDoubles = initialAverages(this.graph, given).map(({ node, mean, variance }): [NodeId, Statistics] => [
      node,
      { mean: Float64Array.from(mean), variance: Float64Array.from(variance) },
    ]);
    return new Map(this.keepsAverages ? inDoubles : []);
  }

  private statisticsBy(calibration: Uint32Array): StatisticsByNode {
    if (this.keepsAverages) return this.state.averages;
    const { images } = this.examples(this.images.train, calibration);
    return preciseStatistics(this.graph, this.state.parameters, images);
  }

  private examples(set: ImageSet, indices: Uint32Array) {
    const { pixels, labels } = gather(set, indices);
    return { images: inputBatch(this.graph, pixels, labels.length), labels };
  }

  /** Of the next step's masks. */
  private draw(): Draw {
    return { seed: this.rule.seed, updates: this.state.updates };
  }

  private backpropagate(set: ImageSet, indices: Uint32Array) {
    const { images, labels } = this.examples(set, indices);
    const { parameters } = this.state;
    const draw = this.draw();
    const outputs = forwardPass(this.graph, parameters, images, inTraining(draw));
    const loss = softmaxCrossEntropy.forward(item(outputs, this.graph.logits), labels);
    return { outputs, loss, gradients: backwardPass(this.graph, parameters, outputs, labels, draw) };
  }

  private error(set: ImageSet, indices: Uint32Array, mode: Mode): number {
    let wrong = 0;
    for (let start = 0; start < indices.length; start += EVALUATION_BATCH) {
      const { images, labels } = this.examples(set, indices.subarray(start, start + EVALUATION_BATCH));
      wrong += countWrong(logitsOf(this.graph, this.state.parameters, images, mode).values, labels);
    }
    return wrong / indices.length;
  }
}

function inFloats(statistics: StatisticsByNode): ChannelStatistics[] {
  return Array.from(statistics, ([node, { mean, variance }]) => ({
    node,
    mean: Float32Array.from(mean),
    variance: Float32Array.from(variance),
  }));
}
