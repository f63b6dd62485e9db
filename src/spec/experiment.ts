/**
 * What the learner asked for, and nothing else: an experiment is plain data that can be compared,
 * stored and written into a link. Everything else on the page is computed from it.
 */

/** The networks of an experiment stand side by side and are called a, b, c and d. */
export const networkIds = ['a', 'b', 'c', 'd'] as const;
export type NetworkId = (typeof networkIds)[number];

export const normalizations = ['none', 'batch'] as const;
export type Normalization = (typeof normalizations)[number];

export const activations = ['sigmoid', 'tanh', 'relu', 'leaky', 'linear'] as const;
export type Activation = (typeof activations)[number];

export const initializations = ['normal', 'xavier', 'he', 'orthogonal'] as const;
export type Initialization = (typeof initializations)[number];

/** Option A: subsample and pad with zero channels (no parameters). Option B: 1×1 projection where the shape changes. */
export const shortcuts = ['a', 'b'] as const;
export type Shortcut = (typeof shortcuts)[number];

export const heads = ['gap', 'flatten'] as const;
export type Head = (typeof heads)[number];

export const optimizers = ['sgd', 'momentum', 'adam'] as const;
export type Optimizer = (typeof optimizers)[number];

export const schedules = ['constant', 'linear', 'cosine'] as const;
export type Schedule = (typeof schedules)[number];

export const imageSizes = [14, 28] as const;
export type ImageSize = (typeof imageSizes)[number];

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

/** Kinds made of 3×3 convs, which therefore have a width and a stride. */
export const convKinds = ['conv', 'plain', 'residual', 'dirac', 'zeroresidual'] as const;
export type ConvKind = (typeof convKinds)[number];

/**
 * A conv layer (3×3), or a block of two: `plain`, or `residual` with its shortcut. Two kinds start as the identity, behind a
 * ReLU at least: `dirac` is a conv layer without normalisation whose weights pass each channel on, and `zeroresidual` a
 * residual block whose last scale is 0.
 */
export interface ConvItem {
  readonly kind: ConvKind;
  /** Output channels. */
  readonly width: number;
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
export interface NetworkSpec {
  readonly stack: readonly Item[];
  readonly norm: Normalization;
  readonly act: Activation;
  readonly init: Initialization;
  /** Standard deviation of the weights where `init` is `normal`. */
  readonly std: number;
  /** Multiplies the initial weights of every layer but the classifier. */
  readonly gain: number;
  readonly shortcut: Shortcut;
  readonly head: Head;
}

/** What all networks of an experiment share, so that a comparison is fair. */
export interface TrainingSpec {
  /** Side of the square images in pixels. */
  readonly size: ImageSize;
  /** Images in a minibatch. */
  readonly batch: number;
  readonly opt: Optimizer;
  /** Learning rate at step 1; `schedule` takes it from there. */
  readonly lr: number;
  readonly schedule: Schedule;
  /** L2 penalty, added to the gradient of conv and dense weights. 0 is off. */
  readonly wd: number;
  /** Largest global gradient norm; longer gradients are scaled down to it. 0 is off. */
  readonly clip: number;
  /** Of the initial weights and the order of the images. */
  readonly seed: number;
  /** Training images. */
  readonly train: number;
  /** Minibatch updates in the run; the schedule ends there. */
  readonly steps: number;
}

export interface Experiment {
  /** One to four networks; the first is called a. */
  readonly networks: readonly NetworkSpec[];
  readonly training: TrainingSpec;
}
