import { type KeyboardEvent, useId, useState } from 'react';
import { text } from '../../messages/messages.ts';

interface LayerCursorProps {
  /** Name of the network. */
  readonly network: string;
  readonly rows: number;
  readonly row: number | null;
  readonly onRow: (row: number) => void;
  readonly onEdit: () => void;
  /** What is to be said about a row. */
  readonly wordsFor: (row: number) => string;
  readonly onFocus: (isFocused: boolean) => void;
}

/** Rows that a key goes to, from `row` of `rows`. */
function target(key: string, row: number, rows: number): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(0, row - 1);
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(rows - 1, row + 1);
    case 'PageUp':
      return Math.max(0, row - 10);
    case 'PageDown':
      return Math.min(rows - 1, row + 10);
    case 'Home':
      return 0;
    case 'End':
      return rows - 1;
    default:
      return null;
  }
}

/**
 * The keyboard's and the screen reader's way through the layers: a slider without a face, over the
 * rows. It says a layer's values when it gets there, and is then silent: a running network changes
 * them many times a second.
 */
export function LayerCursor(props: LayerCursorProps) {
  const { network, rows, row, onRow, onEdit, wordsFor, onFocus } = props;
  const help = useId();
  const [said, setSaid] = useState('');
  const go = (next: number) => {
    setSaid(wordsFor(next));
    onRow(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = target(event.key, row ?? 0, rows);
    if (next !== null) go(next);
    else if (event.key === 'Enter') onEdit();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="range"
        className="layer-cursor"
        aria-label={text.stack.cursor(network)}
        aria-describedby={help}
        aria-orientation="vertical"
        aria-valuetext={said}
        min={1}
        max={rows}
        value={(row ?? 0) + 1}
        onChange={(event) => go(event.target.valueAsNumber - 1)}
        onKeyDown={onKeyDown}
        onFocus={() => {
          go(row ?? 0);
          onFocus(true);
        }}
        onBlur={() => onFocus(false)}
      />
      <span id={help} hidden>
        {text.stack.cursorHelp}
      </span>
    </>
  );
}
