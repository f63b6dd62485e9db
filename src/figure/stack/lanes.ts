/**
 * How the width of a stack is shared: shortcuts, blocks, names and bars stand in lanes from left to
 * right. A network without shortcuts keeps their lane free, so that the bars of twins stand in line.
 */
import { NAMED_ROW_HEIGHT } from './rows.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What stands beside the blocks: each row's name and shape, its name only, or a bracket for each stage. */
export type Labelling = 'shapes' | 'names' | 'brackets';

export interface Lanes {
  readonly arcs: Span;
  readonly blocks: Span;
  readonly labels: Span;
  readonly bars: Span;
  readonly labelling: Labelling;
}

/** In pixels, where type has its usual size. */
const labelWidths: Readonly<Record<Labelling, number>> = { shapes: 120, names: 66, brackets: 18 };
/** Bars get at least this share of the width, as they are what the chart is about. */
const barShare = 0.45;

/** Heights in pixels of the rows of stacks that stand side by side. */
export interface RowHeights {
  /** In the stack that is laid out. */
  readonly own: number;
  /** In the stack of the fewest rows. */
  readonly highest: number;
  /** In the stack of the most rows. */
  readonly lowest: number;
}

/**
 * Stacks that stand side by side share one axis, so their bars are equally long for equal values: all keep as much room for labels as the
 * one that needs the most of it.
 *
 * @param width of the whole stack, in pixels
 * @param heights decide whether the rows have room for their names
 * @param scale of the type: 1 where a rem is 16 pixels
 */
export function lanes(width: number, { own, highest, lowest }: RowHeights, scale = 1): Lanes {
  const arcs = Math.min(22, Math.max(12, width * 0.07));
  const blocks = Math.min(52, Math.max(24, width * 0.16));
  const left = arcs + blocks;
  const widest = labellingFor(width, left, highest, scale);
  // Shapes beside names are worth their room where every stack has them.
  const room = widest === 'shapes' && !isNamed(lowest, scale) ? 'names' : widest;
  const labelling = isNamed(own, scale) ? room : 'brackets';
  const bars = left + labelWidths[room] * scale + 4;
  // The right edge leaves room for the last tick's label and for marks behind the longest bar.
  return {
    arcs: { from: 0, to: arcs },
    blocks: { from: arcs, to: left },
    labels: { from: left + 4, to: bars - 4 },
    bars: { from: bars, to: Math.max(bars + 20, width - 14) },
    labelling,
  };
}

function isNamed(rowHeight: number, scale: number): boolean {
  return rowHeight >= NAMED_ROW_HEIGHT * scale;
}

function labellingFor(width: number, left: number, rowHeight: number, scale: number): Labelling {
  if (!isNamed(rowHeight, scale)) return 'brackets';
  const fits = (labelling: Labelling) => width - left - labelWidths[labelling] * scale >= width * barShare;
  return (['shapes', 'names'] as const).find(fits) ?? 'brackets';
}
