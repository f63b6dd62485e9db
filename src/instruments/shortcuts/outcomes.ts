/** What has become of runs of a network: those of this tab, and those that the browser keeps. */

import { useMemo } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { useLab } from '../../session/hooks.ts';
import type { NetworkRun } from '../../session/runs.ts';
import { useKeptRuns } from '../../session/storage/useKeptRuns.ts';
import type { KeptRun } from '../../session/sweeps/finishedCell.ts';

/** Everything that a run depends on but its seed, as text. */
function keyOf({ networks, training }: Experiment): string {
  return experimentText({ networks: networks.slice(0, 1), training: { ...training, seed: 0 } });
}

/** Everything that is known, the newest last; what an earlier version computed may be other than what this one would. */
export function knownRuns(kept: readonly KeptRun[], finished: readonly NetworkRun[]): readonly NetworkRun[] {
  return [...kept.map(({ run }) => run), ...finished].filter(({ isRepeatable }) => isRepeatable);
}

/** The runs of an experiment's first network under its training, whatever the seed: the newest of each, by seed. */
export function runsOfVariant(experiment: Experiment, known: readonly NetworkRun[]): readonly NetworkRun[] {
  const of = keyOf(experiment);
  const bySeed = new Map<number, NetworkRun>();
  for (const run of known) if (keyOf(run.experiment) === of) bySeed.set(run.experiment.training.seed, run);
  return [...bySeed.entries()].sort(([one], [other]) => one - other).map(([, run]) => run);
}

/** What is known of finished runs, here and from earlier visits. */
export function useKnownRuns(): readonly NetworkRun[] {
  const kept = useKeptRuns();
  const finished = useLab((state) => state.finished);
  return useMemo(() => knownRuns(kept, finished), [kept, finished]);
}
