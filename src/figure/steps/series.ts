/** The series of a sweep's curves: the runs of one value and kind, and their mean at each evaluation. */
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3';
import { kindLooks, type Look } from '../../plot/looks.ts';
import type { FinalRun } from '../finalRuns.ts';

/** Errors after some steps, as fractions. */
export interface ErrorsAt {
  readonly step: number;
  readonly trainError: number;
  readonly testError: number;
}

/** A run, finished or under way. */
export interface SweepRun {
  readonly seed: number;
  readonly evaluations: readonly ErrorsAt[];
  readonly divergedAt: number | null;
  readonly isFinished: boolean;
}

export interface StepSeries {
  /** The value on the axis of the sweep, for instance "38". */
  readonly label: string;
  readonly look: Look;
  readonly runs: readonly SweepRun[];
}

const shapes: readonly SymbolType[] = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
];
const SHAPE_AREA = 46;
/** How far the last series leans from its kind's colour towards that of the ink, in per cent. */
const DEEPEST = 48;

/** The look of a series: the colour of its kind, darker (lighter, in a dark theme) from value to value, and a shape. */
export function seriesLook(kind: FinalRun['kind'], index: number, count: number): Look {
  const share = count > 1 ? Math.round((index / (count - 1)) * DEEPEST) : 0;
  const type = shapes[index % shapes.length] ?? symbolCircle;
  return {
    color: `color-mix(in oklab, var(--ink) ${share}%, ${kindLooks[kind].color})`,
    shape: symbol(type, SHAPE_AREA)() ?? '',
  };
}

/** Whether a run counts in the mean of its series: finished, and not diverged. */
export function isInMean({ isFinished, divergedAt }: SweepRun): boolean {
  return isFinished && divergedAt === null;
}

/** Mean over the runs that count, at every step at which all of them were evaluated. */
export function meanErrors(runs: readonly SweepRun[]): ErrorsAt[] {
  const whole = runs.filter(isInMean);
  const [first] = whole;
  if (!first) return [];
  return first.evaluations.flatMap(({ step }) => {
    const here = whole.flatMap((run) => run.evaluations.find((evaluation) => evaluation.step === step) ?? []);
    if (here.length < whole.length) return [];
    const mean = (key: 'trainError' | 'testError') => here.reduce((sum, each) => sum + each[key], 0) / here.length;
    return [{ step, trainError: mean('trainError'), testError: mean('testError') }];
  });
}

/** The steps at which any run was evaluated, be it under way or diverged later, ascending. */
export function stepsOf(series: readonly StepSeries[]): number[] {
  const steps = series.flatMap(({ runs }) => runs.flatMap(({ evaluations }) => evaluations.map(({ step }) => step)));
  return [...new Set(steps)].sort((one, other) => one - other);
}

/** The first steps at which runs diverged. */
export function divergences({ runs }: StepSeries): number[] {
  return runs.flatMap(({ divergedAt }) => divergedAt ?? []).sort((one, other) => one - other);
}
