/** Finished runs by kind and by where they stand on the horizontal axis: what a chart of final errors draws and says. */

import { ascending } from 'd3-array';
import type { SweepKind as Kind } from '../experiment/sweep/sweep.ts';
import { percent } from '../messages/format.ts';
import { text } from '../messages/messages.ts';
import type { Places } from '../plot/scale.ts';
import type { ChartTable } from '../plot/table.ts';
import { distinct, type Range, rangeOf } from '../records/summary.ts';
import { finalErrors, kindOfRun, type NetworkRun } from '../session/runs.ts';

const words = text.charts.final;

/** A finished run at its place on the axis. */
export interface FinalRun {
  /** Depth, or another setting; where the setting is no number, its index. */
  readonly at: number;
  readonly kind: Kind;
  readonly seed: number;
  /** Null where it diverged. */
  readonly trainError: number | null;
  readonly testError: number | null;
  /** The step that overflowed, or null. */
  readonly divergedAt: number | null;
}

export function finalRun(run: NetworkRun, at: number): FinalRun {
  const { trainError = null, testError = null } = finalErrors(run) ?? {};
  const { divergedAt, experiment } = run;
  return { at, kind: kindOfRun(run), seed: experiment.training.seed, trainError, testError, divergedAt };
}

/** Runs that were trained elsewhere: shown beside the others, and never mixed with them. */
export interface OtherRuns {
  /** What trained them, and when. */
  readonly name: string;
  readonly runs: readonly FinalRun[];
}

/** What finished runs are compared over: depth, or any other setting. */
export interface RunAxis extends Pick<Places, 'kind' | 'name'> {
  /** What it measures, for instance "weight layers". */
  readonly label: string;
  /** A place on it in a sentence: "38 layers". */
  readonly words: (at: number) => string;
}

export type FinalMeasure = 'train' | 'test';

export const kinds: readonly Kind[] = ['plain', 'residual'];

/** All runs of one kind and place. */
export interface FinalGroup {
  readonly kind: Kind;
  readonly at: number;
  /** Errors of the runs that ended with one, as fractions, ascending. */
  readonly errors: readonly number[];
  /** Steps at which runs diverged, ascending. */
  readonly divergedAt: readonly number[];
}

/** Groups of one kind, in order. */
export function groupsOf(finished: readonly FinalRun[], kind: Kind, measure: FinalMeasure): FinalGroup[] {
  const runs = finished.filter((run) => run.kind === kind);
  return placesOf(runs).map((at) => {
    const here = runs.filter((run) => run.at === at);
    const errors = here
      .filter((run) => run.divergedAt === null)
      .map((run) => (measure === 'train' ? run.trainError : run.testError));
    return {
      kind,
      at,
      errors: errors.filter((error): error is number => error !== null && Number.isFinite(error)).sort(ascending),
      divergedAt: here.flatMap((run) => run.divergedAt ?? []).sort(ascending),
    };
  });
}

/** The places at which there are runs, ascending. */
export function placesOf(finished: readonly FinalRun[]): number[] {
  return distinct(finished.map((run) => run.at));
}

/** Mean and range of a group's errors; null where every run diverged. */
export function summary({ errors }: FinalGroup): Range | null {
  return rangeOf(errors);
}

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

/** What there is at a place, one phrase a kind, of each that trained. */
export function phrasesAt(
  finished: readonly FinalRun[],
  at: number,
  measure: FinalMeasure,
  others: readonly OtherRuns[] = [],
): string[] {
  const own = kinds.flatMap((kind) =>
    groupsOf(finished, kind, measure)
      .filter((group) => group.at === at)
      .map((group) => `${words.kinds[kind]} ${cell(group)}`),
  );
  return [
    ...own,
    ...others.flatMap(({ name, runs }) => phrasesAt(runs, at, measure).map((said) => words.by(name, said))),
  ];
}

/** The whole chart in a sentence; null while it is empty. */
export function summarySentence(
  finished: readonly FinalRun[],
  axis: RunAxis,
  measure: FinalMeasure,
  others: readonly OtherRuns[] = [],
): string | null {
  const places = placesOf([...finished, ...others.flatMap(({ runs }) => runs)]);
  const parts = places.map((at) => words.spoken(axis.words(at), phrasesAt(finished, at, measure, others)));
  return parts.length === 0 ? null : words.summary(measure, parts);
}

/** The runs as rows. */
export function tableOf(finished: readonly FinalRun[], axis: RunAxis, others: readonly OtherRuns[] = []): ChartTable {
  const own = rowsOf(finished, axis);
  if (others.length === 0) return { columns: words.columns(axis.label), rows: own };
  const named = [{ name: words.thisBrowser, runs: finished }, ...others];
  return {
    columns: [...words.columns(axis.label), words.trainedBy],
    rows: named.flatMap(({ name, runs }) => rowsOf(runs, axis).map((row) => [...row, name])),
  };
}

function rowsOf(finished: readonly FinalRun[], axis: RunAxis): ChartTable['rows'] {
  const rows = [...finished].sort(
    (one, other) => one.at - other.at || one.kind.localeCompare(other.kind) || one.seed - other.seed,
  );
  return rows.map((run) => [
    axis.name(run.at),
    words.kinds[run.kind],
    run.seed,
    run.trainError,
    run.testError,
    run.divergedAt,
  ]);
}
