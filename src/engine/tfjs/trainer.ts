/** Trains one network on TensorFlow.js, on whichever backend is set. */
import * as tf from '@tensorflow/tfjs-core';
import { gather, labelsOf } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import type { Draw } from '../../ops/drop/mask.ts';
import { softmaxCrossEntropy } from '../../ops/softmaxCrossEntropy/tfjs.ts';
import type { Activations, ParameterLookup } from '../../ops/tfjs.ts';
import { errorOf } from '../classify.ts';
import type { Signals, Snapshot, StepResult, Trainer, UpdateRule } from '../engine.ts';
import { perImage, requireBehindInput, variancesOf } from '../signals.ts';
import { type Averages, averagedWith, statisticsOf } from './averages.ts';
import { disposeStatistics, logitsOf, preciseStatistics, type StatisticsByNode } from './evaluate.ts';
import { overflowOf, StepMeter } from './measure.ts';
import { type BackwardVisitor, backward, type ForwardPass, forwardForTraining, imageTensor } from './passes.ts';
import { ScalarReader } from './scalars.ts';
import { disposeState, type State, stateOf, updated } from './update.ts';

export class TfjsTrainer implements Trainer {
  private state: State;

  constructor(
    private readonly graph: NetworkGraph,
    initial: readonly Float32Array[],
    private readonly rule: UpdateRule,
    private readonly images: TrainingImages,
  ) {
    this.state = stateOf(graph, rule, { parameters: initial, moments: [], updates: 0 });
  }

  async step(images: Uint32Array, learningRate: number): Promise<StepResult> {
    const reader = new ScalarReader();
    const meter = new StepMeter(this.graph, reader);
    let averages: readonly Averages[] = [];
    const { loss, gradients } = this.backpropagate(
      this.images.train,
      images,
      (pass) => {
        meter.forward(pass);
        averages = averagedWith(this.state.averages, pass);
      },
      (node, gradient) => meter.nodeGradient(node, gradient),
    );
    const lossSlot = reader.add(loss);
    const next = updated(this.graph, this.rule, this.state, gradients, learningRate, averages);
    meter.weights(this.state.parameters, gradients, next.parameters);
    tf.dispose(gradients);
    const values = await reader.read();
    const { layers, updateOverflow } = meter.result(values);
    const lossValue = values[lossSlot] ?? Number.NaN;
    const overflow = overflowOf(lossValue, layers);
    this.keep(overflow === null ? next : this.state, next);
    return { loss: lossValue, layers, overflow: overflow ?? updateOverflow };
  }

  async gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }> {
    const { loss, gradients } = this.backpropagate(this.images.train, images);
    const parameters = await Promise.all(gradients.map((gradient) => gradient.data() as Promise<Float32Array>));
    const [lossValue = Number.NaN] = await loss.data();
    tf.dispose([loss, ...gradients]);
    return { loss: lossValue, parameters };
  }

  async evaluate(
    calibration: Uint32Array,
    train: Uint32Array,
    test: Uint32Array,
  ): Promise<{ trainError: number; testError: number }> {
    const statistics = this.statisticsBy(calibration);
    const error = async (set: 'train' | 'test', images: Uint32Array): Promise<number> =>
      errorOf(await this.logitsBy(statistics, set, images), labelsOf(this.images[set], images));
    const trainError = await error('train', train);
    const testError = await error('test', test);
    disposeStatistics(statistics);
    return { trainError, testError };
  }

  async activations(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Float32Array[]> {
    const { size } = this.images;
    const inputs = imageTensor(gather(this.images[set], images), size);
    const { outputs, saved } = forwardForTraining(this.graph, inputs, this.parameter, this.draw());
    const found = await Promise.all(nodes.map((node) => outputs[node]?.data() as Promise<Float32Array>));
    tf.dispose([...outputs, ...saved.flat()]);
    return found.map((values) => values.slice());
  }

  async signals(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Signals> {
    requireBehindInput(this.graph, nodes);
    const outputs = new Map<NodeId, tf.Tensor>();
    const gradients = new Map<NodeId, tf.Tensor>();
    const { loss, gradients: byParameters } = this.backpropagate(
      this.images[set],
      images,
      (pass) => {
        for (const node of nodes) outputs.set(node, tf.clone(pass.outputs[node] as Activations));
      },
      (node, gradient) => {
        if (outputs.has(node)) gradients.set(node, tf.clone(gradient));
      },
    );
    const inOrder = (found: ReadonlyMap<NodeId, tf.Tensor>) => nodes.map((node) => found.get(node) as tf.Tensor);
    const signals = await Promise.all([copiesOf(inOrder(outputs)), copiesOf(inOrder(gradients))]);
    tf.dispose([loss, ...byParameters, ...outputs.values(), ...gradients.values()]);
    return { outputs: signals[0], gradients: perImage(signals[1], images.length) };
  }

  private averages(): Promise<ChannelStatistics[]> {
    const copied = async ({ node, ...tensors }: Averages) => {
      const [mean, variance] = await copiesOf([tensors.mean, tensors.variance]);
      return { node, mean: mean as Float32Array, variance: variance as Float32Array };
    };
    return Promise.all(this.state.averages.map(copied));
  }

  async statistics(calibration: Uint32Array): Promise<ChannelStatistics[]> {
    if (this.rule.stats === 'running') return this.averages();
    const statistics = this.statisticsBy(calibration);
    const found = await Promise.all(
      Array.from(statistics, async ([node, { mean, inverseStd }]) => {
        const [means = new Float32Array(), inverseStds = new Float32Array()] = await copiesOf([mean, inverseStd]);
        return { node, mean: means, variance: variancesOf(inverseStds) };
      }),
    );
    disposeStatistics(statistics);
    return found;
  }

  async logits(set: 'train' | 'test', images: Uint32Array, calibration: Uint32Array): Promise<Float32Array> {
    const statistics = this.statisticsBy(calibration);
    const logits = await this.logitsBy(statistics, set, images);
    disposeStatistics(statistics);
    return logits;
  }

  private logitsBy(statistics: StatisticsByNode, set: 'train' | 'test', images: Uint32Array): Promise<Float32Array> {
    return logitsOf(this.graph, this.parameter, this.images[set], this.images.size, images, statistics);
  }

  async snapshot(): Promise<Snapshot> {
    const { parameters, moments, updates } = this.state;
    const [parameterCopies, momentCopies, ofNorms] = await Promise.all([
      copiesOf(parameters),
      copiesOf(moments),
      this.averages(),
    ]);
    const kept = this.rule.stats === 'running' && { averages: ofNorms };
    return { parameters: parameterCopies, moments: momentCopies, updates, ...kept };
  }

  restore(snapshot: Snapshot): void {
    disposeState(this.state);
    this.state = stateOf(this.graph, this.rule, snapshot);
  }

  dispose(): void {
    disposeState(this.state);
    this.state = { parameters: [], moments: [], updates: 0, averages: [] };
  }

  private readonly parameter: ParameterLookup = (id) => {
    const value = this.state.parameters[id];
    if (value === undefined) throw new RangeError(`no parameter ${id}`);
    return value;
  };

  private statisticsBy(calibration: Uint32Array): StatisticsByNode {
    if (this.rule.stats === 'running') return statisticsOf(this.state.averages);
    const { train, size } = this.images;
    return preciseStatistics(this.graph, this.parameter, train, size, calibration);
  }

  /** Of the next step's masks. */
  private draw(): Draw {
    return { seed: this.rule.seed, updates: this.state.updates };
  }

  private backpropagate(
    set: ImageSet,
    indices: Uint32Array,
    onForward: (pass: ForwardPass) => void = () => {},
    visit: BackwardVisitor = () => {},
  ): { loss: tf.Scalar; gradients: tf.Tensor[] } {
    const examples = gather(set, indices);
    const images = imageTensor(examples, this.images.size);
    const pass = forwardForTraining(this.graph, images, this.parameter, this.draw());
    onForward(pass);
    const logits = pass.outputs[this.graph.logits] as Activations;
    const { loss, gradient } = tf.tidy(() =>
      softmaxCrossEntropy(logits, tf.tensor1d(Int32Array.from(examples.labels), 'int32')),
    );
    return { loss, gradients: backward(this.graph, pass, gradient, this.parameter, visit) };
  }

  /** Goes on with `kept`; whichever of the old and the new state it is not, is disposed. */
  private keep(kept: State, next: State): void {
    const dropped = kept === next ? this.state : next;
    this.state = kept;
    disposeState(dropped);
  }
}

/** The numbers of tensors, which may be disposed before they have arrived: tfjs gives only those of live tensors. */
async function copiesOf(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const held = tensors.map((tensor) => tf.clone(tensor));
  try {
    return await Promise.all(held.map(async (tensor) => ((await tensor.data()) as Float32Array).slice()));
  } finally {
    tf.dispose(held);
  }
}
