/** A curve that a learner draws, beside what the run gave: as figures, as rows and in a sentence. */

import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { ChartTable } from '../../plot/table.ts';
import { errorsOf } from '../evidence.ts';
import type { CurveQuestion, Evidence } from '../lesson.ts';

const words = text.lessons.question.curve;

/** Training errors of a network, as fractions. */
export interface CurvePoint {
  readonly network: NetworkId;
  readonly depth: number;
  /** Null before it was drawn. */
  readonly predicted: number | null;
  /** Null before the run has ended, and of a network that overflowed. */
  readonly measured: number | null;
}

/** @param drawn an error for each point; null before they were drawn */
export function curvePoints(
  { points }: CurveQuestion,
  drawn: readonly number[] | null,
  evidence: Evidence,
  isEnded: boolean,
): CurvePoint[] {
  return points.map(({ network, depth }, index) => ({
    network,
    depth,
    predicted: drawn?.[index] ?? null,
    measured: isEnded ? (errorsOf(evidence, network)?.train ?? null) : null,
  }));
}

export function tableOf(points: readonly CurvePoint[]): ChartTable {
  return {
    columns: words.columns,
    rows: points.map(({ depth, predicted, measured }) => [depth, predicted, measured]),
  };
}

export function summaryOf(points: readonly CurvePoint[]): string {
  const said = (error: number | null) => (error === null ? null : percent(error));
  return words.summary(
    points.map(({ depth, predicted, measured }) => words.point(depth, said(predicted), said(measured))),
  );
}
