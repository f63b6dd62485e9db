import type { CSSProperties, ReactNode } from 'react';
import { text } from '../messages/messages.ts';
import { ShapeKey } from '../plot/legend.tsx';
import { networkLooks } from '../plot/looks.ts';
import { InShort } from '../ui/InShort.tsx';
import { fitting, textWidth } from './fit.ts';
import { type StackPlace, type } from './layout.ts';
import { QuantityHelp } from './QuantityHelp.tsx';
import { useRowCursor } from './stack/cursor.ts';
import type { Together } from './stack/layout.ts';
import { valueText } from './stack/Readout.tsx';
import { StackChart } from './stack/StackChart.tsx';
import type { ShownNetwork } from './stack/StackDrawing.tsx';
import { layerValues } from './stack/values.ts';

interface FigureStackProps {
  /** A line below the name, in place of the figure's own words. */
  readonly facts: ((shown: ShownNetwork) => ReactNode) | undefined;
  /** A line below the rows, of this width, where type is of this size. */
  readonly foot: ((shown: ShownNetwork, width: number, rem: number) => ReactNode) | undefined;
  readonly place: StackPlace;
  readonly network: ShownNetwork;
  readonly beside: Together;
  /** In pixels. */
  readonly rem: number;
}

/** A network: its name, or what is pointed at in it, and its stack. */
export function FigureStack({ place, network, facts, foot, rem, beside }: FigureStackProps) {
  const { id, graph, run, step, measured, quantity } = network;
  const cursor = useRowCursor(graph.rows);
  const row = cursor.row === null ? undefined : graph.rows[cursor.row];
  const values = row ? layerValues(measured, row.layer) : null;
  const room = { width: place.rect.width - 1.2 * rem, size: type.name * rem, isBold: true };
  const reading =
    row &&
    fitting(
      values
        ? text.figure.reading(row.name, text.quantities[quantity].label, valueText(quantity, values[quantity]))
        : [row.name],
      room,
      textWidth,
    );
  const counted = run?.evaluations.findLast((each) => each.step <= step);
  return (
    <div
      className="figure-part"
      style={{ ...place.rect, '--accent': `var(--network-${id})` } as CSSProperties}
      data-network={id}
      data-part="bars"
    >
      <h2 className="figure-name" data-small={place.isSmall || undefined}>
        <ShapeKey look={networkLooks[id]} />
        <InShort shown={reading ?? place.name}>{network.name}</InShort>
        {!reading && place.hasValue && counted && (
          <span className="at-end">{text.figure.wrong(text.charts.error.ofHundred(counted.trainError))}</span>
        )}
      </h2>
      {place.isExplained && (
        <div className="figure-explained">
          <QuantityHelp quantity={quantity} />
        </div>
      )}
      {facts
        ? place.note !== null && <div className="figure-facts">{facts(network)}</div>
        : place.note !== null && <p className="note figure-note">{place.note}</p>}
      <div className="figure-chart" style={{ top: place.chart.top - place.rect.top, height: place.chart.height }}>
        <StackChart
          {...network}
          beside={beside}
          cursor={cursor}
          {...(foot && { foot: (width, size) => foot(network, width, size) })}
        />
      </div>
    </div>
  );
}
