/** The words of experiments: settings, limits, links and edits. */
import type { Problems } from '../../experiment/problem.ts';
import { alternatives, bytes, number, plural } from '../format.ts';
import { sentences } from '../sentences.ts';

const settings = {
  depth: 'Depth',
  width: 'Width',
  norm: 'Normalisation',
  act: 'Activation',
  init: 'Initialisation',
  std: 'Standard deviation',
  gain: 'Gain',
  shortcut: 'Shortcut',
  head: 'Head',
  order: 'Block order',
  skipscale: 'Factor on the shortcut',
  branchscale: 'Factor on the branch',
  skipinit: 'Learned factor on the branch',
  gate: 'Gate',
  gatebias: 'Bias of the gate',
  dropout: 'Dropout on the shortcut',
  survival: 'Survival of the last block',
  size: 'Image size',
  batch: 'Batch size',
  opt: 'Optimizer',
  lr: 'Learning rate',
  schedule: 'Schedule',
  wd: 'Weight decay',
  clip: 'Gradient clipping',
  seed: 'Seed',
  train: 'Training images',
  steps: 'Steps',
};

/** The label of a setting by its key in a link, which may name a network (`b.norm`). */
function settingName({ key }: { readonly key: string }): string {
  const own = key.replace(/^[a-d]\./, '');
  return new Map(Object.entries(settings)).get(own) ?? own;
}

export const specProblems = sentences({
  // spec
  'spec.tooFewNetworks': 'An experiment needs at least one network.',
  'spec.tooManyNetworks': (v) =>
    `${number(v.networks)} networks; at most ${number(v.limit)} fit side by side. Remove ${number(v.excess)}.`,
  'spec.emptyStack': 'Network {network} has no layers; add at least one before the classifier.',
  'spec.tooDeep':
    'Network {network} has {depth} weight layers; at most {limit} are allowed. Remove {excess}, or choose a family of at most {family} layers.',
  'spec.tooManyBareLayers':
    'Network {network} has {layers} identity and pooling layers; at most {limit} are allowed. Remove {excess}.',
  'spec.tooManyItems':
    'The stack of network {network} has {items} items; at most {limit} are allowed. Remove {excess}.',
  'spec.itemWidth':
    'Item {item} ({text}) of network {network} has width {width}; a {kind} item takes a whole number from {min} to {max}.',
  'spec.itemCount':
    'Item {item} ({text}) of network {network} is repeated {count} times; a whole number from {min} to {max} is allowed.',
  'spec.itemStride': 'Item {item} ({text}) of network {network} has stride {stride}; 1 or 2 is allowed.',
  'spec.narrowingShortcut':
    'Item {item} ({text}) of network {network} narrows from {from} to {to} channels, but a shortcut of option A can only keep or widen them. Choose option B (projection), or a width of at least {from}.',
  'spec.bothPathsCut':
    'The residual blocks of network {network} pass nothing on: the shortcut has the factor 0, and so has the branch at the start. Give one of the two another factor.',
  'spec.branchStaysZero':
    'Item {item} ({text}) of network {network} cannot learn anything: its last scale starts at 0 and so does the learned factor of SkipInit, and the gradient of each is a multiple of the other. Turn SkipInit off, or make it a residual block.',
  'spec.outOfRange': (v) =>
    `${settingName(v)}${v.network === undefined ? '' : ` of network ${v.network}`} is ${v.value}; it ${range(v)}.`,
  'spec.notAChoice': (v) =>
    `${settingName(v)}${v.network === undefined ? '' : ` of network ${v.network}`} is ${v.value}; it ${choice(v)}.`,
  'spec.notANumber': (v) => `${settingName(v)} is ${v.value}; it must be a number.`,
  'spec.batchLargerThanTrain':
    'A batch of {batch} images needs at least as many training images; there are {train}. Choose a batch of at most {train}, or more training images.',
  'spec.memoryBatch': (v) =>
    `This experiment needs ${bytes(v.needed)} of memory; this device gives ${bytes(v.budget)}. A batch of ${number(v.batch)} would fit.`,
  'spec.memory': (v) =>
    `This experiment needs ${bytes(v.needed)} of memory even with one image in a batch; this device gives ${bytes(v.budget)}. Use fewer or narrower layers, fewer networks or smaller images.`,
  'spec.familyDepth':
    '{name} is not available: {family} networks have 6n + 2 weight layers, from {min} to {max}. The nearest is {nearest}.',
  'spec.flatDepth':
    '{name} is not available: flat networks have {min} to {max} weight layers, an even number with residual blocks. The nearest is {nearest}.',
  'spec.familyInserted':
    '{name} is not available: between {min} and {max} layers can be added. The nearest is {nearest}.',
  'spec.flatBase': '{name} is not available: the base has three stages, and flat networks have one. Drop “f7-”.',
  'spec.familyWidth': 'Width {width} is not available: a family takes a whole number from {min} to {max}.',
  'spec.badItem':
    '“{item}” is not an item of a stack. Write conv-8, residual-16/2*3, plain-8, dirac-8, zeroresidual-8, dense-64, identity*4, maxpool or avgpool: item, width, /stride, *count.',
  'spec.itemNeedsWidth': '“{item}” needs a width, for instance {example}.',
  'spec.itemTakesNoWidth': '“{item}” has a width, but {kind} keeps the width it is given. Write {example}.',
  'spec.itemTakesNoStride': '“{item}” has a stride, but only conv, plain and residual items take one. Write {example}.',

  // links
  'link.tooLong':
    'The link is {length} characters long; at most {limit} are read. The default experiment is shown instead.',
  'link.version':
    'The link is of version “{version}”, which this page does not know. The default experiment is shown instead.',
  'link.malformed': 'Ignored “{part}” in the link: it should read key=value.',
  'link.unknownKey': 'Ignored “{key}” in the link: there is no such setting.',
  'link.unknownView': 'There is no view “{view}”: the lab is shown instead.',
  'link.duplicate': 'Ignored the second “{key}” in the link: only the first counts.',
  'link.notANumber': (v) => `Ignored ${v.key}=${v.value} in the link: ${settingName(v)} takes a number.`,
  'link.outOfRange': (v) => `Ignored ${v.key}=${v.value} in the link: ${settingName(v)} ${range(v)}.`,
  'link.notAChoice': (v) => `Ignored ${v.key}=${v.value} in the link: ${settingName(v)} ${choice(v)}.`,
  'link.networkIgnored': 'Network {network} of the link, “{token}”, is left out.',
  'link.networkMoved': 'The link has no network {to}, so its network {from} is shown as {to}.',
  'link.noSuchNetwork': 'Ignored “{key}” in the link: it has no network {network}.',
  'link.noSweep': 'Ignored “{key}” in the link: it has no sweep.',
  'link.widthOfCustom': 'Ignored “{key}” in the link: a stack of items states its own widths.',
  'link.default': 'The link asks for more than the limits allow; the default experiment is shown instead.',
  'link.more': (v) =>
    plural(v.count, {
      one: '# more part of the link was ignored.',
      other: '# more parts of the link were ignored.',
    }),

  // edits
  'edit.noSuchNetwork': 'There is no network {network} any more.',
  'edit.noSuchItem': 'There is no item {item} in network {network} any more.',
  'edit.depthOfCustom': 'Network {network} has no depth to set: add, repeat or remove its items instead.',
  'edit.widthOfCustom': 'Network {network} is a custom stack: set the widths of its items instead.',
  'edit.noTwin': 'Network {network} has neither blocks nor pairs of conv layers, so it has no twin.',
  'edit.resetsSetting': (v) => `${settingName(v)} changed: training starts again from step 0.`,
  'edit.resetsNetworks': 'The networks changed: training starts again from step 0.',
});

function range(v: Problems['spec.outOfRange']): string {
  const whole = v.integer === 1 ? 'must be a whole number' : 'must be a number';
  const from = v.above === 1 ? `above ${number(v.min)}` : `from ${number(v.min)}`;
  return `${whole} ${from}${v.above === 1 ? ' and at most ' : ' to '}${number(v.max)}`;
}

function choice({ choices }: { readonly choices: string }): string {
  return `must be ${alternatives(choices.split(' '))}`;
}

export const spec = {
  /** Labels of the settings, by their key in the link. */
  settings,
  choices: {
    norm: { none: 'None', batch: 'Batch norm' },
    act: { sigmoid: 'Sigmoid', tanh: 'tanh', relu: 'ReLU', leaky: 'Leaky ReLU', linear: 'Linear' },
    init: { normal: 'Normal', xavier: 'Xavier', he: 'He', orthogonal: 'Orthogonal' },
    shortcut: { a: 'A: zero-padding', b: 'B: projection', c: 'C: 1×1 everywhere' },
    head: { gap: 'Global average pooling', flatten: 'Flatten' },
    order: { post: 'Post-activation', pre: 'Pre-activation' },
    skipinit: { off: 'None', on: 'From 0 (SkipInit)' },
    gate: { none: 'None', shortcut: 'Shortcut: 1 − g', exclusive: 'Shortcut 1 − g, branch g' },
    opt: { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam' },
    schedule: { constant: 'Constant', linear: 'Linear to 0', cosine: 'Cosine to 0' },
    size: { 14: '14 × 14', 28: '28 × 28' },
  },
  items: {
    conv: 'Conv layer',
    identity: 'Identity layer',
    plain: 'Plain block',
    residual: 'Residual block',
    dirac: 'Conv layer, Dirac',
    zeroresidual: 'Residual block, scale 0',
    maxpool: 'Max pooling',
    avgpool: 'Average pooling',
    dense: 'Dense layer',
  },
  weightLayers: (count: number) => plural(count, { one: '# weight layer', other: '# weight layers' }),
};
