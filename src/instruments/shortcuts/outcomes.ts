/** What has become of runs of a network: those of this tab, and those that the browser keeps. */

import { useEffect, useMemo, useState } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { ProblemError } from '../../experiment/problem.ts';
import { useLab } from '../../session/hooks.ts';
import type { NetworkRun } from '../../session/runs.ts';
import { openRecords } from '../../session/storage/records.ts';
import { type FinishedCell, runOfCell } from '../../session/sweeps/finishedCell.ts';
import { pageDataUrl } from '../../session/worker/client.ts';

/** Everything that a run depends on but its seed, as text. */
function keyOf({ networks, training }: Experiment): string {
  return experimentText({ networks: networks.slice(0, 1), training: { ...training, seed: 0 } });
}

/** Everything that is known, the newest last; what an earlier version computed may be other than what this one would. */
export function knownRuns(cells: readonly FinishedCell[], finished: readonly NetworkRun[]): readonly NetworkRun[] {
  const kept = cells.toSorted((one, other) => one.finishedAt.localeCompare(other.finishedAt));
  return [...kept.map((cell) => runOfCell(cell)), ...finished].filter(({ isRepeatable }) => isRepeatable);
}

/** The runs of an experiment's first network under its training, whatever the seed: the newest of each, by seed. */
export function runsOfVariant(experiment: Experiment, known: readonly NetworkRun[]): readonly NetworkRun[] {
  const of = keyOf(experiment);
  const bySeed = new Map<number, NetworkRun>();
  for (const run of known) if (keyOf(run.experiment) === of) bySeed.set(run.experiment.training.seed, run);
  return [...bySeed.entries()].sort(([one], [other]) => one - other).map(([, run]) => run);
}

/** Records that cannot be opened or read are the library's to speak of. */
function passOver(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}

/** The runs that the browser keeps, as they come; none where its records cannot be read. */
function useKeptCells(): readonly FinishedCell[] {
  const [cells, setCells] = useState<readonly FinishedCell[]>([]);
  useEffect(() => {
    let isOver = false;
    let end = () => {};
    const watch = async () => {
      const records = await openRecords(pageDataUrl());
      const read = async () => {
        const all = await records.cells.all();
        if (!isOver) setCells(all);
      };
      if (isOver) return;
      end = records.cells.watch(() => void read().catch(passOver));
      await read();
    };
    watch().catch(passOver);
    return () => {
      isOver = true;
      end();
    };
  }, []);
  return cells;
}

/** What is known of finished runs, here and from earlier visits. */
export function useKnownRuns(): readonly NetworkRun[] {
  const cells = useKeptCells();
  const finished = useLab((state) => state.finished);
  return useMemo(() => knownRuns(cells, finished), [cells, finished]);
}
