import { memo, type ReactNode } from 'react';
import { text } from '../messages/messages.ts';
import type { Look } from './looks.ts';
import { type LineKind, lineOf } from './marks.tsx';

/** The shape of a series in a line of text. */
export function ShapeKey({ look, isHollow = false }: { readonly look: Look; readonly isHollow?: boolean }) {
  return (
    <svg className="chart-key-shape" viewBox="-6 -6 12 12" aria-hidden="true">
      {isHollow ? <path d={look.shape} fill="none" stroke={look.color} /> : <path d={look.shape} fill={look.color} />}
    </svg>
  );
}

/** A piece of line as a key to its pattern. */
export function LineKey({ kind, color = 'currentColor' }: { readonly kind: LineKind; readonly color?: string }) {
  return (
    <svg className="chart-key-line" viewBox="0 0 18 10" aria-hidden="true">
      <path {...lineOf(kind, color)} d="M1,5H17" />
    </svg>
  );
}

/** Training error solid, test error dashed. */
export function TrainTestKeys() {
  return (
    <span className="chart-patterns">
      <LineKey kind="train" /> {text.charts.train} / <LineKey kind="test" /> {text.charts.test}
    </span>
  );
}

export interface LegendItem {
  readonly key: string;
  readonly look: Look;
  /** Drawn as an outline. */
  readonly isHollow?: boolean;
  readonly name: string;
  /** Beside the name. */
  readonly note?: string;
  /** At the cursor; null where it is nowhere. */
  readonly figures: string | null;
}

interface LegendProps {
  /** Where the figures are from. */
  readonly head: ReactNode;
  /** What lines and bands say. */
  readonly patterns?: ReactNode;
  readonly items?: readonly LegendItem[];
  /** Long figures: each beside its name, or broken into lines. */
  readonly figures?: 'wide' | 'wrapped';
  /** Below the items. */
  readonly children?: ReactNode;
}

/** Which marks are whose, with their figures at the cursor. A screen reader is told by the slider. */
export function Legend({ head, patterns, items = [], figures, children }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="flow soft chart-legend-head">
        {typeof head === 'string' ? <span className="chart-at">{head}</span> : head}
        {patterns}
      </div>
      {items.length > 0 && (
        <div className={figures === 'wide' ? 'chart-legend-items chart-legend-wide' : 'chart-legend-items'}>
          {items.map(({ key, ...item }) => (
            <Item key={key} {...item} isWrapped={figures === 'wrapped'} />
          ))}
        </div>
      )}
      {children}
    </div>
  );
}

interface ItemProps extends Omit<LegendItem, 'key'> {
  readonly isWrapped: boolean;
}

const Item = memo(function Item({ look, isHollow = false, name, note, figures, isWrapped }: ItemProps) {
  return (
    <div className="chart-legend-item">
      <ShapeKey look={look} isHollow={isHollow} />
      <span className="chart-legend-name breakable">{name}</span>
      {note !== undefined && <span className="soft">{note}</span>}
      {figures !== null && (
        <span className={isWrapped ? 'chart-figures chart-figures-wrapped' : 'chart-figures'}>{figures}</span>
      )}
    </div>
  );
});
