/**
 * What a trainer does beside its steps, whatever computes: errors, logits, statistics and signals. A target says how a schedule is run and read; when a
 * reading takes its turn among the steps is its matter too, as a GPU has many under way.
 */
import { labelsOf } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import { classesOf, type NetworkGraph, type NodeId } from '../../network/graph.ts';
import { errorOf } from '../classify.ts';
import type { Signals, Snapshot, StepResult, Trainer } from '../engine.ts';
import { perImage, requireBehindInput } from '../signals.ts';

type SetName = 'train' | 'test';

export abstract class PlannedTrainer implements Trainer {
  constructor(
    protected readonly graph: NetworkGraph,
    protected readonly images: TrainingImages,
  ) {}

  abstract step(images: Uint32Array, learningRate: number): Promise<StepResult>;
  abstract gradients(images: Uint32Array): Promise<{ loss: number; parameters: Float32Array[] }>;
  abstract snapshot(): Promise<Snapshot>;
  abstract restore(snapshot: Snapshot): void;
  abstract dispose(): void;

  /** Reads the network after the steps and readings that were asked for before, and ahead of those to come. */
  protected abstract between<T>(read: () => Promise<T>): Promise<T>;

  /**
   * Makes the norms' statistics those of these training images, all in one batch, or running averages where the rule says so.
   * @returns the images' logits with them, [images, classes], where they are made by the way; else none
   */
  protected abstract calibrate(images: Uint32Array): Promise<Float32Array>;

  /** Logits with the statistics that are there. @returns [images, classes] */
  protected abstract classify(set: ImageSet, images: Uint32Array): Promise<Float32Array>;

  /** The statistics that are there, of so many images. */
  protected abstract readStatistics(images: number): Promise<ChannelStatistics[]>;

  /**
   * What some nodes put out, with the batch's own statistics, and on request, behind that, the gradients of the mean loss by it.
   * @returns for each [images, height, width, channels]
   */
  protected abstract look(
    set: SetName,
    images: Uint32Array,
    nodes: readonly NodeId[],
    backwards: boolean,
  ): Promise<Float32Array[]>;

  evaluate(
    calibration: Uint32Array,
    train: Uint32Array,
    test: Uint32Array,
  ): Promise<{ trainError: number; testError: number }> {
    const nothing = new Float32Array();
    return this.between(async () => {
      const calibrated = await this.calibrate(calibration);
      const known = calibration.every((image, i) => train[i] === image) ? calibrated : nothing;
      return {
        trainError: await this.errorOf(this.images.train, train, known),
        testError: await this.errorOf(this.images.test, test, nothing),
      };
    });
  }

  activations(set: SetName, images: Uint32Array, nodes: readonly NodeId[]): Promise<Float32Array[]> {
    return this.between(() => this.look(set, images, nodes, false));
  }

  async signals(set: SetName, images: Uint32Array, nodes: readonly NodeId[]): Promise<Signals> {
    requireBehindInput(this.graph, nodes);
    const found = await this.between(() => this.look(set, images, nodes, true));
    return { outputs: found.slice(0, nodes.length), gradients: perImage(found.slice(nodes.length), images.length) };
  }

  statistics(calibration: Uint32Array): Promise<ChannelStatistics[]> {
    return this.between(async () => {
      await this.calibrate(calibration);
      return this.readStatistics(calibration.length);
    });
  }

  logits(set: SetName, images: Uint32Array, calibration: Uint32Array): Promise<Float32Array> {
    return this.between(async () => {
      await this.calibrate(calibration);
      return this.classify(this.images[set], images);
    });
  }

  /** @param known logits of the first images */
  private async errorOf(set: ImageSet, images: Uint32Array, known: Float32Array): Promise<number> {
    const classes = classesOf(this.graph);
    const logits = new Float32Array(images.length * classes);
    logits.set(known);
    logits.set(await this.classify(set, images.subarray(known.length / classes)), known.length);
    return errorOf(logits, labelsOf(set, images));
  }
}
