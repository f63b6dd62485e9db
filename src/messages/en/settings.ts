/** The words of settings: an entry a key of the link. */
import type { NetworkSpec } from '../../experiment/experiment.ts';
import type {
  BlockSettingKey,
  NetworkSettingKey,
  TrainingSettingKey,
  TrainingSpec,
} from '../../experiment/settings.ts';
import { number, rounded, signed } from '../format.ts';

/** What a control is called, and a sentence that says what it is and what it changes. */
interface Words {
  readonly label: string;
  readonly meaning: string;
  /** What a value means that is not plain from the label. */
  readonly remark?: string;
  /** Numbers that are choices, as they are shown. */
  readonly choices?: Readonly<Record<string, string>>;
  /** What would give it a use that another setting leaves without it. */
  readonly unused?: string;
}

/** Choices have their words, by value; numbers, and lists of them, have none. */
type WordsFor<V extends string | number> = Words &
  (number extends V ? unknown : string extends V ? unknown : { readonly choices: Readonly<Record<V, string>> });

/** A network, and the width of its family. */
type Made = NetworkSpec & { readonly width: number };

/** In the name of a network that has an unusual value or stands beside others, and of blocks in full in the line below it and for screen readers. */
type NetworkWords = {
  readonly [K in NetworkSettingKey]: WordsFor<NetworkSpec[K]> & {
    readonly short: (made: Made) => string;
  } & (K extends BlockSettingKey ? { readonly full: (made: NetworkSpec) => string } : unknown);
};

type TrainingWords = { readonly [K in TrainingSettingKey]: WordsFor<TrainingSpec[K]> };

const activations = {
  sigmoid: 'Sigmoid',
  tanh: 'tanh',
  relu: 'ReLU',
  leaky: 'Leaky ReLU',
  elu: 'ELU',
  gelu: 'GELU',
  silu: 'SiLU (swish)',
  linear: 'Linear',
};

const initializations = {
  normal: 'Normal',
  xavier: 'Xavier',
  he: 'He',
  orthogonal: 'Orthogonal',
  pytorch: 'PyTorch’s default',
  keras: 'Keras’ default',
};

function initialization({ init, std }: NetworkSpec): string {
  return init === 'normal' ? `normal(${number(std)})` : initializations[init];
}

const orders = {
  post: 'Post-activation',
  normafter: 'Norm after addition',
  actbefore: 'Activation before addition',
  actonly: 'Activation-only pre-activation',
  pre: 'Pre-activation',
};

const inSentence = (label: string) => `${label.charAt(0).toLowerCase()}${label.slice(1)}`;

const factor = (value: number) => `×${rounded(value)}`;

/** A gate's words have its bias in them. */
function gateInShort({ gate, gatebias }: NetworkSpec): string {
  return `${gate === 'exclusive' ? 'exclusive gate' : 'gate'} ${signed(rounded(gatebias))}`;
}

function gateInFull({ gate, gatebias }: NetworkSpec): string {
  return `${gate === 'exclusive' ? 'exclusive gates' : 'gated shortcuts'}, bias ${signed(rounded(gatebias))}`;
}

/** In the order in which a network's name says them. */
const network = {
  act: {
    label: 'Activation',
    meaning: 'What is done to each number that a layer puts out. On the way back its slope multiplies the gradient.',
    choices: activations,
    short: ({ act }) => activations[act],
  },
  kernel: {
    label: 'Filter size',
    meaning:
      'Pixels along each side of the convs’ filters: larger ones see more of a map at once and have more weights.',
    choices: { 1: '1 × 1', 3: '3 × 3', 5: '5 × 5', 7: '7 × 7' },
    short: ({ kernel }) => `${kernel}×${kernel} convs`,
  },
  init: {
    label: 'Initialisation',
    meaning:
      'How large the random weights are at the start, and so how large signals and gradients are before anything is learned.',
    choices: initializations,
    short: initialization,
  },
  std: {
    label: 'Standard deviation',
    meaning:
      'The spread of the weights at the start: small ones let signals shrink from layer to layer, large ones let them grow.',
    unused: 'used when initialisation is Normal',
    short: initialization,
  },
  gain: {
    label: 'Gain',
    meaning:
      'Multiplies the weights at the start, all but the classifier’s: signals and gradients change by it once a layer.',
    short: ({ gain }) => `gain ${number(gain)}`,
  },
  width: {
    label: 'Width',
    meaning:
      'How many channels the first stage has; each later stage has twice as many. Wider networks can express more and take longer.',
    short: ({ width }) => `width ${number(width)}`,
  },
  head: {
    label: 'Head',
    meaning:
      'What the classifier sees: the mean of each channel, or every number of the last maps, which takes more weights.',
    choices: { gap: 'Global average pooling', flatten: 'Flatten' },
    short: ({ head }) => (head === 'gap' ? 'GAP' : 'flatten'),
  },
  norm: {
    label: 'Normalisation',
    meaning:
      'Brings signals to mean 0 and spread 1: each channel over the minibatch, or each image over its channels, all or in groups.',
    choices: { none: 'None', batch: 'Batch norm', layer: 'Layer norm', group: 'Group norm' },
    /** Another normalisation is said behind all else (`names.ts`). */
    short: ({ norm }) => (norm === 'none' ? 'no normalisation' : ''),
  },
  groups: {
    label: 'Groups',
    meaning:
      'Into how many groups the channels of a layer are divided, each of which is brought to mean 0 and spread 1.',
    remark: 'fewer where they do not divide a layer’s channels',
    unused: 'used with group norm',
    short: ({ groups }) => `${number(groups)} groups`,
  },
  order: {
    label: 'Block order',
    meaning:
      'Where a block normalises and activates: behind the addition, on its branch, or before each conv, so that shortcuts pass all on.',
    choices: orders,
    short: ({ order }) => (order === 'pre' ? 'pre-act' : inSentence(orders[order])),
    full: ({ order }) => inSentence(orders[order]),
  },
  span: {
    label: 'Convs in a block',
    meaning:
      'Whether a shortcut goes around two convs, or around each conv: twice as many blocks, each of which can do less.',
    choices: { 1: 'One', 2: 'Two' },
    short: () => 'one conv a block',
    full: () => 'one conv in each block',
  },
  shortcut: {
    label: 'Shortcut',
    meaning:
      'What a shortcut does where a block changes the number of channels: fill up with zeros, or learn a 1×1 conv.',
    choices: { a: 'A: zero-padding', b: 'B: projection', c: 'C: 1×1 everywhere' },
    short: ({ shortcut }) => (shortcut === 'b' ? 'option B' : '1×1'),
    full: ({ shortcut }) => (shortcut === 'b' ? 'option B shortcuts' : '1×1 conv on every shortcut'),
  },
  skipscale: {
    label: 'Factor on the shortcut',
    meaning: 'Multiplies what a shortcut carries: at 1 signals pass unchanged; at less they fade from block to block.',
    remark: '1 is the identity',
    short: ({ skipscale }) => `skip ${factor(skipscale)}`,
    full: ({ skipscale }) => (skipscale === 0 ? 'shortcuts cut' : `shortcuts ${factor(skipscale)}`),
  },
  branchscale: {
    label: 'Factor on the branch',
    meaning: 'Multiplies what the layers of a block add to its input: the smaller, the less each block changes.',
    remark: '1 leaves it as it is',
    short: ({ branchscale }) => `branch ${factor(branchscale)}`,
    full: ({ branchscale }) => (branchscale === 0 ? 'branches cut' : `branches ${factor(branchscale)}`),
  },
  skipinit: {
    label: 'Learned factor on the branch',
    meaning: 'A factor on each branch, learned from 0 on: at the start every block passes its input on unchanged.',
    choices: { off: 'None', on: 'From 0 (SkipInit)' },
    short: () => 'SkipInit',
    full: () => 'learned factor on the branches, from 0',
  },
  gate: {
    label: 'Gate',
    meaning: 'Lets each block learn, number by number, how much of its input the shortcut carries.',
    choices: { none: 'None', shortcut: 'Shortcut: 1 − g', exclusive: 'Shortcut 1 − g, branch g' },
    short: gateInShort,
    full: gateInFull,
  },
  gatebias: {
    label: 'Bias of the gate',
    meaning: 'Where the gates stand at the start: the more negative, the more the shortcuts carry.',
    unused: 'used with a gate',
    short: gateInShort,
    full: gateInFull,
  },
  dropout: {
    label: 'Dropout on the shortcut',
    meaning:
      'The share of what shortcuts carry that each step sets to 0 at random: it disturbs the way that signals take.',
    short: ({ dropout }) => `dropout ${rounded(dropout)}`,
    full: ({ dropout }) => `dropout ${rounded(dropout)} on the shortcuts`,
  },
  survival: {
    label: 'Survival of the last block',
    meaning:
      'How likely the last block is to take part in a step, and not just its shortcut (stochastic depth). Earlier blocks are likelier to.',
    remark: '1 is off',
    short: ({ survival }) => `survival ${rounded(survival)}`,
    full: ({ survival }) => `stochastic depth, the last block kept with ${rounded(survival)}`,
  },
} satisfies NetworkWords & { width: Words & { short: (made: Made) => string } };

const training = {
  size: {
    label: 'Image size',
    meaning: 'Pixels along each side of the images: larger ones show more, and a step takes about four times as long.',
    choices: { 14: '14 × 14', 28: '28 × 28' },
  },
  input: {
    label: 'Pixels',
    meaning:
      'What pixels are when they enter: brought to mean 0 and spread 1, to 0 to 1, or left as they are, which makes first signals far too large.',
    choices: { standard: 'Mean 0, spread 1', pixelmean: 'Less each pixel’s mean', unit: '0 to 1', raw: '0 to 255' },
  },
  batch: {
    label: 'Batch size',
    meaning: 'How many images each step learns from: with more, the gradient is steadier and the step takes longer.',
  },
  opt: {
    label: 'Optimizer',
    meaning:
      'How gradients become steps: SGD follows them, Momentum and Nesterov keep part of their speed, RMSprop and Adam fit the step to each weight.',
    choices: {
      sgd: 'SGD',
      momentum: 'Momentum',
      nesterov: 'Nesterov',
      rmsprop: 'RMSprop',
      adam: 'Adam',
      adamw: 'AdamW',
    },
  },
  lr: {
    label: 'Learning rate',
    meaning: 'How far each step goes: too small, and little is learned; too large, and the loss grows.',
  },
  schedule: {
    label: 'Schedule',
    meaning:
      'Whether the learning rate stays as it is or falls, to 0 by the last step or at milestones, so that the network settles.',
    choices: { constant: 'Constant', linear: 'Linear to 0', cosine: 'Cosine to 0', steps: 'Steps at milestones' },
  },
  milestones: {
    label: 'Milestones',
    meaning:
      'Where in the run the learning rate falls, in percent of its steps: at 50 and 75, it falls at half time and once more at three quarters.',
    remark: 'in % of the steps',
  },
  stepfactor: {
    label: 'Factor at milestones',
    meaning: 'What the learning rate is multiplied by at each milestone: 0.1 divides it by ten.',
  },
  warmup: {
    label: 'Warm-up steps',
    meaning:
      'How many steps the run begins with at a smaller learning rate, so that a deep network survives its first steps.',
    remark: '0 is off',
  },
  warmupform: {
    label: 'Warm-up rate',
    meaning: 'Whether the learning rate rises step by step during the warm-up or stays low and jumps at its end.',
    choices: { linear: 'Rises', constant: 'Stays, then jumps' },
  },
  warmupfactor: {
    label: 'Warm-up begins at',
    meaning: 'The share of the learning rate at which the warm-up begins: 0.1 is a tenth of it.',
    remark: '1 is all of it',
  },
  wd: {
    label: 'Weight decay',
    meaning: 'Pulls weights towards 0 in every step, in proportion to their size: it keeps them from growing.',
  },
  clip: {
    label: 'Gradient clipping',
    meaning:
      'The longest gradient that a step may follow; longer ones are cut to it, so that no single step goes astray.',
  },
  seed: {
    label: 'Seed',
    meaning:
      'The number that all chance follows from: weights at the start, order of images. The same seed repeats the run.',
  },
  train: {
    label: 'Training images',
    meaning:
      'How many images there are to learn from: of few, a network learns each by heart and does worse on new ones.',
  },
  test: {
    label: 'Test images',
    meaning: 'How many images that no network has learned from the test error is measured on, or all there are.',
  },
  augment: {
    label: 'Augmentation',
    meaning:
      'Whether each step sees its images moved by up to 4 pixels, or mirrored as well, by chance: few images then do the work of many.',
    choices: { none: 'None', crop: 'Moved', cropflip: 'Moved and mirrored' },
  },
  stats: {
    label: 'Batch norm’s statistics in tests',
    meaning:
      'What batch norm takes while errors are measured: statistics re-estimated from 512 training images, or running averages, which lag behind.',
    choices: { precise: 'Re-estimated', running: 'Running averages' },
  },
  labelnoise: {
    label: 'Label noise',
    meaning:
      'The share of the training images whose label is drawn by lot: such labels can only be learned by heart, so training and test error part.',
  },
  steps: {
    label: 'Steps',
    meaning: 'How long the run is: in each step the network sees one batch and its weights are updated once.',
  },
} satisfies TrainingWords;

const stack = {
  family: {
    label: 'Family',
    meaning: 'How the stack is built and on which maps: plain or with shortcuts; in three stages, or flat.',
  },
  depth: {
    label: 'Depth',
    meaning: 'How many conv and dense layers an image passes: more of them can express more, and are harder to train.',
  },
  added: {
    label: 'Added layers',
    meaning:
      'How many layers stand in the middle of the base of 8. If all of them passed their input on, nothing would be lost.',
  },
} satisfies Record<string, Words>;

export const settings = { ...stack, ...network, ...training };
