import { memo, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { plotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import type { ChartNetwork } from '../../plot/looks.ts';
import { usePointing } from '../../plot/pointed.ts';
import type { Quantity } from '../../records/records.ts';
import { binning } from './grid.ts';
import { roomFor } from './HeatMap.tsx';
import { HistoryPlot } from './HistoryPlot.tsx';
import { Legend } from './Legend.tsx';
import { chartName, useCellOutside } from './outside.ts';
import { type Cell, cellAt, cellSteps, cellText, movedLayer } from './reading.ts';
import { tableOf } from './table.ts';

export interface HistoryChartProps extends Partial<ChartSlots> {
  /** The network shown. */
  readonly network: ChartNetwork;
  readonly quantity: Quantity;
  /** Of the colours: `quantityAxis` of all networks, so that they can be compared. */
  readonly axis: ValueAxis;
  /** Steps of the whole run: where the horizontal axis ends. */
  readonly steps: number;
  /** The step that the page shows; null follows the newest. */
  readonly viewStep: number | null;
}

/** One quantity of every layer at every step, as colours: layer 1 on top. */
export const HistoryChart = memo(function HistoryChart(props: HistoryChartProps) {
  const { network, quantity, axis, viewStep } = props;
  const words = text.charts.history;
  const title = words.title(text.quantities[quantity].label, /gradient/i.test(quantity));
  const recorded = network.run?.steps ?? 0;
  const lastStep = Math.max(1, props.steps, recorded);
  const cursor = useCursor(
    upTo(recorded),
    recorded === 0 ? null : Math.min(recorded, Math.max(1, viewStep ?? recorded)),
  );
  const [layer, setLayer] = useState(0);
  const layers = network.run?.layerNames.length ?? 0;
  const row = Math.min(layer, Math.max(0, layers - 1));
  const cell = network.run && cursor.at !== null ? cellAt(network.run, quantity, cursor.at, row) : null;
  const pointed = cursor.isPointing ? cell : null;
  usePointing(chartName, pointed && { layers: { [network.id]: pointed.layer }, step: pointed.step });
  return (
    <Chart
      title={props.title ?? title}
      subtitle={props.subtitle ?? words.subtitle(text.quantities[quantity].symbol, axis.kind === 'log')}
      actions={props.actions}
      summary={summary(network, quantity)}
      empty={recorded === 0 ? words.empty : null}
      table={() => tableOf(network.run, quantity)}
      reading={cell && reading(title, cell, layers, lastStep, cursor, setLayer)}
      legend={(box) => {
        const room = roomFor(plotArea(box));
        const { stepsPerColumn } = binning(lastStep, layers, room.columns, room.rows);
        return <CellLegend {...{ network, quantity, axis, stepsPerColumn, cell }} />;
      }}
    >
      {(box) => (
        <HistoryPlot
          box={box}
          network={network}
          quantity={quantity}
          axis={axis}
          lastStep={lastStep}
          viewStep={viewStep}
          cell={pointed}
        />
      )}
    </Chart>
  );
});

interface CellLegendProps extends Pick<HistoryChartProps, 'network' | 'quantity' | 'axis'> {
  readonly stepsPerColumn: number;
  /** At the chart's own cursor. */
  readonly cell: Cell | null;
}

/** The legend with the value at the cursor, or at the place that is pointed at in another chart. */
function CellLegend({ network, quantity, axis, stepsPerColumn, cell }: CellLegendProps) {
  const outside = useCellOutside(network, quantity, cell);
  return <Legend axis={axis} cell={outside ?? cell} stepsPerColumn={stepsPerColumn} />;
}

function reading(
  title: string,
  cell: Cell,
  layers: number,
  lastStep: number,
  cursor: Cursor,
  setLayer: (layer: number) => void,
): Reading {
  const words = text.charts.history;
  return {
    label: `${text.charts.name(title)}. ${words.keys}`,
    min: 1,
    max: lastStep,
    now: cell.step,
    text: words.spoken(cellSteps(cell), words.layer(cell.layer + 1, cell.layerName), cellText(cell)),
    onKey: (key) => {
      const target = movedLayer(cell.layer, layers, key);
      if (target === null) return cursor.onKey(key);
      setLayer(target);
      cursor.pointAt(cell.step);
      return true;
    },
    onPointAt: (x, y, box) => {
      const area = plotArea(box);
      cursor.pointAt(((x - area.left) / (area.right - area.left)) * lastStep + 0.5);
      const row = Math.floor(((y - area.top) / (area.bottom - area.top)) * layers);
      setLayer(Math.min(layers - 1, Math.max(0, row)));
    },
    onLeave: cursor.leave,
  };
}

function summary({ name, run }: ChartNetwork, quantity: Quantity): string {
  const words = text.charts.history;
  const first = run && cellAt(run, quantity, run.steps, 0);
  const last = run && cellAt(run, quantity, run.steps, run.layerNames.length - 1);
  if (!first || !last) return words.empty;
  return words.summary(name, text.quantities[quantity].label, run.steps, exact(first.value), exact(last.value));
}
