/**
 * What the learner asked for, and nothing else: an experiment is plain data that can be compared,
 * stored and written into a link. Everything else on the page is computed from it.
 */
import type { NetworkSettings, TrainingSpec } from './settings.ts';

export type { NetworkSettings, TrainingSpec } from './settings.ts';

/** The networks of an experiment stand side by side and are called a, b, c and d. */
export const networkIds = ['a', 'b', 'c', 'd'] as const;
export type NetworkId = (typeof networkIds)[number];

export type Activation = NetworkSettings['act'];
export type Kernel = NetworkSettings['kernel'];
export type Optimizer = TrainingSpec['opt'];
export type ImageSize = TrainingSpec['size'];

export const itemKinds = [
  'conv',
  'identity',
  'plain',
  'residual',
  'dirac',
  'zeroresidual',
  'maxpool',
  'avgpool',
  'dense',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Kinds made of convs, which therefore have a width and a stride. */
export const convKinds = ['conv', 'plain', 'residual', 'dirac', 'zeroresidual'] as const;
export type ConvKind = (typeof convKinds)[number];

/**
 * A conv layer, or a block of two: `plain`, or `residual` with its shortcut. Two kinds start as the identity, behind a
 * ReLU at least, and in post-activation order: `dirac` is a conv layer without normalisation whose weights pass each channel
 * on, and `zeroresidual` a residual block whose last scale is 0.
 */
export interface ConvItem {
  readonly kind: ConvKind;
  /** Output channels. */
  readonly width: number;
  /** Side of the filters; without it, that of the network's settings. */
  readonly kernel?: Kernel;
  /** Of the item's first conv. */
  readonly stride: 1 | 2;
  /** How many times the item is repeated, each with the same width and stride. */
  readonly count: number;
}

export interface DenseItem {
  readonly kind: 'dense';
  /** Output units. */
  readonly width: number;
  readonly count: number;
}

/** Layers without weights: the identity, and 2×2 pooling with stride 2. */
export interface BareItem {
  readonly kind: 'identity' | 'maxpool' | 'avgpool';
  readonly count: number;
}

export type Item = ConvItem | DenseItem | BareItem;

/** One network: its stack (input first) and how its layers are made. The head and the classifier follow the stack. */
export interface NetworkSpec extends NetworkSettings {
  readonly stack: readonly Item[];
}

export interface Experiment {
  /** One to four networks; the first is called a. */
  readonly networks: readonly NetworkSpec[];
  readonly training: TrainingSpec;
}
