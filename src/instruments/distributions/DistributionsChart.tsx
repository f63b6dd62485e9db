import { memo, useState } from 'react';
import { movedLayer } from '../../figure/history/reading.ts';
import { text } from '../../messages/messages.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { axisTicks } from '../../plot/scale.ts';
import { type BinPlace, columnsOf, DistributionsPlot } from './DistributionsPlot.tsx';
import type { Bins } from './histogram.ts';
import {
  besideText,
  binText,
  type LayerRow,
  type Signal,
  shareAxis,
  shareText,
  summarySentence,
  tableOf,
} from './rows.ts';

const words = text.distributions;

export interface DistributionsChartProps extends Omit<ChartSlots, 'title'> {
  /** Of the network. */
  readonly name: string;
  readonly signal: Signal;
  /** Input first; empty before anything was counted. */
  readonly rows: readonly LayerRow[];
  readonly bins: Bins;
  readonly step: number;
}

/** The distribution of what passes each layer, as a heat map: a row a layer, a column a bin. */
export const DistributionsChart = memo(function DistributionsChart(props: DistributionsChartProps) {
  const { name, signal, rows, bins, step, ...slots } = props;
  const count = bins.edges.length - 1;
  const cursor = useCursor(upTo(count), rows.length > 0 ? Math.ceil(count / 2) : null);
  const [layer, setLayer] = useState(0);
  const place = cursor.at === null ? null : { bin: cursor.at - 1, layer: Math.min(layer, rows.length - 1) };
  const title = words.titles[signal];
  return (
    <Chart
      title={title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      summary={summarySentence(rows, name, signal, step) ?? words.empty}
      empty={rows.length === 0 ? words.empty : null}
      table={() => tableOf(rows, bins)}
      reading={place && reading({ title, rows, bins, place, cursor, setLayer })}
      legend={() => place && <Legend {...{ rows, bins, place }} />}
    >
      {(box) => (
        <DistributionsPlot
          {...{ box, rows, bins }}
          across={words.across[signal][bins.kind]}
          cursor={cursor.isPointing ? place : null}
        />
      )}
    </Chart>
  );
});

interface Pointing extends Omit<LegendProps, 'place'> {
  readonly title: string;
  readonly place: BinPlace;
  readonly cursor: Cursor;
  readonly setLayer: (layer: number) => void;
}

function layerText(rows: readonly LayerRow[], layer: number): string {
  return text.charts.history.layer(layer + 1, rows[layer]?.name ?? '');
}

function reading({ title, rows, bins, place, cursor, setLayer }: Pointing): Reading | null {
  const row = rows[place.layer];
  if (!row) return null;
  const count = bins.edges.length - 1;
  return {
    label: `${text.charts.name(title)}. ${words.keys}`,
    min: 1,
    max: count,
    now: place.bin + 1,
    text: words.spoken(
      layerText(rows, place.layer),
      shareText(row, place.bin),
      binText(bins, place.bin),
      besideText(row),
    ),
    onKey: (key) => {
      const target = movedLayer(place.layer, rows.length, key);
      if (target === null) return cursor.onKey(key);
      setLayer(target);
      cursor.pointAt(place.bin + 1);
      return true;
    },
    onPointAt: (x, y, box) => {
      const { heat } = columnsOf(box);
      cursor.pointAt(((x - heat.left) / (heat.right - heat.left)) * count + 0.5);
      const target = Math.floor(((y - heat.top) / (heat.bottom - heat.top)) * rows.length);
      setLayer(Math.min(rows.length - 1, Math.max(0, target)));
    },
    onLeave: cursor.leave,
  };
}

interface LegendProps {
  readonly rows: readonly LayerRow[];
  readonly bins: Bins;
  readonly place: BinPlace;
}

/** The bin at the cursor, what its layer has beside the bins, and the colours' meaning. */
function Legend({ rows, bins, place }: LegendProps) {
  const row = rows[place.layer];
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-layer">{layerText(rows, place.layer)}</span>
        <span>{binText(bins, place.bin)}</span>
        <span className="chart-figures">{row && shareText(row, place.bin)}</span>
      </div>
      <div className="chart-note">{row && besideText(row)}</div>
      <ColorScale ticks={axisTicks(shareAxis, 5)} swatches={[]}>
        <span className="chart-note">{words.scale}</span>
      </ColorScale>
    </div>
  );
}
