/** What the curves of a sweep say at a step. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../../plot/table.ts';
import { divergences, type ErrorsAt, meanErrors, type StepSeries, stepsOf } from './series.ts';

const words = text.charts.steps;

function pair({ trainError, testError }: ErrorsAt): string {
  return text.charts.error.pair(percent(trainError), percent(testError));
}

/** How the errors of a single run are said: in full, or where there is little room. */
type Wording = 'full' | 'short';

/** What single runs measured at a step, as long as there is no mean of whole ones. */
function singles({ runs }: StepSeries, step: number, wording: Wording): string[] {
  return runs.flatMap(({ seed, evaluations, divergedAt, isFinished }) => {
    const found = evaluations.find((errors) => errors.step === step);
    return found ? [words.single[wording](pair(found), seed, divergedAt, isFinished)] : [];
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
    runs.flatMap(({ seed, evaluations, divergedAt }) =>
      evaluations.map(({ step, trainError, testError }) => [label, seed, step, trainError, testError, divergedAt]),
    ),
  );
  return { columns: words.columns(axis), rows };
}
