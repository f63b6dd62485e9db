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

/**
 * Option A: subsample and pad with zero channels (no parameters). Option B: 1×1 projection where the shape changes. Option C:
 * 1×1 projection at every block (He et al. 2015, arXiv 1512.03385, section 3.3).
 */
export const shortcuts = ['a', 'b', 'c'] as const;
export type Shortcut = (typeof shortcuts)[number];

/** Whether a residual block ends in its activation, or starts with normalisation and activation. */
export const blockOrders = ['post', 'pre'] as const;
export type BlockOrder = (typeof blockOrders)[number];

export const switches = ['off', 'on'] as const;
export type Switch = (typeof switches)[number];

/** What is gated: nothing, the shortcut by 1 − g, or the shortcut by 1 − g and the branch by g. */
export const gates = ['none', 'shortcut', 'exclusive'] as const;
export type Gate = (typeof gates)[number];

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
 * ReLU at least, and in post-activation order: `dirac` is a conv layer without normalisation whose weights pass each channel
 * on, and `zeroresidual` a residual block whose last scale is 0.
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

/**
 * How the residual blocks of a network join their two paths, the shortcut and the residual branch: the variants of He et al.
 * 2016 (arXiv 1603.05027), SkipInit and stochastic depth. Without residual blocks they mean nothing.
 */
export interface BlockSettings {
  readonly shortcut: Shortcut;
  readonly order: BlockOrder;
  /** Constant factor on the shortcut; 0 cuts it. */
  readonly skipscale: number;
  /** Constant factor on the branch. */
  readonly branchscale: number;
  /** One learned factor on each branch that starts at 0 (SkipInit, De & Smith 2020; ReZero, Bachlechner et al. 2020). */
  readonly skipinit: Switch;
  /** g = σ of a 1×1 conv of the block's input. */
  readonly gate: Gate;
  /** What the biases of the gates' 1×1 convs start at. */
  readonly gatebias: number;
  /** Share of the shortcut's elements that are dropped in training. */
  readonly dropout: number;
  /**
   * Probability to keep the last block's branch in a training step; block l of L keeps its own with 1 − l/L · (1 − survival), the
   * linear decay of stochastic depth (Huang et al. 2016, arXiv 1603.09382).
   */
  readonly survival: number;
}

/** The residual block of He et al. 2015 with option A. */
export const originalBlocks: BlockSettings = {
  shortcut: 'a',
  order: 'post',
  skipscale: 1,
  branchscale: 1,
  skipinit: 'off',
  gate: 'none',
  gatebias: -6,
  dropout: 0,
  survival: 1,
};

/** One network: its stack (input first) and how its layers are made. The head and the classifier follow the stack. */
export interface NetworkSpec extends BlockSettings {
  readonly stack: readonly Item[];
  readonly norm: Normalization;
  readonly act: Activation;
  readonly init: Initialization;
  /** Standard deviation of the weights where `init` is `normal`. */
  readonly std: number;
  /** Multiplies the initial weights of every layer but the classifier. */
  readonly gain: number;
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
