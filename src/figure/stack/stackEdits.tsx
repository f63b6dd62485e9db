import { createContext, useContext, useMemo, useState } from 'react';
import type { Item, Kernel, NetworkSpec } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/problem.ts';
import { sentence, text } from '../../messages/messages.ts';
import { WarningIcon } from '../../ui/icons.tsx';

/** Edits of one network's stack. Each applies at once, or changes nothing and says why. */
export interface StackEdits {
  /** Puts an item before the one at `index`, or at the end. */
  readonly insertItem: (index: number, item: Item) => Problem | null;
  readonly removeItem: (index: number) => Problem | null;
  /** Takes the item at `from` out and puts it where it then has the index `to`. */
  readonly moveItem: (from: number, to: number) => Problem | null;
  readonly setItem: (index: number, item: Item) => Problem | null;
}

/** The stack that is edited and its edits; each says whether it was applied. */
export interface StackEditor {
  readonly stack: readonly Item[];
  /** Of the convs whose items do not say their own. */
  readonly kernel: Kernel;
  /** Why the last edit was refused, until another is applied. */
  readonly refused: Problem | null;
  readonly insert: (index: number, item: Item) => boolean;
  readonly remove: (index: number) => boolean;
  readonly move: (from: number, to: number) => boolean;
  readonly set: (index: number, item: Item) => boolean;
}

/**
 * Remembers the problem of the last edit, so that it can be shown where the edit was made.
 *
 * @param edits the same object at every render, so that a running network does not redraw the controls
 */
export function useStackEditor({ stack, kernel }: NetworkSpec, edits: StackEdits): StackEditor {
  const [refused, setRefused] = useState<Problem | null>(null);
  return useMemo(() => {
    const applied = (problem: Problem | null) => {
      setRefused(problem);
      return problem === null;
    };
    return {
      stack,
      kernel,
      refused,
      insert: (index, item) => applied(edits.insertItem(index, item)),
      remove: (index) => applied(edits.removeItem(index)),
      move: (from, to) => applied(edits.moveItem(from, to)),
      set: (index, item) => applied(edits.setItem(index, item)),
    };
  }, [stack, kernel, refused, edits]);
}

const StackEditorContext = createContext<StackEditor | null>(null);
export const StackEditorProvider = StackEditorContext.Provider;

/** The editor of the column around: items of a list are drawn from a cache and must not hold an old one. */
export function useEditor(): StackEditor {
  const editor = useContext(StackEditorContext);
  if (!editor) throw new Error('no stack editor around');
  return editor;
}

/** Why the last edit was refused. */
export function Refusal() {
  const { refused } = useEditor();
  if (!refused) return null;
  return (
    <p role="alert" className="stack-refused small">
      <WarningIcon />
      <span>
        <strong>{text.stack.refused}</strong> {sentence(refused)}
      </span>
    </p>
  );
}
