/** What is benched: who takes part, and on which networks. */
import type { ImageSize } from '../../src/experiment/experiment.ts';

/** In the order in which tables list them. The first that runs is what the others are compared with. */
export const contenderNames = [
  'webgpu',
  'webgpu-4',
  'webgpu-4-turns',
  'tfjs-webgpu',
  'jax-js',
  'cpu',
  'cpu-1',
  'cpu-2',
  'cpu-2-turns',
  'tfjs-wasm',
  'jax-js-wasm',
  'torch',
] as const;
export type ContenderName = (typeof contenderNames)[number];

/** A residual network of He et al.'s three stages (preset S14) and the minibatches it trains on. */
export interface BenchCase {
  /** Weight layers, 6n + 2. */
  readonly depth: number;
  /** Channels of the first stage. */
  readonly width: number;
  /** Side of the images in pixels. */
  readonly size: ImageSize;
  readonly batch: number;
}

const BATCH = 32;

/** What `--quick` runs. */
export const quickCase: BenchCase = { depth: 8, width: 8, size: 28, batch: BATCH };

/** What `--cpu` runs. */
export const cpuCases: readonly BenchCase[] = [
  quickCase,
  { depth: 20, width: 8, size: 28, batch: BATCH },
  { depth: 56, width: 8, size: 14, batch: 64 },
  { depth: 20, width: 16, size: 28, batch: BATCH },
];

/** Every network at every width and size, the cheapest networks first. */
export function benchCases(
  depths: readonly number[],
  widths: readonly number[],
  sizes: readonly ImageSize[],
): BenchCase[] {
  return depths.flatMap((depth) =>
    widths.flatMap((width) => sizes.map((size) => ({ depth, width, size, batch: BATCH }))),
  );
}

/** For instance `resnet-20`. */
export function networkName({ depth }: Pick<BenchCase, 'depth'>): string {
  return `resnet-${depth}`;
}

/** A case with the name of its network, as reports have it. */
export function named(benchCase: BenchCase): BenchCase & { readonly network: string } {
  return { network: networkName(benchCase), ...benchCase };
}
