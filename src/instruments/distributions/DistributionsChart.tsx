import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalLabel } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { css } from '../../plot/color.ts';
import { type Cursor, movedLayer, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { axisTicks, layerTicks } from '../../plot/scale.ts';
import { axisOf, type Bins } from './histogram.ts';
import {
  besideText,
  binText,
  type LayerRow,
  pixelsOf,
  type Signal,
  shareAxis,
  shareColor,
  shareText,
  summarySentence,
  tableOf,
  zeroShare,
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

/** The heat map between two narrow columns: the share of zeros on its left, dead units on its right. */
export interface Columns {
  readonly zeros: PlotArea;
  readonly heat: PlotArea;
  readonly dead: PlotArea;
}

/** Widths in rem. */
const ZEROS = 1;
const DEAD = 2.5;
const GAP = 0.35;

function columnsOf(box: Box): Columns {
  const area = plotArea(box, { top: 1 });
  const { rem } = box;
  const heatLeft = area.left + (ZEROS + GAP) * rem;
  const heatRight = Math.max(heatLeft + 1, area.right - (DEAD + GAP) * rem);
  return {
    zeros: { ...area, right: area.left + ZEROS * rem },
    heat: { ...area, left: heatLeft, right: heatRight },
    dead: { ...area, left: heatRight + GAP * rem },
  };
}

/** A bin, and the layer that it is of. */
export interface BinPlace {
  readonly layer: number;
  readonly bin: number;
}

interface DistributionsPlotProps {
  readonly box: Box;
  readonly rows: readonly LayerRow[];
  readonly bins: Bins;
  readonly across: string;
  readonly cursor: BinPlace | null;
}

function DistributionsPlot({ box, rows, bins, across, cursor }: DistributionsPlotProps) {
  const columns = useMemo(() => columnsOf(box), [box]);
  const { zeros, heat, dead } = columns;
  const labels = Math.floor((heat.right - heat.left) / (3.5 * box.rem));
  return (
    <>
      <Heat area={heat} rows={rows} bins={bins.edges.length - 1} />
      <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
        <Zeros area={zeros} rows={rows} />
        <Dead area={dead} rows={rows} />
        {[zeros, heat, dead].map(({ left, right, top, bottom }) => (
          <rect key={left} className="chart-frame" x={left} y={top} width={right - left} height={bottom - top} />
        ))}
        <Heading area={zeros} rem={box.rem} label={words.zeroColumn} />
        <Heading area={dead} rem={box.rem} label={words.deadColumn} />
        {layerTicks(rows.length, zeros, box.rem).map(({ layer, y }) => (
          <text key={layer} className="chart-tick" x={zeros.left - 6} y={y} textAnchor="end" dominantBaseline="central">
            {layer}
          </text>
        ))}
        <VerticalLabel area={zeros} label={text.charts.history.axis} />
        <HorizontalAxis area={heat} ticks={axisTicks(axisOf(bins), labels)} label={across} rem={box.rem} />
        {cursor && <CellMark {...{ columns, cursor }} layers={rows.length} bins={bins.edges.length - 1} />}
      </svg>
    </>
  );
}

function Heading({ area, rem, label }: { readonly area: PlotArea; readonly rem: number; readonly label: string }) {
  return (
    <text className="chart-tick" x={(area.left + area.right) / 2} y={area.top - 0.5 * rem} textAnchor="middle">
      {label}
    </text>
  );
}

interface HeatProps {
  readonly area: PlotArea;
  readonly rows: readonly LayerRow[];
  readonly bins: number;
}

/** One canvas pixel a bin of a layer, scaled up without smoothing. */
const Heat = memo(function Heat({ area, rows, bins }: HeatProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d');
    if (rows.length > 0) context?.putImageData(new ImageData(pixelsOf(rows, bins), bins, rows.length), 0, 0);
  });
  const { left, top } = area;
  const size = { width: area.right - left, height: area.bottom - top };
  return (
    <div className="chart-heat" style={{ left, top, ...size }}>
      <canvas ref={ref} width={bins} height={Math.max(1, rows.length)} style={size} />
    </div>
  );
});

interface ColumnProps {
  readonly area: PlotArea;
  readonly rows: readonly LayerRow[];
}

/** The share of exact zeros, in the colours of the bins. */
const Zeros = memo(function Zeros({ area, rows }: ColumnProps) {
  const height = (area.bottom - area.top) / rows.length;
  return rows.map(({ name, histogram }, layer) => {
    const color = shareColor(zeroShare(histogram));
    if (!color) return null;
    const y = area.top + layer * height;
    return (
      <rect
        key={name}
        x={area.left}
        y={y}
        width={area.right - area.left}
        height={height}
        fill={css(color)}
        shapeRendering="crispEdges"
      />
    );
  });
});

/** The share of dead or saturated units, as bars whose full length is all of them. */
const Dead = memo(function Dead({ area, rows }: ColumnProps) {
  const height = (area.bottom - area.top) / rows.length;
  const thickness = Math.max(1, 0.6 * height);
  const bars = rows.flatMap(({ dead }, layer) => {
    if (dead === null || dead === 0) return [];
    const y = area.top + (layer + 0.5) * height - thickness / 2;
    const length = dead * (area.right - area.left);
    return [`M${area.left},${y}h${length}v${thickness}h${-length}z`];
  });
  return <path className="chart-dead" d={bars.join('')} />;
});

interface CellMarkProps {
  readonly columns: Columns;
  readonly cursor: BinPlace;
  readonly layers: number;
  readonly bins: number;
}

/** The row of a layer, and in it the bin. */
function CellMark({ columns: { zeros, heat, dead }, cursor, layers, bins }: CellMarkProps) {
  const height = (heat.bottom - heat.top) / layers;
  const width = (heat.right - heat.left) / bins;
  const x = heat.left + (cursor.bin + 0.5) * width;
  const y = heat.top + (cursor.layer + 0.5) * height;
  const shown = { width: Math.max(6, width), height: Math.max(6, height) };
  return (
    <g>
      <path className="chart-cross-hair" d={`M${x},${heat.top}V${heat.bottom}M${zeros.left},${y}H${dead.right}`} />
      <rect className="chart-outline" x={x - shown.width / 2} y={y - shown.height / 2} {...shown} />
    </g>
  );
}
