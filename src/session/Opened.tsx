import { type ReactNode, use, useState } from 'react';
import type { Result } from '../experiment/result.ts';
import { sentence, text } from '../messages/messages.ts';
import { Failure } from '../ui/Failure.tsx';

interface OpenedProps<T> {
  /** Gives the same promise again until one has failed. */
  readonly open: () => Promise<Result<T>>;
  readonly children: (value: T) => ReactNode;
  /** Classes of the main part of the page, where the children bring one of their own. */
  readonly main?: string;
}

/** What has to be opened first; or why it cannot be, with a button that tries again. */
export function Opened<T>({ open, children, main }: OpenedProps<T>) {
  const [opening, setOpening] = useState(open);
  const opened = use(opening);
  if (opened.ok) return children(opened.value);
  const failed = (
    <Failure action={text.app.status.retry} onAction={() => setOpening(open())}>
      {sentence(opened.problem)}
    </Failure>
  );
  return main === undefined ? failed : <main className={main}>{failed}</main>;
}
