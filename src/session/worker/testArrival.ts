/** What the tests of a session need: small experiments, and noise images that arrive when a test says so. */
import type { ArrivingImages, ImageRequest } from '../../data/openImages.ts';
import { testImages } from '../../engine/testNetworks.ts';
import { type Experiment, type NetworkSpec, originalBlocks, type TrainingSpec } from '../../experiment/experiment.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';

export const tiny: NetworkSpec = {
  stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }],
  norm: 'none',
  act: 'relu',
  init: 'he',
  std: 0.05,
  gain: 1,
  ...originalBlocks,
  head: 'gap',
};
/** Overflows in its first few steps. */
export const exploding: NetworkSpec = {
  ...tiny,
  init: 'normal',
  std: 10,
  gain: 100,
  act: 'linear',
  stack: [{ kind: 'conv', width: 2, stride: 2, count: 20 }],
};
const training: TrainingSpec = {
  size: 14,
  batch: 4,
  opt: 'sgd',
  lr: 0.1,
  schedule: 'constant',
  wd: 0,
  clip: 0,
  seed: 1,
  train: 20,
  steps: 10,
};

/** A small experiment on noise: seconds in float64. */
export function experiment(networks: readonly NetworkSpec[], changes: Partial<TrainingSpec> = {}): Experiment {
  return { networks, training: { ...training, ...changes } };
}

/** Noise images whose arrival the test decides. */
export class Arrival implements ArrivingImages {
  readonly available = { train: 0, test: 0 };
  readonly images;
  #failure: ProblemError | null = null;
  #waiting: (() => void)[] = [];

  constructor(
    readonly request: ImageRequest,
    arrived: { train: number; test: number },
  ) {
    const { train, test } = testImages(request.size, Math.max(40, request.trainCount));
    this.images = {
      size: request.size,
      train: { ...train, count: request.trainCount },
      test: { ...test, count: 30 },
    };
    this.deliver(arrived.train, arrived.test);
  }

  deliver(train: number, test: number): void {
    Object.assign(this.available, { train, test });
    this.#wake();
  }

  break(code: 'data.checksum'): void {
    this.#failure = new ProblemError(problem(code, { file: 'train-0.bin' }));
    this.#wake();
  }

  retry(): void {
    this.#failure = null;
  }

  async until(train: number, test: number): Promise<void> {
    while (this.available.train < train || this.available.test < test) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  at(request: Partial<ImageRequest>): ArrivingImages {
    return new Arrival({ ...this.request, ...request }, this.available);
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
