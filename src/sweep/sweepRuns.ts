/** From the cells of a sweep to what its charts draw. */

import type { Cell } from '../experiment/sweep/cells.ts';
import type { SweepKind } from '../experiment/sweep/sweep.ts';
import type { FinalRun } from '../figure/finalRuns.ts';
import { isInMean, type StepSeries, type SweepRun, seriesLook } from '../figure/stepSeries.ts';
import { finalErrors } from '../session/sweeps/finishedCell.ts';
import { type SweepState, stateOf } from '../session/sweeps/state.ts';
import { placeOf, valueName } from './sweepAxis.ts';

type Shown = Pick<SweepState, 'cells' | 'states' | 'sweep'>;

/** The finished cells, each at its place on the axis. */
export function finalRuns(state: Shown): FinalRun[] {
  return state.cells.flatMap((cell) => {
    const found = stateOf(state, cell);
    if (found.kind !== 'done') return [];
    const errors = finalErrors(found.result);
    const { kind, seed } = cell;
    return {
      at: placeOf(state.sweep, cell.value),
      kind,
      seed,
      trainError: errors?.trainError ?? null,
      testError: errors?.testError ?? null,
      divergedAt: found.result.divergedAt,
    };
  });
}

function sweepRun(state: Shown, cell: Cell): SweepRun[] {
  const found = stateOf(state, cell);
  const { seed } = cell;
  if (found.kind === 'running') return [{ seed, evaluations: found.evaluations, divergedAt: null, isFinished: false }];
  if (found.kind !== 'done') return [];
  const { evaluations, divergedAt } = found.result;
  return [{ seed, evaluations, divergedAt, isFinished: true }];
}

/** The curves of one kind: a series for every value of the axis. */
export function stepSeries(state: Shown, kind: SweepKind): StepSeries[] {
  const { axis, values } = state.sweep;
  return values.map((value, index) => ({
    label: valueName(axis, value),
    look: seriesLook(kind, index, values.length),
    runs: state.cells.flatMap((cell) => (cell.kind === kind && cell.value === value ? sweepRun(state, cell) : [])),
  }));
}

/** From how many runs the means of the curves are: as long as a sweep is under way, not from as many everywhere. */
export function seedsInMeans(series: readonly StepSeries[]): { readonly fewest: number; readonly most: number } {
  const counts = series.map(({ runs }) => runs.filter(isInMean).length).filter((count) => count > 0);
  return counts.length === 0 ? { fewest: 0, most: 0 } : { fewest: Math.min(...counts), most: Math.max(...counts) };
}

/** The cells of which anything is drawn. */
export function drawnCells(state: Pick<SweepState, 'cells' | 'states'>): readonly Cell[] {
  return state.cells.filter((cell) => ['running', 'done'].includes(stateOf(state, cell).kind));
}

/** The largest error that any curve shows: where axes that are shared have to reach. */
export function largestError(series: readonly StepSeries[]): number {
  const errors = series.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.flatMap(({ trainError, testError }) => [trainError, testError])),
  );
  return Math.max(0, ...errors);
}
