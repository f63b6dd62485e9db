import { ticks as roundNumbers } from 'd3';
import { power as powerText } from '../../messages/format.ts';
import { short } from '../format/number.ts';
import { powerOfTen, type ValueAxis } from './axis.ts';
import { place } from './place.ts';

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
