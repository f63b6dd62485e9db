/** What a chart of final errors says of a place on its axis, in figures and in words. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { RunAxis } from './axis.ts';
import { type FinalGroup, type FinalMeasure, type FinalRun, groupsOf, kinds, placesOf, summary } from './groups.ts';

const words = text.charts.final;

/** Mean, range and number of the runs of a group, and how many diverged. */
export function cell(group: FinalGroup): string {
  const found = summary(group);
  const [firstStep] = group.divergedAt;
  if (found === null) return firstStep === undefined ? text.charts.none : text.charts.diverged(firstStep);
  const range = group.errors.length > 1 ? { low: percent(found.low), high: percent(found.high) } : null;
  const errors = words.cell(percent(found.mean), range, group.errors.length);
  return group.divergedAt.length === 0
    ? errors
    : text.charts.joined([errors, words.someDiverged(group.divergedAt.length)]);
}

/** What there is at a place, one phrase a kind. */
export function phrasesAt(finished: readonly FinalRun[], at: number, measure: FinalMeasure): string[] {
  return kinds.flatMap((kind) =>
    groupsOf(finished, kind, measure)
      .filter((group) => group.at === at)
      .map((group) => `${words.kinds[kind]} ${cell(group)}`),
  );
}

/** The whole chart in a sentence; null while it is empty. */
export function summarySentence(finished: readonly FinalRun[], axis: RunAxis, measure: FinalMeasure): string | null {
  const parts = placesOf(finished).map((at) => words.spoken(axis.words(at), phrasesAt(finished, at, measure)));
  return parts.length === 0 ? null : words.summary(measure, parts);
}

/** The runs as rows. */
export function tableOf(finished: readonly FinalRun[], axis: RunAxis): ChartTable {
  const rows = [...finished].sort(
    (one, other) => one.at - other.at || one.kind.localeCompare(other.kind) || one.seed - other.seed,
  );
  return {
    columns: words.columns(axis.label),
    rows: rows.map((run) => [
      axis.name(run.at),
      words.kinds[run.kind],
      run.seed,
      run.trainError,
      run.testError,
      run.divergedAt,
    ]),
  };
}
