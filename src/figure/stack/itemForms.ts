/** What items can be turned into, and what a new one looks like. */
import type { Item, ItemKind } from '../../experiment/experiment.ts';
import { limits } from '../../experiment/limits.ts';
import { channelsBefore } from '../../experiment/stack.ts';

/** Widths that one press goes to: powers of two and the middles between them. Links can state any other. */
const rungs = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512];
/** Channels of an item that starts a stack: those of the families. */
const FIRST_WIDTH = 8;

/** The next smaller or larger width; beyond the last of the rungs one more or less, for the limits to refuse. */
export function nextWidth(width: number, direction: -1 | 1): number {
  const next = direction > 0 ? rungs.find((rung) => rung > width) : rungs.findLast((rung) => rung < width);
  return next ?? width + direction;
}

/** The item as another kind: what both kinds know of (width, stride, count) stays. */
export function asKind(item: Item, kind: ItemKind, width: number): Item {
  const { count } = item;
  const { max } = kind === 'dense' ? limits.denseWidth : limits.convWidth;
  const kept = Math.min('width' in item ? item.width : width, max);
  switch (kind) {
    case 'conv':
    case 'plain':
    case 'residual':
    case 'dirac':
    case 'zeroresidual':
      return { kind, width: kept, stride: 'stride' in item ? item.stride : 1, count };
    case 'dense':
      return { kind, width: kept, count };
    default:
      return { kind, count };
  }
}

/** Channels that arrive at an index of the stack, and so the width that changes nothing there. */
export function widthAt(stack: readonly Item[], index: number): number {
  return index === 0 ? FIRST_WIDTH : Math.max(channelsBefore(stack, index), FIRST_WIDTH);
}

/** One new item that fits in at an index of the stack. */
export function newItem(stack: readonly Item[], index: number, kind: ItemKind): Item {
  return asKind({ kind: 'identity', count: 1 }, kind, widthAt(stack, index));
}
