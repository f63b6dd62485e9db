import { use, useState } from 'react';
import { ProblemError } from '../experiment/problem.ts';
import { sentence, text } from '../messages/messages.ts';
import { openRecords, type Records } from '../session/storage/records.ts';
import type { Views } from '../session/views.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import { Failure } from '../ui/Failure.tsx';
import { Library } from './Library.tsx';

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
    <main className="view library">
      <Failure action={text.app.status.retry} onAction={() => setOpening(open())}>
        {sentence(records.problem)}
      </Failure>
    </main>
  );
}
