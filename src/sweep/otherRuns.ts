/** Runs of a sweep that were trained elsewhere, by what trained them. */
import { group } from 'd3-array';
import { experimentText } from '../experiment/experimentText.ts';
import { engineText } from '../figure/about.ts';
import { finalRun, type OtherRuns } from '../figure/finalRuns.ts';
import { day } from '../messages/format.ts';
import { laterText } from '../messages/laterText.ts';
import { type FinishedCell, runOfCell } from '../session/sweeps/finishedCell.ts';
import { cellId, type SweepState } from '../session/sweeps/state.ts';
import { placeOf } from './sweepAxis.ts';

export interface Elsewhere extends OtherRuns {
  /** All that came from there, of whatever sweep. */
  readonly cells: readonly FinishedCell[];
}

/** The cells of each engine and device, and those among them that are of this sweep, each at its place on the axis. */
export function otherRuns(
  { cells, sweep }: Pick<SweepState, 'cells' | 'sweep'>,
  imported: ReadonlyMap<string, FinishedCell>,
): Elsewhere[] {
  const byId = new Map(cells.map((cell) => [cellId(cell), cell]));
  const groups = group(imported.values(), ({ engine }) => JSON.stringify(engine));
  return [...groups.values()].map((own) => {
    const [first] = own;
    const latest = own.reduce((last, { finishedAt }) => (finishedAt > last ? finishedAt : last), '');
    const runs = own.flatMap((each) => {
      const run = runOfCell(each);
      const cell = byId.get(experimentText(run.experiment));
      return cell ? [{ ...finalRun(run, placeOf(sweep, cell.value)), kind: cell.kind }] : [];
    });
    return { name: laterText.sweep.elsewhere.by(engineText(first?.engine ?? null), day(latest)), runs, cells: own };
  });
}
