/** The series of a sweep's curves: the runs of one value and kind, their mean at each evaluation, and what they say there. */

import { ascending } from 'd3-array';
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
} from 'd3-shape';
import type { SweepKind } from '../experiment/sweep/sweep.ts';
import { percent } from '../messages/format.ts';
import { text } from '../messages/messages.ts';
import { kindLooks, type Look } from '../plot/looks.ts';
import type { ChartTable } from '../plot/table.ts';
import { distinct } from '../records/summary.ts';
import type { ErrorsAt, NetworkRun } from '../session/runs.ts';

const words = text.charts.steps;

export interface StepSeries {
  /** The value on the axis of the sweep, for instance "38". */
  readonly label: string;
  readonly look: Look;
  readonly runs: readonly NetworkRun[];
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
export function seriesLook(kind: SweepKind, index: number, count: number): Look {
  const share = count > 1 ? Math.round((index / (count - 1)) * DEEPEST) : 0;
  const type = shapes[index % shapes.length] ?? symbolCircle;
  return {
    color: `color-mix(in oklab, var(--ink) ${share}%, ${kindLooks[kind].color})`,
    shape: symbol(type, SHAPE_AREA)() ?? '',
  };
}

/** Whether a run counts in the mean of its series: finished, and not diverged. */
export function isInMean({ isFinished, divergedAt }: NetworkRun): boolean {
  return isFinished && divergedAt === null;
}

/** Mean over the runs that count, at every step at which all of them were evaluated. */
export function meanErrors(runs: readonly NetworkRun[]): ErrorsAt[] {
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
  return distinct(series.flatMap(({ runs }) => runs.flatMap(({ evaluations }) => evaluations.map(({ step }) => step))));
}

/** The first steps at which runs diverged. */
export function divergences({ runs }: StepSeries): number[] {
  return runs.flatMap(({ divergedAt }) => divergedAt ?? []).sort(ascending);
}

function pair({ trainError, testError }: ErrorsAt): string {
  return text.charts.error.pair(percent(trainError), percent(testError));
}

/** How the errors of a single run are said: in full, or where there is little room. */
type Wording = 'full' | 'short';

/** What single runs measured at a step, as long as there is no mean of whole ones. */
function singles({ runs }: StepSeries, step: number, wording: Wording): string[] {
  return runs.flatMap(({ experiment, evaluations, divergedAt, isFinished }) => {
    const found = evaluations.find((errors) => errors.step === step);
    return found ? [words.single[wording](pair(found), experiment.training.seed, divergedAt, isFinished)] : [];
  });
}

/** Training and test error at a step: the mean, or those of single runs, or why there are none. */
export function figures(series: StepSeries, step: number, wording: Wording): string {
  const found = meanErrors(series.runs).find((errors) => errors.step === step);
  const ended = divergences(series);
  if (found) return ended.length === 0 ? pair(found) : words.someStopped(pair(found), ended.length);
  const measured = singles(series, step, wording);
  if (measured.length > 0) return measured.join(', ');
  return ended[0] === undefined ? text.charts.none : text.charts.stopped(ended[0]);
}

/** The same in words, one phrase a series. */
export function phrasesAt(series: readonly StepSeries[], step: number): string[] {
  return series.map((each) => words.phrase(each.label, figures(each, step, 'full')));
}

/** The whole chart in a sentence; null while it is empty. */
export function summarySentence(series: readonly StepSeries[]): string | null {
  const last = stepsOf(series).at(-1);
  const diverged = series.some((each) => divergences(each).length > 0);
  if (last === undefined && !diverged) return null;
  return words.summary(last ?? 0, phrasesAt(series, last ?? 0));
}

/** Every evaluation of every run as a row. */
export function tableOf(series: readonly StepSeries[], axis: string): ChartTable {
  const rows = series.flatMap(({ label, runs }) =>
    runs.flatMap(({ experiment, evaluations, divergedAt }) =>
      evaluations.map(({ step, trainError, testError }) => {
        return [label, experiment.training.seed, step, trainError, testError, divergedAt];
      }),
    ),
  );
  return { columns: words.columns(axis), rows };
}
