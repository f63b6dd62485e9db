/** What the curves of a sweep say at a step. */
import { text } from '../../messages/messages.ts';
import { percent } from '../format/number.ts';
import type { ChartTable } from '../tools/table.ts';
import { divergences, meanErrors, type StepSeries, stepsOf } from './series.ts';

const words = text.charts.steps;

/** Mean training and test error at a step, or why there is none. */
export function figures(series: StepSeries, step: number): string {
  const found = meanErrors(series.runs).find((errors) => errors.step === step);
  const [diverged] = divergences(series);
  const ended = series.runs.filter((run) => run.divergedAt !== null).length;
  if (!found) return diverged === undefined ? text.charts.none : text.charts.stopped(diverged);
  const pair = text.charts.error.pair(percent(found.trainError), percent(found.testError));
  return ended === 0 ? pair : words.someStopped(pair, ended);
}

/** The same in words, one phrase a series. */
export function phrasesAt(series: readonly StepSeries[], step: number): string[] {
  return series.map((each) => words.phrase(each.label, figures(each, step)));
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
    runs.flatMap(({ seed, evaluations, divergedAt }) =>
      evaluations.map(({ step, trainError, testError }) => [label, seed, step, trainError, testError, divergedAt]),
    ),
  );
  return { columns: words.columns(axis), rows };
}
