import type { CSSProperties } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { Row } from '../../network/graph.ts';
import { exact } from '../../plot/format.ts';
import { type Quantity, quantities } from '../../records/records.ts';
import { Button } from '../../ui/Button.tsx';
import { ChevronIcon, CloseIcon } from '../../ui/icons.tsx';
import type { LayerValues } from './values.ts';

/** A measured value in full: shares in percent, everything else to three digits. */
function valueText(quantity: Quantity, value: number): string {
  return quantity === 'deadFraction' ? percent(value) : exact(value);
}

/** What lies on the shortcut that starts at a row; null where none does, or nothing lies on it. */
function shortcutOf({ onShortcut }: Row): string | null {
  const parts = onShortcut.flatMap((kind) => text.blocks.onShortcut[kind] ?? []);
  return parts.length > 0 ? text.blocks.shortcutReading(parts) : null;
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
export function Readout({ row, values, shown }: ReadoutProps) {
  return (
    <div className="readout">
      <p className="readout-name">{row && nameOf(row)}</p>
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
        <p className="readout-hint" data-export={row ? undefined : 'no'}>
          {row ? remark(row) : text.stack.readoutHint}
        </p>
      )}
    </div>
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
export function TappedReadout({ id, network, onMove, onClose, ...read }: TappedReadoutProps) {
  return (
    <section className="tapped" aria-label={network} style={{ '--accent': `var(--network-${id})` } as CSSProperties}>
      <div className="tapped-head">
        <span className="stack-dot" />
        <span className="tapped-network">{network}</span>
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
