import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { text } from '../messages/messages.ts';
import type { PlotArea } from '../plot/area.ts';
import type { ValueAxis } from '../plot/axis.ts';
import type { ChartSlots } from '../plot/Chart.tsx';
import { ColorScale } from '../plot/ColorScale.tsx';
import { notFiniteColor, zeroColor } from '../plot/color.ts';
import { upTo, useCellCursor } from '../plot/cursor.ts';
import { exact } from '../plot/format.ts';
import { Legend } from '../plot/legend.tsx';
import { linkedLayer, linkedStep, useHover, useLinkedHover } from '../plot/linkedHover.ts';
import { type ChartNetwork, networkLooks } from '../plot/looks.ts';
import { Cross, CrossHair, outline } from '../plot/marks.tsx';
import { Plot } from '../plot/Plot.tsx';
import { usePlane } from '../plot/plane.tsx';
import { axisTicks, rowAxis, stepAxis } from '../plot/scale.ts';
import type { Quantity } from '../records/records.ts';
import type { Run } from '../records/run.ts';
import { type Binning, binning, type Painted, paint, type Rows } from './heatMap.ts';
import { cellAt, cellSteps, cellText, type HistoryCell, tableOf } from './historyCells.ts';

const words = text.charts.history;

/** What the other charts know it as. */
const chartName = 'history';

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
  const { run } = network;
  const title = words.title(text.quantities[quantity].label, /gradient/i.test(quantity));
  const recorded = run?.steps ?? 0;
  const lastStep = Math.max(1, props.steps, recorded);
  const layers = run?.layerNames.length ?? 0;
  const newest = Math.min(recorded, Math.max(1, viewStep ?? recorded));
  const cursor = useCellCursor(
    { columns: upTo(recorded), rows: layers },
    {
      // The layer stays, so that its newest value can be watched.
      home: (last) => (recorded === 0 ? null : { column: newest, row: Math.min(layers, last?.row ?? 1) }),
      // A step fills the place up to its number.
      read: (x, y) => ({ column: x + 0.5, row: y }),
    },
  );
  const cell = run && cursor.at && cellAt(run, quantity, cursor.at.column, cursor.at.row - 1);
  const pointed = cursor.isPointing ? cell : null;
  useHover(chartName, pointed && { layers: { [network.id]: pointed.layer }, step: pointed.step });
  return (
    <Plot
      title={props.title ?? title}
      subtitle={props.subtitle ?? words.subtitle(text.quantities[quantity].symbol, axis.kind === 'log')}
      actions={props.actions}
      x={stepAxis(lastStep, text.charts.step)}
      y={rowAxis(layers, words.axis)}
      cursor={cell ? cursor : { ...cursor, at: null }}
      name={title}
      keys={words.keys}
      min={1}
      now={({ column }) => column}
      spoken={() =>
        cell ? words.spoken(cellSteps(cell), words.layer(cell.layer + 1, cell.layerName), cellText(cell)) : ''
      }
      summary={summary(network, quantity)}
      empty={recorded === 0 ? words.empty : null}
      table={() => tableOf(run, quantity)}
      legend={<CellLegend {...{ network, quantity, axis, cell }} />}
      behind={run && layers > 0 && <HeatMap run={run} quantity={quantity} axis={axis} />}
    >
      {viewStep !== null && viewStep > 0 && <Column step={viewStep} />}
      {run && <LinkedMark network={network} run={run} />}
      {run && pointed && <CrossHair x={pointed.step - 0.5} y={pointed.layer + 1} until={recorded} />}
      {run?.overflow && <Overflow network={network} step={run.overflow.step} />}
    </Plot>
  );
});

function summary({ name, run }: ChartNetwork, quantity: Quantity): string {
  const first = run && cellAt(run, quantity, run.steps, 0);
  const last = run && cellAt(run, quantity, run.steps, run.layerNames.length - 1);
  if (!first || !last) return words.empty;
  return words.summary(name, text.quantities[quantity].label, run.steps, exact(first.value), exact(last.value));
}

/** As many cells as there are device pixels, at most. */
function binsIn({ left, right, top, bottom }: PlotArea, lastStep: number, layers: number): Binning {
  const ratio = globalThis.devicePixelRatio ?? 1;
  return binning(lastStep, layers, Math.floor((right - left) * ratio), Math.floor((bottom - top) * ratio));
}

/** The layer of the network that is pointed at in another chart, if it has been recorded; or null. */
function useLinkedLayer({ id, run }: ChartNetwork): number | null {
  const layer = useLinkedHover((all) => linkedLayer(all, chartName, id));
  return layer !== null && run && layer < run.layerNames.length && run.steps > 0 ? layer : null;
}

/** The step that is pointed at in another chart, if it has been recorded; or null. */
function useLinkedStep({ id, run }: ChartNetwork): number | null {
  const step = useLinkedHover((all) => linkedStep(all, chartName, id));
  return step !== null && run && step >= 1 && step <= run.steps ? step : null;
}

interface CellLegendProps extends Pick<HistoryChartProps, 'network' | 'quantity' | 'axis'> {
  /** At the chart's own cursor. */
  readonly cell: HistoryCell | null;
}

/** The value at the cursor, or where another chart is pointed at, and the colours' meaning. */
function CellLegend({ network, quantity, axis, cell: own }: CellLegendProps) {
  const { area, x } = usePlane();
  const layer = useLinkedLayer(network);
  const step = useLinkedStep(network);
  const isOutside = layer !== null || step !== null;
  const { run } = network;
  // What is not said of the place outside is as at the chart's own cursor.
  const outside = isOutside && run && own ? cellAt(run, quantity, step ?? own.step, layer ?? own.layer) : null;
  const cell = outside ?? own;
  const ticks = useMemo(() => axisTicks(axis, 6), [axis]);
  const zero = axis.kind === 'log' ? [{ color: zeroColor, label: words.zero }] : [];
  const { stepsPerColumn } = binsIn(area, x.axis.max, run?.layerNames.length ?? 0);
  const head = (
    <>
      <span className="chart-at">{cell && cellSteps(cell)}</span>
      <span className="chart-layer cut grow">{cell && words.layer(cell.layer + 1, cell.layerName)}</span>
      <span className="chart-figures">{cell && cellText(cell)}</span>
    </>
  );
  return (
    <Legend head={head}>
      <ColorScale ticks={ticks} swatches={[...zero, { color: notFiniteColor, label: words.notFinite }]}>
        {stepsPerColumn > 1 && <span className="soft">{words.columns(stepsPerColumn)}</span>}
      </ColorScale>
    </Legend>
  );
}

interface HeatMapProps extends Pick<HistoryChartProps, 'quantity' | 'axis'> {
  readonly run: Run;
}

/** The cells of a history on a canvas. */
const HeatMap = memo(function HeatMap({ run, quantity, axis }: HeatMapProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted>(null);
  const { area, x } = usePlane();
  const { steps, layerNames, history } = run;
  const rows: Rows = { values: history.mean[quantity], layers: layerNames.length, stepsPerRow: history.stepsPerRow };
  const bins = binsIn(area, x.axis.max, rows.layers);
  useLayoutEffect(() => {
    let frame = 0;
    const paintOn = () => {
      if (ref.current === null) return;
      painted.current = paint(ref.current, painted.current, { rows, steps, axis, binning: bins });
      if (painted.current.picture.steps < steps) frame = requestAnimationFrame(paintOn);
    };
    paintOn();
    return () => cancelAnimationFrame(frame);
  });
  const { left, top } = area;
  const [width, height] = [area.right - left, area.bottom - top];
  // The last column and row may hold fewer steps and layers than the others; what they lack is cut off.
  const whole = {
    width: (width * bins.columns * bins.stepsPerColumn) / x.axis.max,
    height: (height * bins.rows * bins.layersPerRow) / rows.layers,
  };
  return (
    <div className="chart-heat" style={{ left, top, width, height }}>
      <canvas ref={ref} style={whole} />
    </div>
  );
});

/** The column of a step, outlined so that it is visible on every colour. */
function Column({ step }: { readonly step: number }) {
  const { area, x } = usePlane();
  const { max } = x.axis;
  const width = Math.max(2, (area.right - area.left) / max);
  const left = x.at(Math.min(step, max) - 1).px;
  return (
    <rect className="chart-outline" x={left} y={area.top} width={width} height={area.bottom - area.top} {...outline} />
  );
}

interface LinkedMarkProps {
  readonly network: ChartNetwork;
  readonly run: Run;
}

/** The row of the layer and the column of the step that are pointed at in another chart. */
function LinkedMark({ network, run }: LinkedMarkProps) {
  const { area, x, y } = usePlane();
  const layer = useLinkedLayer(network);
  const step = useLinkedStep(network);
  return (
    <>
      {step !== null && <Column step={step} />}
      {layer !== null && (
        <rect
          className="chart-outline"
          x={area.left}
          y={y.at(layer + 0.5).px}
          width={x.at(run.steps).px - area.left}
          height={Math.max(2, (area.bottom - area.top) / run.layerNames.length)}
          {...outline}
        />
      )}
    </>
  );
}

/** Where the history ends early, and why. */
function Overflow({ network, step }: { readonly network: ChartNetwork; readonly step: number }) {
  const { area, x: across, rem } = usePlane();
  const x = Math.min(across.at(step).px + 8, area.right - 6);
  const y = (area.top + area.bottom) / 2;
  const { dy, ...at } = noteAt(x, area, rem);
  return (
    <g>
      <Cross look={networkLooks[network.id]} x={x} y={y} />
      <text className="chart-note-text" fill="var(--ink)" {...at} y={y + dy} dominantBaseline="central">
        {text.charts.diverged(step)}
      </text>
    </g>
  );
}

/** Room that a note takes, in rem. */
const NOTE_WIDTH = 8.5;

/** A note stands right of its cross, or left of it, or, where neither side has room, below. */
function noteAt(x: number, area: PlotArea, rem: number): { x: number; dy: number; textAnchor: 'start' | 'end' } {
  if (area.right - x >= NOTE_WIDTH * rem) return { x: x + 9, dy: 0, textAnchor: 'start' };
  if (x - area.left >= NOTE_WIDTH * rem) return { x: x - 14, dy: 0, textAnchor: 'end' };
  return { x: area.right - 4, dy: 1.2 * rem, textAnchor: 'end' };
}
