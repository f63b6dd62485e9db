/** Axes, what numbers stand on them, and where values stand along them: the only way from a value to a pixel and back. */
import { ticks as roundNumbers } from 'd3-array';
import { useMemo } from 'react';
import { number, power as powerText } from '../messages/format.ts';
import { powerOfTen, type ValueAxis } from './axis.ts';
import { short } from './format.ts';
import { declutter } from './labels.ts';

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
    if (length === 0) return { at: 0.5, mark: 'value' };
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
  /** Set off from the others. */
  readonly isStrong?: boolean;
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

/** A number or a name along an axis; without a label, a grid line alone. */
export type Label = Omit<Tick, 'at'>;

/** Numbers at their places along an axis. */
export function placed(axis: ValueAxis, labels: readonly Label[]): readonly Tick[] {
  return labels.map((label) => ({ ...label, at: place(axis, label.value).at }));
}

/** An axis of a plot: which values it holds, what it measures, and which numbers stand at it. */
export interface Axis extends ValueAxis {
  readonly label: string;
  /** As many labels as there is room for. @param rem in pixels */
  readonly ticks: (scale: Scale, rem: number) => readonly Label[];
  /** Pixels at both ends that marks keep clear of. */
  readonly inset?: number;
  /** A vertical axis whose lowest value is on top, without grid lines: rows. */
  readonly isDown?: boolean;
  /** Names below a plot that are read from below. */
  readonly isTurned?: boolean;
  /** Room between a vertical axis and the plot, in rem. */
  readonly offset?: number;
}

/** Where a value stands in a plot. */
export interface Position {
  readonly px: number;
  readonly mark: Mark;
}

/** An axis of a plot that has a size. */
export interface Scale {
  readonly axis: Axis;
  /** Pixels of the two ends. */
  readonly from: number;
  readonly to: number;
  /** Values beyond the ends are pinned there, zero and what is no number to the lower end, and their marks say so. */
  readonly at: (value: number) => Position;
  /** The pixel of a value that is on the axis; else null. */
  readonly px: (value: number) => number | null;
  /** The value at a pixel, beyond the ends, too. */
  readonly invert: (px: number) => number;
  /** On a linear axis, pixels that 1 is long: the side of a cell. */
  readonly unit: number;
}

/** Lays an axis out between two pixels; `from` is that of its lowest value. */
export function scaleOf(axis: Axis, from: number, to: number): Scale {
  const { kind, min, max, inset = 0 } = axis;
  const placed = placer(axis);
  const start = from + Math.sign(to - from) * inset;
  const length = to - Math.sign(to - from) * inset - start;
  const at = (value: number): Position => {
    const { at: share, mark } = placed(value);
    return { px: start + share * length, mark };
  };
  return {
    axis,
    from,
    to,
    at,
    px: (value) => {
      const { px, mark } = at(value);
      return mark === 'value' || (mark === 'zero' && kind === 'linear') ? px : null;
    },
    invert: (px) => {
      const share = length === 0 ? 0 : (px - start) / length;
      return kind === 'log' ? min * (max / min) ** share : min + share * (max - min);
    },
    unit: Math.abs(length) / (max - min),
  };
}

/** How many labels fit, each as long along the axis as so many rem. */
export function roomFor({ from, to }: Scale, rem: number, each: number): number {
  return Math.floor(Math.abs(to - from) / (each * rem));
}

/** How many numbers fit at a vertical axis, one at each end. */
export const rowsOf = (scale: Scale, rem: number): number => Math.max(2, roomFor(scale, rem, 1.3) + 1);

const valueLabels: Axis['ticks'] = (scale, rem) => axisTicks(scale.axis, Math.min(6, rowsOf(scale, rem)));

/** A vertical axis of measured values. */
export function valueAxis(axis: ValueAxis, label: string, ticks: Axis['ticks'] = valueLabels): Axis {
  return { kind: axis.kind, min: axis.min, max: axis.max, label, ticks };
}

const errorTops = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** From 0 to the lowest round percentage that holds every error. */
export function errorRange(errors: readonly number[]): ValueAxis {
  const highest = Math.max(0, ...errors.filter(Number.isFinite));
  const top = errors.length === 0 ? 1 : errorTops.find((candidate) => candidate >= highest);
  return { kind: 'linear', min: 0, max: top ?? 1 };
}

const percentGaps = [5, 10, 20, 25, 50];

/**
 * Ticks of an error axis, in percent, both ends included.
 *
 * @param labels how many there is room for
 */
export function percentTicks(axis: ValueAxis, labels: number): Tick[] {
  const top = Math.round(axis.max * 100);
  const gap = percentGaps.find((candidate) => top % candidate === 0 && top / candidate < labels) ?? top;
  return Array.from({ length: top / gap + 1 }, (_, index) => ({
    value: (index * gap) / 100,
    at: (index * gap) / top,
    label: `${index * gap}%`,
  }));
}

const percentLabels: Axis['ticks'] = (scale, rem) => percentTicks(scale.axis, Math.min(6, rowsOf(scale, rem)));

/** A vertical axis of errors, from 0. */
export function errorAxis(range: ValueAxis, label: string): Axis {
  return valueAxis(range, label, percentLabels);
}

/** Whole numbers of steps. */
function stepLabels(lastStep: number, labels: number): Label[] {
  return roundNumbers(0, lastStep, Math.max(2, labels))
    .filter(Number.isInteger)
    .map((step) => ({ value: step, label: number(step) }));
}

const stepTicks: Axis['ticks'] = (scale, rem) => stepLabels(scale.axis.max, roomFor(scale, rem, 4.5));

/** From before the first step to the last. */
export function stepAxis(lastStep: number, label: string): Axis {
  return { kind: 'linear', min: 0, max: lastStep, label, ticks: stepTicks };
}

/** The first position and round ones. */
const positionLabels: Axis['ticks'] = (scale, rem) => {
  const { max: count } = scale.axis;
  const round = roundNumbers(1, count, Math.max(2, roomFor(scale, rem, 3))).filter(Number.isInteger);
  const [first = 1, second = first] = round;
  const between = round.filter((at) => at - 1 > (second - first) / 2);
  return [1, ...between].map((position) => ({ value: position, label: String(position) }));
};

const none: Axis['ticks'] = () => [];

/** The whole positions 1, 2, … across a plot; a single one stands in the middle. */
export function positionAxis(count: number, label: string): Axis {
  const ticks = count === 0 ? none : positionLabels;
  return { kind: 'linear', min: 1, max: Math.max(1, count), label, ticks, inset: 8 };
}

/** The first row and the last, and round ones between where there is room. */
const rowLabels: Axis['ticks'] = (scale, rem) => {
  const count = scale.axis.max - 0.5;
  const px = (row: number) => scale.at(row).px;
  const between = roundNumbers(1, count, Math.min(4, roomFor(scale, rem, 2))).filter(
    (row) => Number.isInteger(row) && Math.min(px(row) - px(1), px(count) - px(row)) >= 1.2 * rem,
  );
  return [...new Set([1, ...between, count])].map((row) => ({ value: row, label: String(row) }));
};

/** The rows 1, 2, … from the top, each as high as the others; a row's number stands at its middle. */
export function rowAxis(count: number, label: string): Axis {
  return { ...cellAxis(count, label, count === 0 ? none : rowLabels), isDown: true };
}

/** The cells 1, 2, … beside one another, each as long as the others. */
export function cellAxis(count: number, label: string, ticks: Axis['ticks']): Axis {
  return { kind: 'linear', min: 0.5, max: Math.max(1, count) + 0.5, label, ticks };
}

/** Cells that have names, each of which is written. @param strong index of one that is set off */
export function nameAxis(names: readonly string[], label: string, strong?: number): Axis {
  const labels = names.map((name, index) => ({ value: index + 1, label: name, isStrong: index === strong }));
  return cellAxis(names.length, label, () => labels);
}

/** Places along an axis, for instance the values of a setting. */
export interface Places {
  /** Ascending. Of settings that are no numbers, their indices. */
  readonly places: readonly number[];
  readonly kind: ValueAxis['kind'];
  readonly name: (at: number) => string;
}

/** Room at a place's name, in rem: around it, and for each of its letters. */
const AROUND = 0.5;
const LETTER = 0.5;

/** A tick at every place, named where names do not touch; a single place stands in the middle. Steady as its arguments are. */
export function usePlaceAxis({ places, kind, name }: Places, label: string): Axis {
  return useMemo(() => placeAxis({ places, kind, name }, label), [places, kind, name, label]);
}

/** The same, where nothing is drawn. */
export function placeAxis({ places, kind, name }: Places, label: string): Axis {
  const letters = Math.max(2, ...places.map((place) => name(place).length));
  return {
    kind,
    min: places[0] ?? 0,
    max: places.at(-1) ?? 0,
    label,
    ticks: (scale, rem) => {
      const centers = places.map((place) => scale.at(place).px);
      const shown = declutter(centers, (AROUND + LETTER * letters) * rem);
      return places.map((value, index) => ({ value, label: shown[index] ? name(value) : '' }));
    },
    inset: 14,
  };
}

/** An axis as the same object until something of it changes: so what is drawn on it need not be drawn anew. */
export function useSteady<T extends ValueAxis & Partial<Axis>>(axis: T): T {
  const { kind, min, max, label, ticks, inset, isDown, isTurned, offset } = axis;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it consists of stands for the axis
  return useMemo(() => axis, [kind, min, max, label, ticks, inset, isDown, isTurned, offset]);
}
