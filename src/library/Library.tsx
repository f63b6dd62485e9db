import { useCallback, useEffect, useMemo, useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { sentence } from '../messages/messages.ts';
import { AboutContext } from '../plot/about.ts';
import { useCommands } from '../session/hooks.ts';
import { Opened } from '../session/Opened.tsx';
import { keptProblem } from '../session/storage/kept.ts';
import { openRecords, type Records } from '../session/storage/records.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import type { Views } from '../session/views.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import { Button } from '../ui/Button.tsx';
import { Comparison, MOST_COMPARED } from './Comparison.tsx';
import { aboutEntries, type Entry, entriesOf } from './entries.ts';
import { RunTable } from './RunTable.tsx';
import './library.css';

const words = laterText.library;

/** The finished runs that this browser keeps: to name, compare, delete, and load back into the lab. */
export default function LibraryView({ views }: { readonly views: Views }) {
  return (
    <main className="view library">
      <Opened open={() => openRecords(pageDataUrl())}>
        {(records) => <Library records={records} views={views} />}
      </Opened>
    </main>
  );
}

/** The list of finished runs, and the comparison of those that are ticked. */
export function Library({ records, views }: { readonly records: Records; readonly views: Views }) {
  const { entries, put, remove } = useEntries(records);
  const { setExperiment } = useCommands();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [deleted, setDeleted] = useState<Entry | null>(null);
  const compared = useMemo(
    () => chosen.flatMap((key) => entries?.find(({ cell }) => cell.key === key) ?? []),
    [chosen, entries],
  );
  const about = useCallback(() => aboutEntries(compared), [compared]);
  return (
    <>
      <section className="panel column">
        <h2 className="large">{words.title}</h2>
        <p className="view-text">{words.explanation}</p>
        {records.problem && <p className="view-text view-remark">{sentence(records.problem)}</p>}
        <p className="view-text" role="status">
          {deleted && (
            <>
              {words.deleted(deleted.name)}{' '}
              <Button
                onPress={() => {
                  put(deleted.cell);
                  setDeleted(null);
                }}
              >
                {words.undo}
              </Button>
            </>
          )}
        </p>
        {entries?.length === 0 && <p>{words.empty}</p>}
        {entries && entries.length > 0 && (
          <RunTable
            entries={entries}
            chosen={chosen}
            mostChosen={MOST_COMPARED}
            onChoose={(key, isChosen) =>
              setChosen((keys) => (isChosen ? [...keys, key] : keys.filter((other) => other !== key)))
            }
            onRename={(cell, name) => put({ ...cell, name })}
            onDelete={(entry) => {
              remove(entry.cell, () => {
                setDeleted(entry);
                setChosen((keys) => keys.filter((key) => key !== entry.cell.key));
              });
            }}
            onOpen={({ run }) => {
              setExperiment(run.experiment);
              views.setState({ view: 'lab' });
            }}
          />
        )}
      </section>
      {compared.length > 0 && (
        <AboutContext value={about}>
          <Comparison entries={compared} />
        </AboutContext>
      )}
    </>
  );
}

/** The entries (null until they have been read) and the functions that change them. A notice says what cannot be done. */
function useEntries({ cells }: Pick<Records, 'cells'>) {
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
