/** The words of a network's column: its stack, its live bars and the editing of its layers. */
import type { Item, ItemKind, Kernel } from '../../experiment/experiment.ts';
import { bytes, number, plural, rounded, whole } from '../format.ts';

/** Three digits, as charts write them. */
const digits = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
const factors = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

const kinds: Readonly<Record<ItemKind, string>> = {
  conv: 'conv',
  identity: 'identity',
  plain: 'plain',
  residual: 'residual',
  dirac: 'Dirac conv',
  zeroresidual: 'zero residual',
  maxpool: 'max pool',
  avgpool: 'average pool',
  dense: 'dense',
};

/** Height, width and channels of a layer's output. */
function map(height: number, width: number): string {
  return height === width ? `${height}²` : `${height}×${width}`;
}

/** For instance "residual 16, stride 2", or "conv 5×5, 8". */
function item(it: Item): string {
  const kernel = 'kernel' in it && it.kernel !== undefined ? ` ${it.kernel}×${it.kernel},` : '';
  const width = 'width' in it ? ` ${it.width}` : '';
  const stride = 'stride' in it && it.stride === 2 ? ', stride 2' : '';
  return `${kinds[it.kind]}${kernel}${width}${stride}`;
}

/** One step, or steps that share a row of a long run's history. */
function when(from: number, to: number): string {
  return from === to ? `step ${number(to)}` : `mean of steps ${number(from)}–${number(to)}`;
}

export const stack = {
  chartTitle: (name: string, quantity: string, step: number) =>
    `${name}: ${quantity.toLowerCase()} at step ${number(step)}`,
  summary: (
    quantity: string,
    v: Readonly<{
      layers: number;
      first: string;
      last: string;
      /** The lowest and the highest; null where none is finite. */
      extent: readonly [string, string] | null;
      steps: readonly [from: number, to: number];
      isDead: boolean;
    }>,
  ) => {
    const layers = plural(v.layers, { one: '# weight layer', other: '# weight layers' });
    const extent = v.extent ? `; from ${v.extent[0]} to ${v.extent[1]}` : '';
    const death = v.isDead ? `${stack.died}. ` : '';
    return `${death}${quantity} of ${layers}, ${when(...v.steps)}: ${v.first} in the first, ${v.last} in the last${extent}.`;
  },
  layerColumn: 'layer',

  facts: (parameters: number, flops: number, memory: number | null) =>
    `${whole(parameters)} params · ${rounded(flops / 1e6)} MFLOP${memory === null ? '' : ` · ${bytes(memory)}`}`,
  factsInFull: (parameters: number, flops: number, memory: number | null) =>
    `${whole(parameters)} parameters; ${rounded(flops / 1e6)} million floating-point operations per image, forward and backward${memory === null ? '' : `; ${bytes(memory)} of memory in training`}`,
  parameters: (parameters: number) => `${whole(parameters)} params`,
  factor: (factor: number): readonly string[] => [
    `×${factors.format(factor)} per layer towards the input`,
    `×${factors.format(factor)} per layer`,
    `×${factors.format(factor)}`,
  ],
  factorUndefined: 'Factor per layer: needs two layers with a gradient before the classifier',
  factorMeaning: (quantity: string) =>
    `The factor per layer is fitted to the ${quantity.toLowerCase()} of the conv layers, or without two of these of the dense layers before the classifier: below 1 it vanishes towards the input, above 1 it explodes.`,
  died: 'No signal at all: this network has died',
  diedShort: 'It has died',
  diedMeaning:
    'The loss still has a gradient, but none of it gets past the classifier: in every layer before it the gradient is exactly 0, so nothing is learned there.',
  /** For those who do not see the column. */
  diedOf: (name: string, step: number) => `${name} has died: no signal at all since step ${number(step)}.`,
  meaning: (network: string) => `What the numbers of ${network} mean`,
  overflow: (step: number, where: string) => `overflow at step ${number(step)}, ${where}`,
  overflowShort: (step: number) => `overflow, step ${number(step)}`,
  overflowOf: {
    loss: 'loss',
    activation: (layer: string) => `${layer}: activation`,
    gradient: (layer: string) => `${layer}: gradient`,
    weight: (layer: string) => `${layer}: weights`,
  },

  /** Longest text first. */
  remarks: {
    oneImage: ['batch norm over one image: its statistics are that image’s own', 'batch norm over one image'],
    oneNumber: ({ layer, norm }: { readonly layer: string; readonly norm: string }): readonly string[] => [
      `${norm} norm over one number: ${layer} puts out the same for every image, so nothing before it learns`,
      `${norm} norm over one number`,
    ],
    staysZero: (layer: string): readonly string[] => [
      `branches from ${layer} on never learn: they start at 0, where the ReLU behind them passes no gradient`,
      'branches never learn',
    ],
    fewerGroups: (v: {
      readonly layer: string;
      readonly groups: number;
      readonly channels: number;
      readonly wanted: number;
    }): readonly string[] => [
      `${plural(v.groups, { one: '# group', other: '# groups' })} in ${v.layer}: ${number(v.wanted)} do not divide its ${plural(v.channels, { one: '# channel', other: '# channels' })}`,
      'fewer groups',
    ],
    padding: (v: {
      readonly layer: string;
      readonly convs: number;
      readonly kernel: number;
      readonly side: number;
    }): readonly string[] => [
      `padding eats the taps of ${v.kernel}×${v.kernel} filters on ${map(v.side, v.side)} maps: from ${v.layer} on, ${plural(v.convs, { one: '# conv sees', other: '# convs see' })} mostly zeros, and gradients shrink`,
      'padding eats taps',
    ],
  },

  /** Which quantity the bars show, and when; null where nothing has been measured. */
  showing: (symbol: string, isLog: boolean, steps: readonly [from: number, to: number] | null) =>
    `${symbol}${isLog ? ' · log scale' : ''}${steps ? ` · ${when(...steps)}` : ''}`,
  /** The legends of marks that only some steps have; each stands behind its sign. */
  marks: { zero: 'exactly 0', theory: 'theory', theoryAtStart: 'theory: see step 1' },
  input: 'input ↓',
  /** The same where there is no room for the word. */
  inputShort: '↓',
  /** Below the rows. */
  foot: (loss: number | null): readonly string[] => [
    ...(loss === null ? [] : [`loss ${digits.format(loss)} ↑ gradients flow up`]),
    'loss ↑ gradients flow up',
    '↑ gradients flow up',
    '↑ gradients',
    '↑',
  ],
  /** Width and map of a row, short. */
  shape: (height: number, width: number, channels: number) =>
    height === 1 && width === 1 ? `${channels}` : `${channels} · ${map(height, width)}`,
  /** A stage of alike layers, longest text first. */
  stage(
    kind: ItemKind | 'classifier',
    [height, width, channels]: readonly [number, number, number],
    kernel: Kernel = 3,
  ): readonly string[] {
    if (kind === 'classifier') return [];
    const size = stack.shape(height, width, channels);
    const wide = `${number(channels)} channels`;
    const inFull = `${wide}, ${height}×${width}`;
    return kind === 'conv'
      ? [`conv ${kernel}×${kernel}, ${inFull}`, inFull, wide]
      : [`${kinds[kind]}, ${size}`, kinds[kind]];
  },

  cursor: (network: string) => `Layers of ${network}`,
  cursorHelp: 'Arrow keys move from layer to layer.',
  enterHelp: 'Enter edits the layer’s item.',
  previousLayer: 'Previous layer',
  nextLayer: 'Next layer',
  closeReadout: 'Close the numbers of this layer',
  readoutHint: 'Point at a layer, tap it or use the arrow keys to read its numbers.',
  notMeasured: 'No weights, so nothing is measured here.',
  noSteps: 'Not trained yet.',
  reading: (name: string, values: readonly (readonly [label: string, value: string])[]) =>
    `${name}: ${values.map(([label, value]) => `${label.toLowerCase()} ${value}`).join(', ')}`,
  rowWith: (name: string, shortcut: string) => `${name}, ${shortcut}`,
  bareReading: (name: string, remark: string) => `${name}: ${remark}`,

  edit: 'Edit stack',
  editDone: 'Done',
  editName: (network: string) => `Edit the stack of ${network}`,
  editDoneName: (network: string) => `Finish editing the stack of ${network}`,
  list: (network: string) => `Stack of ${network}, input first`,
  listHint: 'Drag an item to reorder, or press Enter on its handle and use the arrow keys.',
  item,
  times: (repeats: number) => `×${number(repeats)}`,
  itemInFull: (it: Item) => (it.count === 1 ? item(it) : `${item(it)}, ${number(it.count)} times`),
  classifier: 'classifier',
  drag: (name: string) => `Move ${name}`,
  editItem: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Remove ${name}`,
  repeat: 'Repeats',
  more: (label: string) => `Increase ${label.toLowerCase()}`,
  less: (label: string) => `Decrease ${label.toLowerCase()}`,
  ofItem: (action: string, name: string) => `${action} of ${name}`,
  kind: 'Kind',
  width: 'Width',
  stride: 'Stride',
  kernel: 'Filters',
  /** Of an item that has no filter size of its own. */
  kernelOfNetwork: (kernel: Kernel) => `As the network: ${kernel}×${kernel}`,
  kernels: (kernel: Kernel) => `${kernel}×${kernel}`,
  /** Below these two. */
  widthAndStride: 'The width is the number of channels; a stride of 2 halves height and width of the maps.',
  widthOnly: 'The width is the number of units.',
  strides: { 1: '1', 2: '2' },
  up: 'Move up',
  down: 'Move down',
  duplicate: 'Duplicate',
  addBelow: 'Add below',
  removeShort: 'Remove',
  add: 'Add layer',
  addGroups: { layers: 'Layers', blocks: 'Blocks', pools: 'Pooling' },
  refused: 'Not changed.',
  blocks: (words: string) => `Residual blocks: ${words}`,
  /** What lies on the shortcut that starts at a layer, for the layer's reading. */
  onShortcut: {
    conv: '1×1 conv',
    padShortcut: 'zero-padding',
    scale: 'constant factor',
    gate: 'gate',
    drop: 'dropout',
  } as Readonly<Record<string, string>>,
  shortcutReading: (parts: readonly string[]) => `shortcut with ${parts.join(', ')}`,
};
