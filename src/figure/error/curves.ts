/** The curves of the Error chart: points in the units of the data, axes, and paths in pixels. */
import { line, nice, ticks as roundNumbers } from 'd3';
import { number } from '../../messages/format.ts';
import type { PlotArea } from '../../plot/area.ts';
import { powerOfTen, type ValueAxis } from '../../plot/axis.ts';
import { short } from '../../plot/format.ts';
import { thin } from '../../plot/marks.tsx';
import { axisTicks, placer, type Tick } from '../../plot/scale.ts';
import type { EvaluationRecord } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the vertical axis measures. */
export type Measure = 'error' | 'loss' | 'logLoss';

/** An error of the evaluations against their steps. */
export function errorPoints(evaluations: readonly EvaluationRecord[], key: 'trainError' | 'testError'): Point[] {
  return evaluations.map((evaluation) => ({ x: evaluation.step, y: evaluation[key] }));
}

/** The minibatch loss against the step, thinned to what `columns` pixels can show. */
export function lossPoints(run: Run, columns: number): Point[] {
  return thin(run.loss, run.steps, columns).map((index) => ({ x: index + 1, y: run.loss[index] ?? Number.NaN }));
}

/** The points at one step: training and test error of the evaluation made there, or the loss. */
export function pointsAt(run: Run | null, step: number, measure: Measure): { key: string; point: Point }[] {
  if (run === null) return [];
  if (measure !== 'error')
    return step <= run.steps ? [{ key: 'loss', point: { x: step, y: run.loss[step - 1] ?? NaN } }] : [];
  return run.evaluations
    .filter((evaluation) => evaluation.step === step)
    .flatMap((evaluation) => [
      { key: 'train', point: { x: step, y: evaluation.trainError } },
      { key: 'test', point: { x: step, y: evaluation.testError } },
    ]);
}

const errorTops = [0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** From 0 to the lowest round percentage that holds every error. */
export function errorAxis(errors: readonly number[]): ValueAxis {
  const highest = Math.max(0, ...errors.filter(Number.isFinite));
  const top = errors.length === 0 ? 1 : errorTops.find((candidate) => candidate >= highest);
  return { kind: 'linear', min: 0, max: top ?? 1 };
}

/** From 0 to a round number, or the whole decades, that hold the finite losses of all runs. */
export function lossAxis(runs: readonly Run[], kind: 'linear' | 'log'): ValueAxis {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const run of runs) {
    for (let i = 0; i < run.steps; i++) {
      const loss = run.loss[i] ?? 0;
      if (!(loss > 0) || !Number.isFinite(loss)) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
  }
  if (kind === 'linear') return { kind, min: 0, max: high > 0 ? nice(0, high, 4)[1] : 3 };
  if (high === 0) return { kind, min: 0.1, max: 10 };
  const bottom = Math.floor(Math.log10(low));
  return { kind, min: powerOfTen(bottom), max: powerOfTen(Math.max(bottom + 1, Math.ceil(Math.log10(high)))) };
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
    value: index * gap,
    at: (index * gap) / top,
    label: `${index * gap}%`,
  }));
}

/** Ticks of a loss axis: plain numbers as far as they are short. */
export function lossTicks(axis: ValueAxis, labels: number): Tick[] {
  return axisTicks(axis, labels).map((tick) => {
    const isShort = tick.value >= 1e-3 && tick.value <= 1e4;
    return tick.label && isShort ? { ...tick, label: short(tick.value) } : tick;
  });
}

/** Ticks of the step axis, from 0. */
export function stepTicks(lastStep: number, labels: number): Tick[] {
  return roundNumbers(0, lastStep, Math.max(2, labels))
    .filter(Number.isInteger)
    .map((step) => ({ value: step, at: step / lastStep, label: number(step) }));
}

/** Pixels of a value on the vertical axis; null where it has no place on it. */
export function toY(axis: ValueAxis, area: PlotArea, value: number): number | null {
  return toYs(axis, area)(value);
}

/** The same for many values. */
function toYs(axis: ValueAxis, area: PlotArea): (value: number) => number | null {
  const placed = placer(axis);
  return (value) => {
    const { at, mark } = placed(value);
    const isOnAxis = mark === 'value' || (mark === 'zero' && axis.kind === 'linear');
    return isOnAxis ? area.bottom - at * (area.bottom - area.top) : null;
  };
}

export function toX(lastStep: number, area: PlotArea, step: number): number {
  return area.left + (step / lastStep) * (area.right - area.left);
}

/** SVG path data through the points; the line breaks where a value has no place on the axis. */
export function linePath(points: readonly Point[], lastStep: number, axis: ValueAxis, area: PlotArea): string {
  const y = toYs(axis, area);
  const path = line<readonly [number, number | null]>()
    .x(([x]) => x)
    .y(([, y]) => y ?? 0)
    .defined(([, y]) => y !== null)
    .digits(1);
  return path(points.map((point) => [toX(lastStep, area, point.x), y(point.y)])) ?? '';
}
