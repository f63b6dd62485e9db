import { useEffect, useMemo, useState } from 'react';
import { DepthChart } from '../figure/FinalChart.tsx';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { comparableRuns, type NetworkRun } from '../session/runs.ts';
import { hasShown } from '../session/selectors.ts';
import { pageDataUrl } from '../session/worker/client.ts';

const words = text.home.depths;

/** Every depth that was ever finished in this browser, as a dot. */
export function Depths() {
  const experiment = useLab((state) => state.experiment);
  const kept = useKeptRuns();
  const runs = useMemo(() => comparableRuns(kept, experiment), [kept, experiment]);
  return <DepthChart finished={runs} title={words.title} subtitle={words.subtitle} />;
}

/**
 * The finished runs that are kept, the newest of each experiment; none before they have been read, and where they cannot be. What reads them
 * is loaded once the bars are there, which are what a visitor waits for.
 */
function useKeptRuns(): readonly NetworkRun[] {
  const [runs, setRuns] = useState<readonly NetworkRun[]>([]);
  const isTime = useLab(hasShown);
  useEffect(() => {
    if (!isTime) return;
    let isGone = false;
    let unwatch: (() => void) | null = null;
    async function start(): Promise<void> {
      const [{ openRecords }, { runOfCell }] = await Promise.all([
        import('../session/storage/records.ts'),
        import('../session/sweeps/finishedCell.ts'),
      ]);
      const { cells } = await openRecords(pageDataUrl());
      const read = async () => {
        const all = (await cells.all()).toSorted((one, other) => one.finishedAt.localeCompare(other.finishedAt));
        const newest = new Map(all.map((cell) => [cell.link, cell]));
        if (!isGone) setRuns([...newest.values()].map((cell) => runOfCell(cell)));
      };
      // What cannot be read is told where runs are kept.
      const readQuietly = () => void read().catch(() => undefined);
      readQuietly();
      if (!isGone) unwatch = cells.watch(readQuietly);
    }
    // Behind the first picture, which has no dots yet: a frame is painted after its callbacks.
    const frame = requestAnimationFrame(() => setTimeout(() => !isGone && start().catch(() => undefined)));
    return () => {
      isGone = true;
      cancelAnimationFrame(frame);
      unwatch?.();
    };
  }, [isTime]);
  return runs;
}
