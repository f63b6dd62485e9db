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
const labelWidths: Readonly<Record<Labelling, number>> = { shapes: 112, names: 62, brackets: 18 };
/** Bars get at least this share of the width, as they are what the chart is about. */
const barShare = 0.45;

/**
 * @param width of the whole stack, in pixels
 * @param rowHeight decides whether the rows have room for their names
 * @param scale of the type: 1 where a rem is 16 pixels
 */
export function lanes(width: number, rowHeight: number, scale = 1): Lanes {
  const arcs = Math.min(22, Math.max(12, width * 0.07));
  const blocks = Math.min(52, Math.max(24, width * 0.16));
  const left = arcs + blocks;
  const labelling = labellingFor(width, left, rowHeight, scale);
  const bars = left + labelWidths[labelling] * scale + 4;
  // The right edge leaves room for the last tick's label and for marks behind the longest bar.
  return {
    arcs: { from: 0, to: arcs },
    blocks: { from: arcs, to: left },
    labels: { from: left + 4, to: bars - 4 },
    bars: { from: bars, to: Math.max(bars + 20, width - 14) },
    labelling,
  };
}

function labellingFor(width: number, left: number, rowHeight: number, scale: number): Labelling {
  if (rowHeight < NAMED_ROW_HEIGHT * scale) return 'brackets';
  const fits = (labelling: Labelling) => width - left - labelWidths[labelling] * scale >= width * barShare;
  return (['shapes', 'names'] as const).find(fits) ?? 'brackets';
}
