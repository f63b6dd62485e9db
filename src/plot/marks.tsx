/** What is drawn in a plot, and the data of its paths. */
import { pathRound, type SymbolType } from 'd3';
import type { Look } from './looks.ts';

/** The mark of a series, in colour and shape, at a place in a plot. */
export function Shape({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return <path className="chart-shape" d={look.shape} fill={look.color} transform={`translate(${x},${y})`} />;
}

/** A cross where a run diverged. */
export function Cross({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return (
    <path className="chart-cross" d="M-4,-4l8,8m0,-8l-8,8" stroke={look.color} transform={`translate(${x},${y})`} />
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What d3's shapes are drawn with: they use no other commands than these. */
type Pen = Parameters<SymbolType['draw']>[0];

/**
 * One of d3's shapes at many places, as the data of a single SVG path: so a new step changes one attribute, however many
 * marks there are.
 *
 * @param area of each, in square pixels
 */
export function marksPath(shape: SymbolType, area: number, places: readonly Point[]): string {
  const path = pathRound(1);
  for (const { x, y } of places) {
    const pen: Partial<Pen> = {
      moveTo: (dx, dy) => path.moveTo(x + dx, y + dy),
      lineTo: (dx, dy) => path.lineTo(x + dx, y + dy),
      rect: (dx, dy, width, height) => path.rect(x + dx, y + dy, width, height),
      arc: (dx, dy, ...arc) => path.arc(x + dx, y + dy, ...arc),
      closePath: () => path.closePath(),
    };
    shape.draw(pen as Pen, area);
  }
  return path.toString();
}

/**
 * Which points of a long column of numbers to draw: of each of the equal bins the lowest and the
 * highest finite value, in their order, and the first value that is not finite. A spike of one step
 * or a gap thus stays visible however many steps share a pixel.
 *
 * @param count values to look at, from the first
 * @returns indices, ascending; all of them where there is room for all
 */
export function thin(values: ArrayLike<number>, count: number, bins: number): number[] {
  if (count <= 2 * bins) return Array.from({ length: count }, (_, index) => index);
  const kept = new Set<number>();
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * count) / bins);
    const to = Math.floor(((bin + 1) * count) / bins);
    for (const index of extremes(values, from, to)) kept.add(index);
  }
  return [...kept].sort((one, other) => one - other);
}

function extremes(values: ArrayLike<number>, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) gap = gap < 0 ? i : gap;
    else {
      if (low < 0 || value < (values[low] ?? 0)) low = i;
      if (high < 0 || value > (values[high] ?? 0)) high = i;
    }
  }
  return [low, high, gap].filter((index) => index >= 0);
}
