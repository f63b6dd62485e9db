import { useEffect, useState } from 'react';
import { useCommands } from '../session/hooks.ts';
import { keptProblem } from '../session/storage/kept.ts';
import type { Records } from '../session/storage/records.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import { type Entry, entriesOf } from './entries.ts';

/** The entries, and what changes them; null until they have been read. What cannot be done is said in a notice. */
export function useEntries({ cells }: Pick<Records, 'cells'>) {
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const { notify } = useCommands();
  const report = (error: unknown) => notify(keptProblem(error));
  useEffect(() => {
    const read = () =>
      void cells.all().then(
        (all) => setEntries(entriesOf(all)),
        (error: unknown) => notify(keptProblem(error)),
      );
    read();
    return cells.watch(read);
  }, [cells, notify]);
  return {
    entries,
    put: (cell: FinishedCell) => void cells.put(cell).catch(report),
    remove: (cell: FinishedCell, onRemoved: () => void) => void cells.delete(cell.key).then(onRemoved, report),
  };
}
