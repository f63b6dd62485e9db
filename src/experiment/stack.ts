/** Questions about a stack that need no shapes: how deep it is and how many channels pass through it. */
import type { ConvItem, Item, ItemKind, NetworkSpec } from './experiment.ts';

/** Weight layers of one repetition of an item. */
const weightLayersOf: Readonly<Record<ItemKind, number>> = {
  conv: 1,
  plain: 2,
  residual: 2,
  dirac: 1,
  zeroresidual: 2,
  dense: 1,
  identity: 0,
  maxpool: 0,
  avgpool: 0,
};

/** Channels of the images. */
const INPUT_CHANNELS = 1;

/** Depth as He et al. count it: conv and dense layers of the main path, and the classifier. */
export function depthOf(stack: readonly Item[]): number {
  return stack.reduce((sum, item) => sum + weightLayersOf[item.kind] * item.count, 1);
}

/** Identity and pooling layers: rows of the stack without weights. */
export function bareLayersOf(stack: readonly Item[]): number {
  return stack.reduce((sum, item) => sum + (weightLayersOf[item.kind] === 0 ? item.count : 0), 0);
}

/** Channels (units, behind a dense layer) that enter the item at `index`; at the end of the stack, those that leave it. */
export function channelsBefore(stack: readonly Item[], index: number): number {
  return stack.slice(0, index).reduce((channels, item) => ('width' in item ? item.width : channels), INPUT_CHANNELS);
}

export function isResidual(item: Item): item is ConvItem {
  return item.kind === 'residual' || item.kind === 'zeroresidual';
}

/** Residual blocks, repetitions counted: of each item one around both of its convs, or one around each. */
export function blocksOf({ stack, span }: Pick<NetworkSpec, 'stack' | 'span'>): number {
  return stack.reduce((sum, item) => sum + (isResidual(item) ? (2 / span) * item.count : 0), 0);
}

/** Whether a stack has blocks with shortcuts: what makes it a residual network in the Depth chart. */
export function hasShortcuts(stack: readonly Item[]): boolean {
  return stack.some(isResidual);
}

export function sameItem(a: Item, b: Item): boolean {
  return itemText(a) === itemText(b);
}

export function sameStack(a: readonly Item[], b: readonly Item[]): boolean {
  return stackText(a) === stackText(b);
}

/** An item as links write it: kind, kernel where it says one, `-width`, `/stride` and `*count`, the last two only where they are not 1. */
export function itemText(item: Item): string {
  const kernel = 'kernel' in item && item.kernel !== undefined ? item.kernel : '';
  const width = 'width' in item ? `-${item.width}` : '';
  const stride = 'stride' in item && item.stride !== 1 ? `/${item.stride}` : '';
  const count = item.count === 1 ? '' : `*${item.count}`;
  return `${item.kind}${kernel}${width}${stride}${count}`;
}

/** The items of a stack as links write them, for instance `conv-8,residual-8*3,residual-16/2`. */
export function stackText(stack: readonly Item[]): string {
  return stack.map(itemText).join(',');
}
