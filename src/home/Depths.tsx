import { useMemo } from 'react';
import { DepthChart } from '../figure/FinalChart.tsx';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { comparableRuns } from '../session/runs.ts';
import { hasShown } from '../session/selectors.ts';
import { useKeptRuns } from '../session/storage/useKeptRuns.ts';

const words = text.home.depths;

/** Every depth that was ever finished in this browser, as a dot. */
export function Depths() {
  const experiment = useLab((state) => state.experiment);
  // The bars are what a visitor waits for, and then the run: it has no processor to spare.
  const kept = useKeptRuns(useLab((state) => hasShown(state) && state.status.kind !== 'running'));
  const runs = useMemo(() => {
    const newest = new Map(kept.map(({ cell, run }) => [cell.link, run]));
    return comparableRuns([...newest.values()], experiment);
  }, [kept, experiment]);
  return <DepthChart finished={runs} title={words.title} subtitle={words.subtitle} />;
}
