/** What the Depth chart says of a depth, in figures and in words. */
import type { FinishedRun } from '../../measurements/finished.ts';
import { text } from '../../messages/messages.ts';
import { percent } from '../format/number.ts';
import { type DepthGroup, type DepthMeasure, depthsOf, groupsOf, kinds, summary } from './groups.ts';

const words = text.charts.depth;

/** Mean, range and number of the runs of a group, and how many diverged. */
export function cell(group: DepthGroup): string {
  const found = summary(group);
  const [firstStep] = group.divergedAt;
  if (found === null) return firstStep === undefined ? text.charts.none : words.onlyDiverged(firstStep);
  const range = group.errors.length > 1 ? { low: percent(found.low), high: percent(found.high) } : null;
  const errors = words.cell(percent(found.mean), range, group.errors.length);
  return group.divergedAt.length === 0
    ? errors
    : text.charts.joined([errors, words.someDiverged(group.divergedAt.length)]);
}

/** What there is at a depth, one phrase a kind. */
export function phrasesAt(finished: readonly FinishedRun[], depth: number, measure: DepthMeasure): string[] {
  return kinds.flatMap((kind) =>
    groupsOf(finished, kind, measure)
      .filter((group) => group.depth === depth)
      .map((group) => `${words.kinds[kind]} ${cell(group)}`),
  );
}

/** The whole chart in a sentence. */
export function summarySentence(finished: readonly FinishedRun[], measure: DepthMeasure): string {
  const parts = depthsOf(finished).map((depth) => words.spoken(depth, phrasesAt(finished, depth, measure)));
  return parts.length === 0 ? words.empty : words.summary(measure, parts);
}
