/** The words of experiments: settings, limits, links and edits. */
import type { ItemKind } from '../../experiment/experiment.ts';
import { limits } from '../../experiment/limits.ts';
import type { FamilyRule, Problems } from '../../experiment/problem.ts';
import { alternatives, bytes, number, plural } from '../format.ts';
import { sentences } from '../sentences.ts';
import { settings } from './settings.ts';

interface ItemWords {
  readonly label: string;
  readonly meaning: string;
}

/** The label of a setting by its key in a link, which may name a network (`b.norm`). */
function settingName({ key }: { readonly key: string }): string {
  const own = key.replace(/^[a-d]\./, '');
  return new Map(Object.entries(settings)).get(own)?.label ?? own;
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
  'spec.itemKernel':
    'Item {item} ({text}) of network {network} has filters of {kernel} × {kernel}; 1, 3, 5 or 7 pixels a side are allowed.',
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
    `This experiment needs ${bytes(v.needed)} of memory; this device gives ${bytes(v.budget)}. A batch of ${number(v.batch)} would fit${v.depth === undefined ? '' : `, or ${number(v.depth)} layers with the batch as it is`}.`,
  'spec.memory': (v) =>
    `This experiment needs ${bytes(v.needed)} of memory even with one image in a batch; this device gives ${bytes(v.budget)}. Use fewer or narrower layers, fewer networks or smaller images.`,
  'spec.familyDepth': familyProblem('spec.familyDepth'),
  'spec.flatDepth': familyProblem('spec.flatDepth'),
  'spec.familyInserted': familyProblem('spec.familyInserted'),
  'spec.flatBase': familyProblem('spec.flatBase'),
  'spec.familyWidth': 'Width {width} is not available: a family takes a whole number from {min} to {max}.',
  'spec.badItem':
    '“{item}” is not an item of a stack. Write conv-8, conv5-8, residual-16/2*3, plain-8, dirac-8, zeroresidual-8, dense-64, identity*4, maxpool or avgpool: item, side of its filters, width, /stride, *count.',
  'spec.itemNeedsWidth': '“{item}” needs a width, for instance {example}.',
  'spec.itemTakesNoWidth': '“{item}” has a width, but {kind} keeps the width it is given. Write {example}.',
  'spec.itemTakesNoStride': '“{item}” has a stride, but only conv, plain and residual items take one. Write {example}.',

  // links
  'link.damaged': (v) =>
    v.shown === 'page'
      ? 'This link is damaged: none of its networks can be read. What you see is this page’s own experiment, not the one that was sent.'
      : 'This link is damaged: not all of it can be read. What you see is only a part of the experiment that was sent.',
  'link.tooLong':
    'The link is {length} characters long; at most {limit} are read. The default experiment is shown instead.',
  'link.version':
    'The link is of version “{version}”, which this page does not know. The default experiment is shown instead.',
  'link.malformed': 'Ignored “{part}” in the link: it should read key=value.',
  'link.unknownKey': 'Ignored “{key}” in the link: there is no such setting.',
  'link.unknownView': 'A link cannot open a view “{view}”: the lab is shown instead.',
  'link.duplicate': 'Ignored the second “{key}” in the link: only the first counts.',
  'link.notANumber': (v) => `${ignored(v)}: ${settingName(v)} takes a number.`,
  'link.notAChoice': (v) => `${ignored(v)}: ${settingName(v)} ${choice(v)}.`,
  'link.networkIgnored': 'Network {network} of the link, “{token}”, is left out.',
  'link.networkMoved': 'The link has no network {to}, so its network {from} is shown as {to}.',
  'link.noSuchNetwork': 'Ignored “{key}” in the link: it has no network {network}.',
  'link.noSweep': 'Ignored “{key}” in the link: it has no sweep.',
  'link.widthOfCustom': 'Ignored “{key}” in the link: a stack of items states its own widths.',
  'link.data': 'Ignored data={value} in the link: it names no data set.',
  'link.more': (v) =>
    plural(v.count, {
      one: '# more part of the link was ignored.',
      other: '# more parts of the link were ignored.',
    }),

  // what a link asks for, brought within the limits
  'changed.number': (v) => `${changed(v)}: ${settingName(v)} ${range(v)}.`,
  'changed.choice': (v) => `${changed(v)}: ${settingName(v)} ${choice(v)}.`,
  'changed.words': 'Network {network} of the link, “{text}”, has words that are no layers; it is read as “{used}”.',
  'changed.family': (v) =>
    `Changed network ${v.network} of the link from ${v.name} to ${v.nearest}: ${familyRules[v.rule](v)}.`,
  'changed.item':
    'Changed item {item} of network {network} in the link from {text} to {used}: a {kind} item has a width from {min} to {max} and is there once at least.',
  'changed.kernel':
    'Changed item {item} of network {network} in the link from {text} to {used}: filters have 1, 3, 5 or 7 pixels a side.',
  'changed.items':
    'Changed network {network} of the link: only the first {limit} of its {items} items are shown, the most that are allowed.',
  'changed.layers':
    'Changed network {network} of the link from {depth} weight layers to {used}: at most {limit} are allowed.',
  'changed.bareLayers':
    'Changed network {network} of the link from {layers} identity and pooling layers to {used}: at most {limit} are allowed.',
  'changed.shortcut':
    'Changed the shortcuts of network {network} in the link from option A to option B (projection): item {item} ({text}) narrows from {from} to {to} channels, which zero-padding cannot.',
  'changed.path':
    'Changed the factor on the shortcut of network {network} in the link from 0 to 1: its branches start at 0, so nothing would pass.',
  'changed.factors':
    'Changed network {network} of the link: it is without SkipInit, since a block whose last scale starts at 0 as well could not learn.',
  'changed.batch': 'Changed the batch of the link from {batch} images to {train}: there are no more training images.',

  // edits
  'edit.noSuchNetwork': 'There is no network {network} any more.',
  'edit.noSuchItem': 'There is no item {item} in network {network} any more.',
  'edit.depthOfCustom': 'Network {network} has no depth to set: add, repeat or remove its items instead.',
  'edit.widthOfCustom': 'Network {network} is a custom stack: set the widths of its items instead.',
  'edit.noTwin': 'Network {network} has neither blocks nor pairs of conv layers, so it has no twin.',
  'edit.resetsSetting': (v) => `${settingName(v)} changed: training starts again from step 0.`,
  'edit.resetsNetworks': 'The networks changed: training starts again from step 0.',
});

/** Why there is no such family, as the end of a sentence. */
const familyRules: { readonly [R in FamilyRule]: (values: Readonly<Problems[R]>) => string } = {
  'spec.familyDepth': (v) =>
    `${v.family} networks have 6n + 2 weight layers, from ${number(v.min)} to ${number(limits.familyDepth.max)}, or ${number(v.max)}`,
  'spec.flatDepth': (v) =>
    `flat networks have ${number(v.min)} to ${number(v.max)} weight layers, an even number with residual blocks`,
  'spec.familyInserted': (v) => `between ${number(v.min)} and ${number(v.max)} layers can be added`,
  'spec.flatBase': () => 'the base has three stages, and flat networks have one',
};

function familyProblem(rule: FamilyRule) {
  return (v: Readonly<Problems[FamilyRule]>) =>
    `${v.name} is not available: ${familyRules[rule](v)}. The nearest is ${v.nearest}.`;
}

function changed(v: { readonly key: string; readonly value: string | number; readonly used: string }): string {
  return `Changed ${v.key}=${v.value} in the link to ${v.used}`;
}

function ignored(v: { readonly key: string; readonly value: string | number; readonly used: string }): string {
  return `Ignored ${v.key}=${v.value} in the link, and used ${v.used === '' ? 'the lesson’s own' : v.used}`;
}

function range(v: Problems['spec.outOfRange']): string {
  const whole = v.integer === 1 ? 'must be a whole number' : 'must be a number';
  const from = v.above === 1 ? `above ${number(v.min)}` : `from ${number(v.min)}`;
  return `${whole} ${from}${v.above === 1 ? ' and at most ' : ' to '}${number(v.max)}`;
}

function choice({ choices }: { readonly choices: string }): string {
  return `must be ${alternatives(choices.split(' '))}`;
}

export const spec = {
  /** Of images, in pixels. */
  size: (side: number) => `${side} × ${side}`,
  /** The items of a stack: the name, and what each is. */
  items: {
    conv: {
      label: 'Conv layer',
      meaning:
        'One weight layer: filters slide over the maps; normalisation and activation follow as the settings say.',
    },
    identity: {
      label: 'Identity layer',
      meaning: 'Passes its input on unchanged and has nothing to learn.',
    },
    plain: {
      label: 'Plain block',
      meaning: 'Two conv layers, one after the other.',
    },
    residual: {
      label: 'Residual block',
      meaning: 'Two conv layers with a shortcut around them: they learn what to add to their input.',
    },
    dirac: {
      label: 'Conv layer, Dirac',
      meaning: 'A conv layer that starts by passing each channel on unchanged.',
    },
    zeroresidual: {
      label: 'Residual block, scale 0',
      meaning: 'A residual block whose layers add nothing at first.',
    },
    maxpool: {
      label: 'Max pooling',
      meaning: 'Keeps the largest of each 2×2 values: half as high and half as wide.',
    },
    avgpool: {
      label: 'Average pooling',
      meaning: 'Takes the mean of each 2×2 values: half as high and half as wide.',
    },
    dense: {
      label: 'Dense layer',
      meaning: 'Connects each unit with every value of the layer before it.',
    },
  } satisfies Record<ItemKind, ItemWords>,
};
