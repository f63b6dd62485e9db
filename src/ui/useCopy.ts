import { useState } from 'react';

/** What is said of a copy: browsers may refuse it. */
interface CopyWords {
  readonly copied: string;
  readonly refused: string;
}

/**
 * Copies at a press.
 * @returns `saidOf` something what came of its copy, unless something else was copied since; or of whatever was copied last
 */
export function useCopy({ copied, refused }: CopyWords) {
  const [last, setLast] = useState<{ readonly what: string | Blob; readonly said: string } | null>(null);
  const copy = async (what: string | Blob): Promise<void> => {
    setLast(null);
    try {
      if (typeof what === 'string') await navigator.clipboard.writeText(what);
      else await navigator.clipboard.write([new ClipboardItem({ [what.type]: what })]);
      setLast({ what, said: copied });
    } catch {
      setLast({ what, said: refused });
    }
  };
  const saidOf = (what = last?.what): string => (last !== null && last.what === what ? last.said : '');
  return { copy, saidOf };
}
