/**
 * Classifies images in evaluation mode. Batch norm uses "precise" statistics: one pass over all
 * calibration images as a single batch leaves them in the norms, which the passes that classify read; or those that it is given.
 */

import type { ImageSet } from '../../data/images.ts';
import type { ChannelStatistics } from '../../network/foldedNorms.ts';
import { classesOf, type NetworkGraph } from '../../network/graph.ts';
import { NORM_EPSILON } from '../../ops/batchNorm/op.ts';
import { hasBatchNorm } from '../plan/batchNorm.ts';
import { packsOf, withoutFilling } from '../plan/packs.ts';
import { variancesOf } from '../signals.ts';
import { checked } from './checked.ts';
import type { GpuContext } from './context.ts';
import { type NormPart, normPart, normParts } from './kernels/values.ts';
import type { Member } from './member.ts';
import { storageBuffer } from './parameterStore.ts';
import { CLASSIFIED_AT_A_TIME, calibrationPlan, classificationPlan } from './plan/evaluation.ts';
import type { Plan } from './plan/plan.ts';
import { readBack } from './readback.ts';
import { type Arenas, Runner } from './runner.ts';

export class Evaluator {
  private calibrating: Runner | null = null;
  private classifying: Promise<Runner> | null = null;
  private norms: GPUBuffer | null = null;
  private response: GPUBuffer | null = null;

  /** @param own what belongs to the network: parameters, which may change between two calls, and what its `drop` nodes keep; `member` which of those it is */
  constructor(
    private readonly context: GpuContext,
    private readonly graph: NetworkGraph,
    private readonly own: Pick<Arenas, 'parameters' | 'drops'>,
    private readonly member: Member,
  ) {}

  /**
   * Makes ready what `calibrate` and `logits` need, which do it themselves where it has not been done.
   * @param calibration images to calibrate with, at most; 0 where statistics will be given
   * @throws EngineRefusal
   */
  async prepare(calibration: number): Promise<void> {
    if (calibration > 0 && hasBatchNorm(this.graph)) await this.calibrator(calibration);
    await this.classifier();
  }

  /** Makes the norms' statistics those of these images. */
  async calibrate(set: ImageSet, images: Uint32Array): Promise<void> {
    if (!hasBatchNorm(this.graph)) return;
    const runner = await this.calibrator(images.length);
    runner.submit({ set, images });
  }

  /** Makes the norms' statistics those that are given. @param parameters of the graph, whose scales and shifts go with them */
  async applyStatistics(statistics: readonly ChannelStatistics[], parameters: readonly Float32Array[]): Promise<void> {
    const { norms } = (await this.classifier()).plan;
    for (const [i, { node, first, channels }] of norms.entries()) {
      const { op } = this.graph.nodes[node] ?? {};
      const own = statistics[i];
      if (op?.kind !== 'batchNorm' || !own || !this.norms) continue;
      const [scale, shift] = [parameters[op.scale], parameters[op.shift]];
      const values = new Float32Array(4 * normParts.length * packsOf(channels));
      const part = (name: NormPart, numberOf: (channel: number) => number) =>
        values.set(
          Float32Array.from({ length: channels }, (_, channel) => numberOf(channel)),
          4 * normPart(name, channels),
        );
      const mean = (channel: number) => own.mean[channel] ?? Number.NaN;
      const inverseStd = (channel: number) => 1 / Math.sqrt((own.variance[channel] ?? Number.NaN) + NORM_EPSILON);
      const slope = (channel: number) => (scale?.[channel] ?? Number.NaN) * inverseStd(channel);
      part('mean', mean);
      part('inverseStd', inverseStd);
      part('slope', slope);
      part('intercept', (channel) => (shift?.[channel] ?? Number.NaN) - slope(channel) * mean(channel));
      this.context.device.queue.writeBuffer(this.norms, 16 * first, values);
    }
  }

  /**
   * The logits of some images, after `calibrate`.
   * @returns [images, classes]
   */
  async logits(set: ImageSet, images: Uint32Array): Promise<Float32Array> {
    const { device } = this.context;
    const classes = classesOf(this.graph);
    const batches: Promise<Float32Array>[] = [];
    for (let start = 0; start < images.length; start += CLASSIFIED_AT_A_TIME) {
      const batch = images.subarray(start, start + CLASSIFIED_AT_A_TIME);
      const runner = await this.classifier();
      runner.submit({ set, images: batch });
      const bytes = batch.length * packsOf(classes) * 16;
      batches.push(
        readBack(device, [{ buffer: runner.logits, bytes }]).then(([found]) =>
          withoutFilling(found ?? new Float32Array(), classes),
        ),
      );
    }
    const found = await Promise.all(batches);
    const all = new Float32Array(images.length * classes);
    found.forEach((logits, i) => {
      all.set(logits, i * CLASSIFIED_AT_A_TIME * classes);
    });
    return all;
  }

  /** The statistics of every batch norm, after `calibrate`. */
  async statistics(): Promise<ChannelStatistics[]> {
    if (!this.norms || !this.calibrating) return [];
    const { norms } = this.calibrating.plan;
    const [found = new Float32Array()] = await readBack(this.context.device, [
      { buffer: this.norms, bytes: this.norms.size },
    ]);
    return norms.map(({ node, first, channels }) => {
      const part = (name: NormPart) => {
        const start = 4 * (first + normPart(name, channels));
        return found.slice(start, start + channels);
      };
      return { node, mean: part('mean'), variance: variancesOf(part('inverseStd')) };
    });
  }

  dispose(): void {
    this.calibrating?.dispose();
    this.classifying?.then((runner) => runner.dispose()).catch(() => undefined);
    this.norms?.destroy();
    this.response?.destroy();
  }

  private async calibrator(count: number): Promise<Runner> {
    if (this.calibrating && this.calibrating.plan.images >= count) return this.calibrating;
    this.calibrating?.dispose();
    this.calibrating = null;
    const { context, graph } = this;
    const plan = calibrationPlan(graph, count, context.tuning);
    await this.haveBuffers(plan);
    this.calibrating = await Runner.create(context, plan, this.arenas(), this.member);
    return this.calibrating;
  }

  private classifier(): Promise<Runner> {
    const make = async () => {
      const { context, graph, member } = this;
      const plan = classificationPlan(graph, context.tuning);
      await this.haveBuffers(plan);
      return Runner.create(context, plan, this.arenas(), member);
    };
    this.classifying ??= make();
    return this.classifying;
  }

  /** Those that both plans share, made for the one that needs them first. */
  private async haveBuffers({ arenas }: Plan): Promise<void> {
    const { device } = this.context;
    await checked(device, 'the evaluation’s buffers', () => {
      if (arenas.norms) this.norms ??= storageBuffer(device, 'norms', arenas.norms);
      if (arenas.response) this.response ??= storageBuffer(device, 'response', arenas.response);
    });
  }

  private arenas(): Arenas {
    return {
      ...this.own,
      ...(this.norms ? { norms: this.norms } : {}),
      ...(this.response ? { response: this.response } : {}),
    };
  }
}
