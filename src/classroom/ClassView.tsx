import { use, useState } from 'react';
import { ProblemError } from '../experiment/problem.ts';
import { sentence, text } from '../messages/messages.ts';
import { openRecords, type Records } from '../session/storage/records.ts';
import type { Views } from '../session/views.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import { Failure } from '../ui/Failure.tsx';
import { Collect } from './collect/Collect.tsx';
import './classroom.css';

/** The records, which know what this page trains on; or why they cannot be opened now. */
function open(): Promise<Records | ProblemError> {
  return openRecords(pageDataUrl()).catch((error: unknown) => {
    if (error instanceof ProblemError) return error;
    throw error;
  });
}

/** Where a class fills one figure. */
export default function ClassView({ views }: { readonly views: Views }) {
  const [opening, setOpening] = useState(open);
  const records = use(opening);
  return (
    <main className="view classroom">
      {records instanceof ProblemError ? (
        <Failure action={text.app.status.retry} onAction={() => setOpening(open())}>
          {sentence(records.problem)}
        </Failure>
      ) : (
        <Collect data={records.data} views={views} />
      )}
    </main>
  );
}
