/** What outlives a run because it is slow to get: the engine and the images. */
import type { ArrivingImages, ImageRequest } from '../../data/openImages.ts';
import type { EngineRequest } from '../../engine/choose.ts';
import type { Engine, EngineName } from '../../engine/engine.ts';
import { classCount, testCount } from '../../experiment/dataRef.ts';
import type { TrainingSpec } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/problem.ts';
import type { Examiners } from '../examination.ts';
import type { EngineInfo, LabListener, RunRequest } from './protocol.ts';
import type { RunStore } from './runStore.ts';

export interface ResourceOptions {
  /** Opens the data set and starts loading it. */
  openImages(request: ImageRequest): ArrivingImages;
  /**
   * Starts the engine asked for, or the next best; `skipped` says what failed before it.
   * @param without an engine that has refused
   */
  startEngine(
    request: EngineRequest,
    without: EngineName | null,
  ): Promise<{ engine: Engine; skipped: readonly Problem[] }>;
  /** Bytes that training may use. */
  readonly memoryBudget: number;
  readonly examiners: Examiners;
  /** Where runs are kept that outlive their page. */
  readonly runs?: RunStore;
}

/** What the images of an experiment follow from. */
type ImageSettings = Pick<TrainingSpec, 'size' | 'data' | 'train' | 'test' | 'input' | 'labelnoise' | 'seed'>;

export class Resources {
  private heldImages: { readonly request: ImageRequest; readonly arriving: ArrivingImages } | null = null;
  private heldEngine: {
    readonly request: EngineRequest;
    readonly engine: Engine;
    readonly without: EngineName | null;
  } | null = null;

  constructor(readonly options: ResourceOptions) {}

  /** The images of an experiment, which may still be arriving: those of the last one where it used the same. */
  images(training: ImageSettings): ArrivingImages {
    const { size, data, train, input, labelnoise, seed } = training;
    const noise = { share: labelnoise, seed, classes: classCount(training) };
    const request = {
      size,
      ...(data && { data }),
      trainCount: train,
      testCount: testCount(training),
      input,
      noise: labelnoise > 0 ? noise : null,
    };
    const known = this.heldImages;
    const isSameSet = known?.request.data?.id === data?.id;
    if (known && JSON.stringify(known.request) === JSON.stringify(request)) return known.arriving;
    const arriving = known && isSameSet ? known.arriving.at(request) : this.options.openImages(request);
    this.heldImages = { request, arriving };
    return arriving;
  }

  /**
   * The engine of the last run where it asked for the same, else a new one.
   * @param emit is told which engine was started and what failed before it
   * @param without an engine that has refused to train what is asked for
   * @throws ProblemError where none can be started
   */
  async engine(request: EngineRequest, emit: LabListener, without: EngineName | null = null): Promise<Engine> {
    const known = this.startedFor(request, without);
    if (known) return known;
    this.dropEngine();
    const { engine, skipped } = await this.options.startEngine(request, without);
    this.heldEngine = { request, engine, without };
    if (this.info) emit({ type: 'engine', engine: this.info });
    for (const problem of skipped) emit({ type: 'notice', problem });
    return engine;
  }

  /** Whether a run could start at once: its engine runs and images have begun to arrive. */
  areReady({ experiment, engine }: RunRequest): boolean {
    return this.startedFor(engine, null) !== null && this.images(experiment.training).available.train > 0;
  }

  private startedFor({ engine, backend }: EngineRequest, without: EngineName | null): Engine | null {
    const known = this.heldEngine;
    const same = known?.request.engine === engine && known.request.backend === backend && known.without === without;
    return same ? known.engine : null;
  }

  /** What it says of itself; before one has started there is nothing to say. */
  get info(): EngineInfo | null {
    if (!this.heldEngine) return null;
    const { name, backend, device, sideBySide } = this.heldEngine.engine;
    return { engine: name, backend, device, ...(sideBySide && { seeds: sideBySide.most }) };
  }

  /** The engine that was started last. */
  get current(): Engine | null {
    return this.heldEngine?.engine ?? null;
  }

  /** Gives up an engine that failed, so that the next run starts a new one. */
  dropEngine(): void {
    this.heldEngine?.engine.dispose();
    this.heldEngine = null;
  }
}
