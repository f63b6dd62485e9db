import { type CSSProperties, createContext, useContext, useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { Row } from '../../network/graph.ts';
import { exact } from '../../plot/format.ts';
import { type Quantity, quantities } from '../../records/records.ts';
import { Button } from '../../ui/Button.tsx';
import { ChevronIcon, CloseIcon } from '../../ui/icons.tsx';
import type { RowCursor } from './cursor.ts';
import type { ShownNetwork } from './StackDrawing.tsx';
import { type LayerValues, layerValues } from './values.ts';

/** A measured value in full: shares in percent, everything else to three digits. */
export function valueText(quantity: Quantity, value: number): string {
  return quantity === 'deadFraction' ? percent(value) : exact(value);
}

/** What lies on the shortcut that starts at a row; null where none does, or nothing lies on it. */
function shortcutOf({ onShortcut }: Row): string | null {
  const parts = onShortcut.flatMap((kind) => text.stack.onShortcut[kind] ?? []);
  return parts.length > 0 ? text.stack.shortcutReading(parts) : null;
}

/** A row and its numbers in one sentence, the quantity of the bars first. */
export function spoken(row: Row, values: LayerValues | null, shown: Quantity): string {
  const shortcut = shortcutOf(row);
  const name = shortcut === null ? row.name : text.stack.rowWith(row.name, shortcut);
  if (!values) return text.stack.bareReading(name, remark(row));
  const order = [shown, ...quantities.filter((quantity) => quantity !== shown)];
  return text.stack.reading(
    name,
    order.map((quantity) => [text.quantities[quantity].label, valueText(quantity, values[quantity])] as const),
  );
}

function remark(row: Row): string {
  return row.layer === null ? text.stack.notMeasured : text.stack.noSteps;
}

interface ReadoutProps {
  readonly row: Row | null;
  /** Null where nothing was measured. */
  readonly values: LayerValues | null;
  readonly shown: Quantity;
}

/** What is at a row: its name, its map, and what lies on its shortcut. */
function nameOf(row: Row): string {
  return [row.name, text.stack.shape(...row.shape), shortcutOf(row)].filter((part) => part !== null).join(' · ');
}

/** The numbers of the layer under the cursor, in a place that is kept free for them. */
function Readout({ row, values, shown }: ReadoutProps) {
  return (
    <div className="readout tiny">
      <p className="readout-name strong">{row && nameOf(row)}</p>
      {row && values ? (
        <dl className="readout-values">
          {quantities.map((quantity) => (
            <div key={quantity} data-shown={quantity === shown || undefined}>
              <dt>{text.quantities[quantity].label}</dt>
              <dd>{valueText(quantity, values[quantity])}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="readout-hint soft" data-export={row ? undefined : 'no'}>
          {row ? remark(row) : text.stack.readoutHint}
        </p>
      )}
    </div>
  );
}

/** Where the numbers of a tapped layer stand on a phone, whose stacks are higher than what is seen of them. */
export interface TappedPlace {
  /** Null where there is no such place: each stack then has its own. */
  readonly element: HTMLElement | null;
  /** The network whose layer was tapped last. */
  readonly owner: NetworkId | null;
  readonly take: (network: NetworkId) => void;
}

export const TappedPlaceContext = createContext<TappedPlace>({ element: null, owner: null, take: () => undefined });

interface StackReadingProps extends Pick<ShownNetwork, 'id' | 'name' | 'graph' | 'measured' | 'quantity'> {
  readonly cursor: RowCursor;
}

/** The numbers of the layer under the cursor: below the stack, or where a finger does not hide them. */
export function StackReading({ id, name, graph, measured, quantity, cursor }: StackReadingProps) {
  const { element, owner, take } = useContext(TappedPlaceContext);
  useEffect(() => {
    if (cursor.row !== null) take(id);
  }, [cursor.row, id, take]);
  const row = cursor.row === null ? null : (graph.rows[cursor.row] ?? null);
  const read = { values: row && layerValues(measured, row.layer), shown: quantity };
  if (!element) {
    return (
      <div className="stack-reading">
        <Readout {...read} row={row} />
      </div>
    );
  }
  if (owner !== id || cursor.row === null || !row) return null;
  const { row: index, pin } = cursor;
  const go = (by: 1 | -1) => pin(Math.max(0, Math.min(graph.rows.length - 1, index + by)));
  return createPortal(
    <TappedReadout {...read} row={row} id={id} network={name} onMove={go} onClose={() => pin(null)} />,
    element,
  );
}

interface TappedReadoutProps extends ReadoutProps {
  readonly row: Row;
  readonly id: NetworkId;
  /** Of the network. */
  readonly network: string;
  /** Goes to the next row, or with −1 to the one before. */
  readonly onMove: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** The same for a finger, which hides the layer that it points at, and is wider than many: with the way to the layers beside it. */
function TappedReadout({ id, network, onMove, onClose, ...read }: TappedReadoutProps) {
  return (
    <section className="tapped" aria-label={network} style={{ '--accent': `var(--network-${id})` } as CSSProperties}>
      <div className="in-line small">
        <span className="stack-dot" />
        <span className="grow cut">{network}</span>
        <Button look="icon" aria-label={text.stack.previousLayer} onPress={() => onMove(-1)}>
          <span className="tapped-up">
            <ChevronIcon />
          </span>
        </Button>
        <Button look="icon" aria-label={text.stack.nextLayer} onPress={() => onMove(1)}>
          <ChevronIcon />
        </Button>
        <Button look="icon" aria-label={text.stack.closeReadout} onPress={onClose}>
          <CloseIcon />
        </Button>
      </div>
      <Readout {...read} />
    </section>
  );
}
