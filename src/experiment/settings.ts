/**
 * The settings of an experiment, each declared once: what values it takes and why no others, what it usually is, and by its name here its key in links.
 * Types, limits, links, presets, sweeps, controls and the keys of kept runs follow from these tables.
 */
import { type DataRef, type ImageFormat, sizesOf } from './dataRef.ts';
import { between, positive, type Range, whole } from './limits.ts';

export type SettingValue = string | number;

/** What may be said of a setting besides its values. */
interface About<V> {
  /** Without one of these values of another setting it means nothing, or with this one. */
  readonly only?: { readonly key: string } & (
    | { readonly values: readonly SettingValue[] }
    | { readonly not: SettingValue }
  );
  /** What a sweep begins with, where neither every choice nor half and double says most. */
  readonly swept?: readonly V[];
}

export interface ChoiceSetting<V extends SettingValue = SettingValue> extends About<V> {
  readonly kind: 'choice';
  readonly choices: readonly V[];
  readonly usual: V;
}

export interface NumberSetting extends About<number> {
  readonly kind: 'number';
  readonly range: Range;
  readonly usual: number;
}

/** Some numbers of a range, rising. The value is their text, with hyphens between them: in links, commas separate the values of a sweep. */
export interface ListSetting extends About<string> {
  readonly kind: 'list';
  readonly range: Range;
  readonly usual: string;
}

export type Setting = ChoiceSetting | NumberSetting | ListSetting;

/** @param usual once released it stays: the keys of kept runs leave out what is usual (`experimentText.ts`) */
function choice<const V extends SettingValue>(choices: readonly V[], usual: NoInfer<V>, about: About<NoInfer<V>> = {}) {
  return { kind: 'choice', choices, usual, ...about } as const satisfies ChoiceSetting<V>;
}

function number(range: Range, usual: number, about: About<number> = {}): NumberSetting {
  return { kind: 'number', range, usual, ...about };
}

function list(range: Range, usual: string, about: About<string> = {}): ListSetting {
  return { kind: 'list', range, usual, ...about };
}

const LIST_SEPARATOR = '-';

export function listText(numbers: readonly number[]): string {
  return numbers.join(LIST_SEPARATOR);
}

/** The numbers of a list's value. */
export function listNumbers(value: SettingValue): readonly number[] {
  return String(value).split(LIST_SEPARATOR).map(Number);
}

/**
 * How the residual blocks of a network join their two paths, the shortcut and the residual branch: the variants of He et al. 2016 (arXiv 1603.05027),
 * SkipInit and stochastic depth. Without residual blocks they mean nothing. Usual is the block of He et al. 2015 with option A.
 */
export const blockSettings = {
  /**
   * Option A: subsample and pad with zero channels (no parameters). Option B: 1×1 projection where the shape changes. Option C:
   * 1×1 projection at every block (He et al. 2015, arXiv 1512.03385, section 3.3).
   */
  shortcut: choice(['a', 'b', 'c'], 'a'),
  /**
   * Where normalisation and activation stand in a residual block: the arrangements of He et al. 2016 (arXiv 1603.05027), figure 4 a to e, as a table in
   * `network/blockPaths.ts`.
   */
  order: choice(['post', 'normafter', 'actbefore', 'actonly', 'pre'], 'post', { swept: ['post', 'pre'] }),
  /** Convs that a shortcut goes around: both of a residual item, or each of them. */
  span: choice([1, 2], 2),
  /** Constant factor on the shortcut; 0 cuts it. Above 1 it grows by powers of the depth, and 10 is past every float at 110 layers. */
  skipscale: number(between(0, 10), 1, { swept: [0, 0.5, 1] }),
  /** Constant factor on the branch. */
  branchscale: number(between(0, 10), 1, { swept: [0.5, 1] }),
  /** One learned factor on each branch that starts at 0 (SkipInit, De & Smith 2020; ReZero, Bachlechner et al. 2020). */
  skipinit: choice(['off', 'on'], 'off'),
  /** What is gated by g = σ of a 1×1 conv of the block's input: nothing, the shortcut by 1 − g, or the shortcut by 1 − g and the branch by g. */
  gate: choice(['none', 'shortcut', 'exclusive'], 'none'),
  /** What the biases of the gates' 1×1 convs start at; σ(±20) is 1 or 0 to the last digit of a float32. */
  gatebias: number(between(-20, 20), -6, {
    only: { key: 'gate', values: ['shortcut', 'exclusive'] },
    swept: [0, -6, -7],
  }),
  /** Share of the shortcut's elements that are dropped in training. At 1 there would be none; a factor of 0 says that better. */
  dropout: number(between(0, 0.95), 0, { swept: [0, 0.25, 0.5] }),
  /**
   * Probability to keep the last block's branch in a training step; block l of L keeps its own with 1 − l/L · (1 − survival), the
   * linear decay of stochastic depth (Huang et al. 2016, arXiv 1603.09382). At 0 the last block would never be trained.
   */
  survival: number(positive(1), 1, { swept: [1, 0.8, 0.5] }),
};

/** The shortcut alone comes before the head in links and in the keys of kept runs. */
const { shortcut, ...otherBlockSettings } = blockSettings;

/** How a network is made: all of its spec but the stack. Each may be set for all networks (`norm=none`) or for one (`b.norm=none`). */
export const networkSettings = {
  /**
   * Layer norm is over height, width and channels of each image, with a scale and a shift a channel: group norm of one group (`ops/groupNorm/op.ts`).
   */
  norm: choice(['none', 'batch', 'layer', 'group'], 'batch', { swept: ['none', 'batch'] }),
  /** Of channels, in group norm; a layer whose channels it does not divide has the largest number of groups that divides both. */
  groups: number(whole(1, 64), 4, { only: { key: 'norm', values: ['group'] }, swept: [1, 2, 4, 8] }),
  /** ELU with α = 1, GELU in its exact form, and SiLU, which is swish: see `ops/activation/reference.ts`. */
  act: choice(['sigmoid', 'tanh', 'relu', 'leaky', 'elu', 'gelu', 'silu', 'linear'], 'relu', {
    swept: ['sigmoid', 'tanh', 'relu', 'leaky', 'linear'],
  }),
  /** Side of the filters of all convs whose item does not say another. */
  kernel: choice([1, 3, 5, 7], 3),
  init: choice(['normal', 'xavier', 'he', 'orthogonal', 'pytorch', 'keras'], 'he', {
    swept: ['normal', 'xavier', 'he', 'pytorch', 'keras'],
  }),
  /** Standard deviation of the weights where `init` is `normal`; at 0 no gradient passes at all. */
  std: number(positive(10), 0.05, { only: { key: 'init', values: ['normal'] } }),
  /** Multiplies the initial weights of every layer but the classifier. */
  gain: number(positive(100), 1),
  shortcut,
  head: choice(['gap', 'flatten'], 'gap'),
  ...otherBlockSettings,
};

/** What all networks of an experiment share, so that a comparison is fair. */
export const trainingSettings = {
  /** Side of the square images in pixels; of data sets that somebody has brought, see `trainingSetting`. */
  size: choice([14, 28], 14),
  /**
   * Pixels with mean 0 and deviation 1 in each channel of the training images; less the mean of that pixel over them, as He et al. 2015 have it, at the same
   * scale; from 0 to 1; or from 0 to 255 as they stand in files.
   */
  input: choice(['standard', 'pixelmean', 'unit', 'raw'], 'standard'),
  /** Images in a minibatch: beyond 512 an epoch is too few steps to watch. */
  batch: number(whole(1, 512), 64),
  opt: choice(['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'], 'momentum'),
  /** Learning rate at step 1; `schedule` takes it from there. Far beyond what diverges, so that divergence can be seen. */
  lr: number(positive(10), 0.05),
  schedule: choice(['constant', 'linear', 'cosine', 'steps'], 'linear'),
  /**
   * Where in the run the rate is multiplied by `stepfactor`, in percent of its steps, so that a shorter run keeps the shape. Usual are those of He et
   * al. 2015 (section 4.2): 32,000 and 48,000 of 64,000.
   */
  milestones: list(between(1, 99), '50-75', {
    only: { key: 'schedule', values: ['steps'] },
    swept: ['50', '50-75', '30-60-80'],
  }),
  /** 0 would end training at the first milestone. */
  stepfactor: number(positive(1), 0.1, { only: { key: 'schedule', values: ['steps'] }, swept: [0.1, 0.2, 0.5] }),
  /** Steps at the beginning at a smaller rate, whatever the schedule; 0 is off. No more than there are steps in a run. */
  warmup: number(whole(0, 10_000), 0, { swept: [0, 10, 40] }),
  /** Whether the rate rises on a line meanwhile (Goyal et al. 2017, arXiv 1706.02677) or jumps at the end (He et al. 2015, section 4.2, for 110 layers). */
  warmupform: choice(['linear', 'constant'], 'linear', { only: { key: 'warmup', not: 0 } }),
  /** Share of the rate at which a warm-up begins. He et al. begin at 0.01 for 0.1. */
  warmupfactor: number(between(0, 1), 0.1, { only: { key: 'warmup', not: 0 }, swept: [0, 0.1, 0.3] }),
  /** L2 penalty, added to the gradient of conv and dense weights; of AdamW, to the step. 0 is off. */
  wd: number(between(0, 1), 0),
  /** Largest global gradient norm; longer gradients are scaled down to it. 0 is off. */
  clip: number(between(0, 1e6), 0),
  /** Of the initial weights and the order of the images; the random generator takes 32 bits. */
  seed: number(whole(0, 2 ** 32 - 1), 1),
  /** Training images: the page ships 10,000, of ten classes. */
  train: number(whole(10, 10_000), 6000),
  /** Test images that errors are measured on, or all there are: of 10,000, as CIFAR-10 has them, a tenth of a point can be told. */
  test: number(whole(10, 10_000), 1000),
  /**
   * What each step does to its images by chance (`data/augment.ts`): takes them from a place up to 4 pixels off, in a border of the mean level, and turns
   * every other one into its mirror image, as He et al. 2015 do for CIFAR-10 (section 4.2).
   */
  augment: choice(['none', 'crop', 'cropflip'], 'none'),
  /**
   * What batch norm takes in evaluation: statistics re-estimated from up to 512 training images, which Wu & Johnson 2021 (arXiv 2105.07576) call precise, or
   * running averages of the minibatches' (`engine/runningAverages.ts`).
   */
  stats: choice(['precise', 'running'], 'precise'),
  /** Share of the training images whose label is drawn anew, from all classes alike (Zhang et al. 2017, arXiv 1611.03530). Test images keep theirs. */
  labelnoise: number(between(0, 1), 0, { swept: [0, 0.2, 0.5, 1] }),
  /** Minibatch updates in the run; the schedule ends there. He et al. make 64,000 on CIFAR-10. What is recorded of more takes turns in memory (`history.ts`). */
  steps: number(whole(1, 100_000), 200),
};

/**
 * Width of a family's first stage; like a network setting, but it ends up in the stack. Below 4, seeds differ more than depths; 64 is ResNet-18's.
 */
export const familyWidthSetting = number(whole(4, 64), 8, { swept: [4, 8, 16] });

type Values<T extends Readonly<Record<string, Setting>>> = {
  readonly [K in keyof T]: T[K] extends ChoiceSetting<infer V> ? V : T[K] extends ListSetting ? string : number;
};

export type BlockSettings = Values<typeof blockSettings>;
export type NetworkSettings = Values<typeof networkSettings>;
/** Images of which size and of which data set, and how they are trained on. */
export interface TrainingSpec extends Omit<Values<typeof trainingSettings>, 'size'>, ImageFormat {}

export type BlockSettingKey = keyof BlockSettings;
export type NetworkSettingKey = keyof NetworkSettings;
export type TrainingSettingKey = keyof typeof trainingSettings;

export const blockSettingKeys = Object.keys(blockSettings) as readonly BlockSettingKey[];
export const networkSettingKeys = Object.keys(networkSettings) as readonly NetworkSettingKey[];
export const trainingSettingKeys = Object.keys(trainingSettings) as readonly TrainingSettingKey[];

function usual<T extends Readonly<Record<string, Setting>>>(table: T): Values<T> {
  return Object.fromEntries(Object.entries(table).map(([key, setting]) => [key, setting.usual])) as Values<T>;
}

/** Those of presets T7 and S14, and the residual block of He et al. 2015 with option A. */
export const usualNetwork = usual(networkSettings);
export const usualTraining = usual(trainingSettings);

/** A setting as a data set has it: how large its images can be, and how many there are, is its own. */
export function trainingSetting(key: TrainingSettingKey, data: DataRef | undefined): Setting {
  if (!data) return trainingSettings[key];
  if (key === 'size') return choice<number>(sizesOf(data), data.side);
  return key === 'train'
    ? number(whole(trainingSettings.train.range.min, data.train), data.train)
    : trainingSettings[key];
}

/** Training with another data set: in the size and with as many images as that has, if need be. */
export function fedWith(training: TrainingSpec, data: DataRef | undefined): TrainingSpec {
  const { data: _, ...rest } = training;
  const sizes = sizesOf(data);
  const size = sizes.includes(rest.size) ? rest.size : (sizes.at(-1) ?? rest.size);
  const train = Math.min(rest.train, data?.train ?? trainingSettings.train.range.max);
  return { ...rest, size, train, batch: Math.min(rest.batch, train), ...(data && { data }) };
}

export function isBlockSetting(key: string): key is BlockSettingKey {
  return key in blockSettings;
}

/** What a setting lacks beside the others of its table to mean anything: the one that would have to have another value; null where it means something. */
function lackOf({ only }: Setting, values: Readonly<Record<string, SettingValue>>): About<never>['only'] | null {
  const value = only && values[only.key];
  if (value === undefined) return null;
  return only && ('values' in only ? only.values.includes(value) : value !== only.not) ? null : only;
}

export function unusedFor(key: NetworkSettingKey, network: NetworkSettings) {
  return lackOf(networkSettings[key], { ...network });
}

export function unusedInTraining(key: TrainingSettingKey, { data: _, ...training }: TrainingSpec) {
  return lackOf(trainingSettings[key], training);
}
