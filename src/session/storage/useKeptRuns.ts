import { useEffect, useState } from 'react';
import type { KeptRun } from '../sweeps/finishedCell.ts';
import { pageDataUrl } from '../worker/client.ts';

/**
 * The finished runs that this browser keeps, oldest first, as they come; none before they have been read, and where they cannot be: that is told
 * where runs are kept.
 * @param isTime what reads them is downloaded then
 */
export function useKeptRuns(isTime = true): readonly KeptRun[] {
  const [runs, setRuns] = useState<readonly KeptRun[]>([]);
  useEffect(() => {
    if (!isTime) return;
    const gone = new AbortController();
    const start = () => void watch(setRuns, gone.signal).catch(() => undefined);
    // Behind the picture that waits for them: a frame is painted after its callbacks.
    requestAnimationFrame(() => setTimeout(() => !gone.signal.aborted && start()));
    return () => gone.abort();
  }, [isTime]);
  return runs;
}

async function watch(tell: (runs: readonly KeptRun[]) => void, gone: AbortSignal): Promise<void> {
  const [{ openRecords }, { keptRuns }] = await Promise.all([
    import('./records.ts'),
    import('../sweeps/finishedCell.ts'),
  ]);
  const records = await openRecords(pageDataUrl());
  if (!records.ok || gone.aborted) return;
  const { cells } = records.value;
  const read = async () => {
    const all = keptRuns(await cells.all());
    if (!gone.aborted) tell(all);
  };
  gone.addEventListener(
    'abort',
    cells.watch(() => void read().catch(() => undefined)),
  );
  await read();
}
