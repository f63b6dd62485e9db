/**
 * What an engine does: it trains the networks of an experiment, one minibatch at a time, and
 * measures. Three implementations stand behind this interface; the worker chooses one and the page
 * names it. A call never waits for an earlier result, so an engine may keep several steps in flight.
 */
import type { TrainingImages } from '../data/images.ts';
import type { Optimizer, TrainingSpec } from '../experiment/experiment.ts';
import type { MemoryNeed } from '../experiment/memory.ts';
import type { ChannelStatistics } from '../network/foldedNorms.ts';
import type { NetworkGraph, NodeId } from '../network/graph.ts';
import type { LayerMeasurements, Overflow } from '../records/records.ts';

/** What an engine runs on. */
export type Device =
  | {
      readonly kind: 'cpu';
      readonly simd: boolean;
      readonly threads: number;
      /** Multiply-adds are fused: rounded once instead of twice. */
      readonly fma?: boolean | undefined;
    }
  /** By the name its driver gives. */
  | { readonly kind: 'gpu'; readonly name: string };

/** An engine that cannot train a network which another one can. */
export class EngineRefusal extends Error {}

/** Why there is no plan: a graph that the plan's makers did not think of is no reason not to train it, as another engine can. */
export function refusalOf(error: unknown): unknown {
  return error instanceof RangeError ? new EngineRefusal(`no plan for this network: ${error.message}`) : error;
}

export type EngineName = 'webgpu' | 'cpu' | 'tfjs' | 'reference';

/** How to update: the part of the training spec that an engine needs. */
export interface UpdateRule {
  readonly opt: Optimizer;
  readonly wd: number;
  readonly clip: number;
  /** Of what is drawn in training: the masks of `drop` nodes. */
  readonly seed: number;
  /** Whether batch norm's running averages are kept, and take the place of re-estimated statistics in evaluation; they are not where nothing is said. */
  readonly stats?: TrainingSpec['stats'];
}

export interface StepResult {
  /** Mean cross entropy of the minibatch before the update. */
  readonly loss: number;
  readonly layers: LayerMeasurements;
  readonly overflow: Overflow | null;
}

/** A copy of all that training has changed; restoring it continues exactly as before. */
export interface Snapshot {
  /** In the graph's parameter order, float32. */
  readonly parameters: readonly Float32Array[];
  /** Optimizer state: momentum, or Adam's two moments in turn; empty before the first step. */
  readonly moments: readonly Float32Array[];
  /** Updates made so far (Adam's bias correction and the masks of the next step follow from it). */
  readonly updates: number;
  /** Running averages of every batch norm, in the graph's order, where they are kept. A norm without begins at mean 0 and variance 1. */
  readonly averages?: readonly ChannelStatistics[];
}

/** Activations and gradients of some nodes: arrays in the order of the nodes, [images, height, width, channels], row-major. */
export interface Signals {
  readonly outputs: Float32Array[];
  /** N · ∂L/∂output, L being the mean cross entropy over the N images: each image's own gradient, where images do not share statistics. */
  readonly gradients: Float32Array[];
}

/** One network under training. */
export interface Trainer {
  /** Bytes that it takes to train and evaluate the network, where it was prepared and knows without being asked. */
  readonly memory?: number | undefined;
  /**
   * One minibatch update.
   * @param images indices of the training images in the batch
   * @param learningRate after the schedule
   */
  step(images: Uint32Array, learningRate: number): Promise<StepResult>;
  /** The gradient of the loss by every parameter, for one minibatch, without an update: the next step's. Shapes as in the graph. */
  gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }>;
  /**
   * Misclassified fractions in evaluation mode: `drop` nodes give their expectation, and batch norm uses statistics re-estimated from the
   * `calibration` training images ("precise BN"), as running averages lag in short runs, or these where the rule says so.
   * @param sets for each set of images, which of its indices
   */
  evaluate(
    calibration: Uint32Array,
    train: Uint32Array,
    test: Uint32Array,
  ): Promise<{ trainError: number; testError: number }>;
  /**
   * What some nodes of the graph put out for a minibatch, with the minibatch's own statistics and the masks of the next step, as in training.
   * The weights are in a `snapshot`.
   * @param set which images; @param images which of its indices
   * @returns for each node [images, height, width, channels], row-major
   */
  activations(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Float32Array[]>;
  /**
   * What some nodes put out for a minibatch, as `activations`, and the gradients of its loss by that, without an update.
   * @param set which images; @param images which of its indices
   * @param nodes any but the input; for the gradient by the images see `withInputLayer`
   * @throws RangeError for the input
   */
  signals(set: 'train' | 'test', images: Uint32Array, nodes: readonly NodeId[]): Promise<Signals>;
  /**
   * The statistics of every batch norm, in the graph's order, as `evaluate` uses them.
   * @param calibration training images
   */
  statistics(calibration: Uint32Array): Promise<ChannelStatistics[]>;
  /**
   * The logits in evaluation mode, as `evaluate` sees them.
   * @param set which images; @param images which of its indices
   * @param calibration training images from which the statistics of batch norm are re-estimated, if they are
   * @returns [images, classes], row-major
   */
  logits(set: 'train' | 'test', images: Uint32Array, calibration: Uint32Array): Promise<Float32Array>;
  snapshot(): Promise<Snapshot>;
  restore(snapshot: Snapshot): void;
  dispose(): void;
}

/** What a trainer can be asked for. */
export type TrainerMethod = Exclude<keyof Trainer, 'memory'>;

/** Lets a trainer start faster, and report its progress. */
export interface Preparation {
  /** Images in the minibatches to come. */
  readonly batch: number;
  /** Images that batch norm's statistics will be re-estimated from, at most. */
  readonly calibration: number;
  /** Told how many of how many parts of the network are ready, where that takes long. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** One of several networks that are trained side by side. */
export interface SideNetwork {
  readonly graph: NetworkGraph;
  /** Parameters in the graph's order; copied. */
  readonly initial: readonly Float32Array[];
  /** Of what is drawn in training. */
  readonly seed: number;
}

/** How many bytes networks need that are trained, and evaluated on the way. */
export interface MemoryOf {
  memoryNeed(graphs: readonly NetworkGraph[], rule: UpdateRule, batch: number): MemoryNeed;
  /** No fewer for a batch than `memoryNeed`, and known at once; where that takes a while. */
  memoryAtMost?(graphs: readonly NetworkGraph[], rule: UpdateRule, batch: number): number;
}

/**
 * Networks that are trained side by side, quicker than one after the other where they are asked in one go. What each of them computes is what it
 * would compute alone, bit for bit.
 */
export interface SideBySide extends MemoryOf {
  /** As the engine's. */
  readonly lookahead: number;
  /** Networks of one graph that are best trained at a time, at most. */
  readonly most: number;
  /**
   * A trainer for each, which may be disposed of one by one.
   * @param rule the same for all but for the seeds
   * @returns null where it is no quicker
   * @throws EngineRefusal where they may have to be trained by themselves
   */
  createTrainers(
    networks: readonly SideNetwork[],
    rule: UpdateRule,
    images: TrainingImages,
    preparation?: Preparation,
  ): Promise<Trainer[] | null>;
}

export interface Engine extends MemoryOf {
  readonly name: EngineName;
  /** The backend in use, for instance `wasm`. */
  readonly backend: string;
  readonly device: Device;
  /** Steps that a network may have under way at one time: 1 where a step occupies the thread that asks for it. */
  readonly lookahead: number;
  /** Resolves with the reason when the device is gone, as drivers crash and laptops sleep; null where that cannot happen. */
  readonly lost: Promise<string> | null;
  /**
   * @param initial parameters in the graph's order; copied
   * @param images the training and test images, which may still be arriving: a caller asks only for those that are there
   * @throws EngineRefusal where another engine could train the network
   */
  createTrainer(
    graph: NetworkGraph,
    initial: readonly Float32Array[],
    rule: UpdateRule,
    images: TrainingImages,
    preparation?: Preparation,
  ): Promise<Trainer>;
  /** Where several networks can be quicker than one after the other. */
  readonly sideBySide?: SideBySide;
  dispose(): void;
}
