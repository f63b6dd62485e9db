/** Where values stand along an axis, and its ticks. */
import { ticks as roundNumbers } from 'd3';
import { useMemo } from 'react';
import { power as powerText } from '../messages/format.ts';
import type { PlotArea } from './area.ts';
import { powerOfTen, type ValueAxis } from './axis.ts';
import { short } from './format.ts';

/** How a value is drawn: to scale, or, where it has no place on the axis, as a mark that says why. */
export type Mark = 'value' | 'zero' | 'below' | 'above' | 'notFinite';

export interface Place {
  /** Position along the axis, 0 (its min) … 1 (its max). */
  readonly at: number;
  readonly mark: Mark;
}

/**
 * Where a value stands on an axis. Zero and numbers that are not finite never get a length that
 * could be mistaken for a measurement; values beyond the ends are pinned there and marked.
 */
export function place(axis: ValueAxis, value: number): Place {
  return placer(axis)(value);
}

/** The same for many values: what depends on the axis alone is computed once. */
export function placer({ kind, min, max }: ValueAxis): (value: number) => Place {
  const scaled = kind === 'linear' ? (value: number) => value : Math.log10;
  const lowest = scaled(min);
  const length = scaled(max) - lowest;
  return (value) => {
    if (!Number.isFinite(value)) return { at: 0, mark: 'notFinite' };
    // On an axis that reaches below zero it is a number like others.
    if (value === 0 && min >= 0) return { at: 0, mark: 'zero' };
    if (value < min) return { at: 0, mark: 'below' };
    if (value > max) return { at: 1, mark: 'above' };
    return { at: (scaled(value) - lowest) / length, mark: 'value' };
  };
}

export interface Tick {
  readonly value: number;
  /** Position along the axis, 0 … 1. */
  readonly at: number;
  /** Empty for a grid line without a number. */
  readonly label: string;
}

/** How many more numbers than wished for an axis takes, where that makes them rounder. */
const MOST_OVER = 1.25;

/** Steps between labelled powers of ten, smallest first; the last always fits. */
const strides = [1, 2, 3, 6, 9, 18];

function logTicks(axis: ValueAxis, labels: number): readonly Tick[] {
  const lowest = Math.round(Math.log10(axis.min));
  const highest = Math.round(Math.log10(axis.max));
  const stride = strides.find((by) => Math.floor((highest - lowest) / by) + 1 <= labels) ?? highest - lowest;
  return Array.from({ length: highest - lowest + 1 }, (_, i) => {
    const value = powerOfTen(lowest + i);
    // Counted from 10⁰, so that labels stay on their decades when the axis grows.
    const labelled = (lowest + i) % stride === 0;
    return { value, at: place(axis, value).at, label: labelled ? powerText(lowest + i) : '' };
  });
}

/** About as many round numbers as there is room for: d3 takes a count as a wish, and may return nearly twice as many. */
function linearTicks({ min, max }: ValueAxis, labels: number): readonly number[] {
  for (let wish = labels; wish > 1; wish--) {
    const found = roundNumbers(min, max, wish);
    if (found.length <= MOST_OVER * labels) return found;
  }
  return [min, max];
}

/**
 * The ticks of an axis: every decade of a log axis, round numbers of a linear one.
 *
 * @param labels about how many numbers there is room for
 */
export function axisTicks(axis: ValueAxis, labels: number): readonly Tick[] {
  if (axis.kind === 'log') return logTicks(axis, Math.max(2, labels));
  return linearTicks(axis, Math.max(2, labels)).map((value) => ({
    value,
    at: place(axis, value).at,
    label: short(value),
  }));
}

/** An axis as the same object until one of its ends moves: so what is drawn on it need not be drawn anew. */
export function useSteadyAxis({ kind, min, max }: ValueAxis): ValueAxis {
  return useMemo(() => ({ kind, min, max }), [kind, min, max]);
}

/** Marks at the ends keep clear of the plot's edges. */
const INSET = 8;

/** The pixel of a position. @param count of positions */
export function positionX(area: PlotArea, count: number, position: number): number {
  const width = area.right - area.left - 2 * INSET;
  return area.left + INSET + (count > 1 ? (position - 1) / (count - 1) : 0.5) * width;
}

/** The position at a pixel; not rounded. */
export function positionAt(area: PlotArea, count: number, x: number): number {
  return 1 + ((x - area.left - INSET) / (area.right - area.left - 2 * INSET)) * (count - 1);
}

/** The first position and round ones. @param labels how many there is room for */
export function positionTicks(area: PlotArea, count: number, labels: number): Tick[] {
  if (count === 0) return [];
  const round = roundNumbers(1, count, Math.max(2, labels)).filter(Number.isInteger);
  const [first = 1, second = first] = round;
  const between = round.filter((at) => at - 1 > (second - first) / 2);
  return [1, ...between].map((position) => ({
    value: position,
    at: (positionX(area, count, position) - area.left) / (area.right - area.left),
    label: String(position),
  }));
}
