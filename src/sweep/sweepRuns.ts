/** From the cells of a sweep to what its charts draw, and say of it. */

import { formatLink } from '../experiment/link.ts';
import type { Cell } from '../experiment/sweep/cells.ts';
import type { SweepKind } from '../experiment/sweep/sweep.ts';
import { formatSweep } from '../experiment/sweep/text.ts';
import { about } from '../figure/about.ts';
import { type FinalRun, finalRun } from '../figure/finalRuns.ts';
import { isInMean, type StepSeries, seriesLook } from '../figure/stepSeries.ts';
import { laterText } from '../messages/laterText.ts';
import type { ChartAbout } from '../plot/about.ts';
import type { NetworkRun } from '../session/runs.ts';
import { runAt, type SweepState } from '../session/sweeps/state.ts';
import { axisLabel, placeOf, valueName } from './sweepAxis.ts';

type Shown = Pick<SweepState, 'cells' | 'states' | 'sweep'>;

/** The runs of these cells, as far as there are any. */
function runsOfCells(state: Pick<SweepState, 'states'>, cells: readonly Cell[]): NetworkRun[] {
  return cells.flatMap((cell) => runAt(state, cell) ?? []);
}

/** The finished cells, each at its place on the axis. */
export function finalRuns(state: Shown): FinalRun[] {
  return state.cells.flatMap((cell) => {
    const run = runAt(state, cell);
    return run?.isFinished ? { ...finalRun(run, placeOf(state.sweep, cell.value)), kind: cell.kind } : [];
  });
}

/** The curves of one kind: a series for every value of the axis. */
export function stepSeries(state: Shown, kind: SweepKind): StepSeries[] {
  const { axis, values } = state.sweep;
  return values.map((value, index) => ({
    label: valueName(axis, value),
    look: seriesLook(kind, index, values.length),
    runs: runsOfCells(
      state,
      state.cells.filter((cell) => cell.kind === kind && cell.value === value),
    ),
  }));
}

/** From how many runs the means of the curves are: as long as a sweep is under way, not from as many everywhere. */
export function seedsInMeans(series: readonly StepSeries[]): { readonly fewest: number; readonly most: number } {
  const counts = series.map(({ runs }) => runs.filter(isInMean).length).filter((count) => count > 0);
  return counts.length === 0 ? { fewest: 0, most: 0 } : { fewest: Math.min(...counts), most: Math.max(...counts) };
}

/** The largest error that any curve shows: where axes that are shared have to reach. */
export function largestError(series: readonly StepSeries[]): number {
  const errors = series.flatMap(({ runs }) =>
    runs.flatMap(({ evaluations }) => evaluations.flatMap(({ trainError, testError }) => [trainError, testError])),
  );
  return Math.max(0, ...errors);
}

/** Where the figures of a sweep's charts come from: as long as it is under way, not from everything that is planned. */
export function aboutSweep(state: SweepState, dataSet: string | null): ChartAbout {
  const { base, sweep, cells } = state;
  return about({
    runs: runsOfCells(state, cells),
    dataSet,
    networks: laterText.sweep.about(axisLabel(sweep.axis), sweep.values.join(', '), sweep.kinds),
    links: [formatLink(base) + formatSweep(sweep, base)],
  });
}
