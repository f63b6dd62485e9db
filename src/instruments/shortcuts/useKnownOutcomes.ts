import { useEffect, useMemo, useState } from 'react';
import { ProblemError } from '../../experiment/problem.ts';
import { useLab } from '../../session/hooks.ts';
import { openRecords } from '../../session/storage/records.ts';
import type { FinishedCell } from '../../session/sweeps/finishedCell.ts';
import { pageDataUrl } from '../../session/worker/client.ts';
import { knownOutcomes } from './outcomes.ts';

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
export function useKnownOutcomes(): ReturnType<typeof knownOutcomes> {
  const cells = useKeptCells();
  const finished = useLab((state) => state.finished);
  return useMemo(() => knownOutcomes(cells, finished), [cells, finished]);
}
