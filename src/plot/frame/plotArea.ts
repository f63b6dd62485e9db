import type { Box } from './useBox.ts';

/** The rectangle inside a plot's margins, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Margins in rem: room for the numbers and the labels of the axes. The same in all charts, so that steps stand below steps. */
const LEFT = 3.7;
const RIGHT = 0.6;
const TOP = 0.6;
const BOTTOM = 2.3;

/**
 * What the margins leave of the box; never inside out, however small the box.
 *
 * @param extraTop more room above, in rem
 */
export function plotArea(box: Box, extraTop = 0): PlotArea {
  const left = LEFT * box.rem;
  const top = (TOP + extraTop) * box.rem;
  return {
    left,
    top,
    right: Math.max(left + 1, box.width - RIGHT * box.rem),
    bottom: Math.max(top + 1, box.height - BOTTOM * box.rem),
  };
}

/** How many numbers fit on the vertical axis. */
export function rowsIn(area: PlotArea, rem: number): number {
  return Math.max(2, Math.floor((area.bottom - area.top) / (1.3 * rem)) + 1);
}
