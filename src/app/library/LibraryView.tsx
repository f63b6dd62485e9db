import { use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { AboutContext } from '../../charts/tools/about.ts';
import { sentence, text } from '../../messages/messages.ts';
import { ProblemError } from '../../spec/problem.ts';
import type { FinishedCell } from '../../sweeps/finishedCell.ts';
import { Button } from '../../ui/Button.tsx';
import { pageDataUrl } from '../../worker/client.ts';
import { useCommands } from '../lab.ts';
import { openRecords, type Records } from '../records.ts';
import type { Views } from '../views.ts';
import { aboutEntries } from './about.ts';
import { Comparison, MOST_COMPARED } from './Comparison.tsx';
import { type Entry, entriesOf } from './entries.ts';
import { RunTable } from './RunTable.tsx';
import './library.css';

const words = text.library;

/** The records, or null where they cannot be opened now: then the page says so elsewhere, too. */
function open(): Promise<Records | ProblemError> {
  return openRecords(pageDataUrl()).catch((error: unknown) => {
    if (error instanceof ProblemError) return error;
    throw error;
  });
}

/** The finished runs that this browser keeps: to name, compare, delete, and load back into the lab. */
export default function LibraryView({ views }: { readonly views: Views }) {
  const [opening, setOpening] = useState(open);
  const records = use(opening);
  if (!(records instanceof ProblemError)) return <Library records={records} views={views} />;
  return (
    <main className="library">
      <div className="failure" role="alert">
        <p>{sentence(records.problem)}</p>
        <Button look="primary" onPress={() => setOpening(open())}>
          {text.app.status.retry}
        </Button>
      </div>
    </main>
  );
}

/** The entries, and what changes them; null until they have been read. */
function useEntries({ cells }: Records) {
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const { notify } = useCommands();
  useEffect(() => {
    const read = () => void cells.all().then((all) => setEntries(entriesOf(all)));
    read();
    return cells.watch(read);
  }, [cells]);
  const report = (error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
    notify(error.problem);
  };
  return {
    entries,
    put: (cell: FinishedCell) => void cells.put(cell).catch(report),
    remove: (cell: FinishedCell) => void cells.delete(cell.key).catch(report),
  };
}

function Library({ records, views }: { readonly records: Records; readonly views: Views }) {
  const { entries, put, remove } = useEntries(records);
  const { setExperiment } = useCommands();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [deleted, setDeleted] = useState<Entry | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const compared = useMemo(
    () => chosen.flatMap((key) => entries?.find(({ cell }) => cell.key === key) ?? []),
    [chosen, entries],
  );
  const about = useCallback(() => aboutEntries(compared), [compared]);
  return (
    <main className="library">
      <section className="panel library-panel">
        <h2 className="view-title" tabIndex={-1} ref={heading}>
          {words.title}
        </h2>
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
              setDeleted(entry);
              setChosen((keys) => keys.filter((key) => key !== entry.cell.key));
              remove(entry.cell);
            }}
            onOpen={({ experiment }) => {
              setExperiment(experiment);
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
    </main>
  );
}
