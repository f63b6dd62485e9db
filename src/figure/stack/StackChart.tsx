import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { useBox } from '../../plot/area.ts';
import { useHover } from '../../plot/linkedHover.ts';
import { useThrottled } from '../../ui/useThrottled.ts';
import type { RowCursor } from './cursor.ts';
import { rowAt, stackLayout, type Together } from './layout.ts';
import { spoken } from './Readout.tsx';
import { chartName, type ShownNetwork, StackDrawing } from './StackDrawing.tsx';
import { type BarsShown, barsShown, layerValues, summaryOf } from './values.ts';

export interface StackChartProps extends ShownNetwork {
  /** Of the stacks side by side, this one among them; the same object while it does not change. */
  readonly beside: Together;
  readonly cursor: RowCursor;
  /** What Enter does at a layer, and what is said of it; nothing unless given. */
  readonly enter?: { readonly act: () => void; readonly help: string };
  /** While it is, the pointer moves nothing. */
  readonly isFrozen?: boolean;
  /** Over a row: given where its middle is, in pixels from the top of the chart. */
  readonly over?: (y: number) => ReactNode;
  /** A line right below the rows, of this width, where type is of this size. */
  readonly foot?: (width: number, rem: number) => ReactNode;
}

/** Height of the line below the rows, in rem. */
const FOOT = 1.375;

/** A stack that fills its box, read by pointer, by keys and by ear: every layer a row with its live bar. */
export function StackChart({ beside, cursor, enter, isFrozen = false, over, foot, ...shown }: StackChartProps) {
  const { id, name, graph, measured, quantity } = shown;
  const [ref, box] = useBox();
  const [isFocused, setFocused] = useState(false);
  const { row } = cursor;
  const own = graph.rows.length;
  const hasFoot = foot !== undefined;
  const layout = useMemo(
    () =>
      stackLayout(
        { ...box, height: box.height - (hasFoot ? FOOT * box.rem : 0), pixel: 1 / devicePixelRatio },
        { own, ...beside },
      ),
    [box, hasFoot, own, beside],
  );
  const { head, rowHeight } = layout;
  const bottom = head + own * rowHeight;
  const layer = row === null ? null : (graph.rows[row]?.layer ?? null);
  useHover(chartName(id), layer === null ? null : { layers: { [id]: layer }, step: null });
  const under = (event: PointerEvent<SVGSVGElement>) =>
    rowAt(event.clientY - event.currentTarget.getBoundingClientRect().top - head, rowHeight, own);
  const wordsFor = (index: number) => {
    const found = graph.rows[index];
    return found ? spoken(found, layerValues(measured, found.layer), quantity) : '';
  };
  const bars = barsShown(shown);
  return (
    <div className="stack-plot" ref={ref} data-focused={isFocused || undefined}>
      <svg
        className="stack-drawing"
        width={box.width}
        height={bottom}
        aria-hidden="true"
        onPointerMove={(event) => !isFrozen && cursor.hover(under(event))}
        onPointerLeave={() => cursor.hover(null)}
        onPointerDown={(event) => cursor.pin(under(event))}
      >
        <StackDrawing {...shown} layout={layout} row={row} />
      </svg>
      <LayerCursor
        network={name}
        rows={own}
        row={row}
        onRow={cursor.pin}
        enter={enter}
        wordsFor={wordsFor}
        onFocus={setFocused}
      />
      {row !== null && over?.(head + (row + 0.5) * rowHeight)}
      {foot && (
        <p className="stack-foot" style={{ insetBlockStart: bottom }}>
          {foot(box.width, box.rem)}
        </p>
      )}
      {bars && <Summary {...bars} />}
    </div>
  );
}

interface LayerCursorProps {
  /** Name of the network. */
  readonly network: string;
  readonly rows: number;
  readonly row: number | null;
  readonly onRow: (row: number) => void;
  readonly enter: StackChartProps['enter'];
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
function LayerCursor({ network, rows, row, onRow, enter, wordsFor, onFocus }: LayerCursorProps) {
  const help = useId();
  const [said, setSaid] = useState('');
  const go = (next: number) => {
    setSaid(wordsFor(next));
    onRow(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = target(event.key, row ?? 0, rows);
    if (next !== null) go(next);
    else if (event.key === 'Enter' && enter) enter.act();
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
        {[text.stack.cursorHelp, enter?.help].join(' ')}
      </span>
    </>
  );
}

/** While a network trains, its values change with every picture; nobody reads sentences as fast. */
const LAG_MS = 1000;

/** What the bars show, in a sentence for those who do not see them. It is there to be read, and not announced. */
const Summary = memo(function Summary({ graph, values, quantity, from, to, isDead }: BarsShown) {
  const newest = useMemo(
    () => ({ graph, values, quantity, from, to, isDead }),
    [graph, values, quantity, from, to, isDead],
  );
  const read = useThrottled(newest, LAG_MS);
  const sentence = useMemo(() => summaryOf(read), [read]);
  return <p className="visually-hidden">{sentence}</p>;
});
