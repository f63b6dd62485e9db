import { memo, useMemo } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { type PlotArea, usualMargins } from '../../plot/area.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { ColorScale } from '../../plot/ColorScale.tsx';
import { css } from '../../plot/color.ts';
import { type Cell, upTo, useCellCursor } from '../../plot/cursor.ts';
import { Legend } from '../../plot/legend.tsx';
import { Cells, CrossHair } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { Frame, usePlane } from '../../plot/plane.tsx';
import { type Axis, axisTicks, cellAxis, roomFor, rowAxis } from '../../plot/scale.ts';
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

const words = laterText.distributions;

export interface DistributionsChartProps extends Omit<ChartSlots, 'title'> {
  /** Of the network. */
  readonly name: string;
  readonly signal: Signal;
  /** Input first; empty before anything was counted. */
  readonly rows: readonly LayerRow[];
  readonly bins: Bins;
  readonly step: number;
}

/** Beside the heat map, in rem: the share of zeros on its left, dead units on its right. */
const ZEROS = 1;
const DEAD = 2.5;
const GAP = 0.35;
const margins = {
  left: usualMargins.left + ZEROS + GAP,
  right: usualMargins.right + DEAD + GAP,
  top: usualMargins.top + 1,
};

/** The distribution of what passes each layer, as a heat map: a row a layer, a column a bin. */
export const DistributionsChart = memo(function DistributionsChart(props: DistributionsChartProps) {
  const { name, signal, rows, bins, step, ...slots } = props;
  const count = bins.edges.length - 1;
  const cursor = useCellCursor(
    { columns: upTo(count), rows: rows.length },
    {
      home: (last) =>
        rows.length === 0 ? null : { column: Math.ceil(count / 2), row: Math.min(rows.length, last?.row ?? 1) },
    },
  );
  const across = words.across[signal][bins.kind];
  const spoken = ({ column, row }: Cell): string => {
    const layer = rows[row - 1];
    if (!layer) return '';
    return words.spoken(
      layerText(rows, row),
      shareText(layer, column - 1),
      binText(bins, column - 1),
      besideText(layer),
    );
  };
  return (
    <Plot
      title={words.titles[signal]}
      subtitle={slots.subtitle}
      actions={slots.actions}
      x={useMemo(() => binAxis(bins, across), [bins, across])}
      y={{ ...rowAxis(rows.length, text.charts.history.axis), offset: ZEROS + GAP }}
      margins={margins}
      cursor={cursor}
      keys={words.keys}
      min={1}
      max={count}
      now={({ column }) => column}
      spoken={spoken}
      summary={summarySentence(rows, name, signal, step) ?? words.empty}
      empty={rows.length === 0 ? words.empty : null}
      table={() => tableOf(rows, bins)}
      legend={cursor.at && <BinLegend {...{ rows, bins }} at={cursor.at} />}
      behind={<Cells pixels={useMemo(() => pixelsOf(rows, count), [rows, count])} columns={count} />}
    >
      <Beside rows={rows} />
      {cursor.isPointing && cursor.at && (
        <CrossHair x={cursor.at.column} y={cursor.at.row} beyond={[ZEROS + GAP, DEAD + GAP]} />
      )}
    </Plot>
  );
});

/** Each bin is as wide as the others; the numbers of their own axis stand at their edges. */
function binAxis(bins: Bins, label: string): Axis {
  const count = bins.edges.length - 1;
  return cellAxis(count, label, (scale, rem) =>
    axisTicks(axisOf(bins), roomFor(scale, rem, 3.5)).map((tick) => ({ ...tick, value: 0.5 + tick.at * count })),
  );
}

function layerText(rows: readonly LayerRow[], row: number): string {
  return text.charts.history.layer(row, rows[row - 1]?.name ?? '');
}

interface LegendProps extends Pick<DistributionsChartProps, 'rows' | 'bins'> {
  readonly at: Cell;
}

/** The bin at the cursor, what its layer has beside the bins, and the colours' meaning. */
function BinLegend({ rows, bins, at }: LegendProps) {
  const row = rows[at.row - 1];
  return (
    <Legend
      head={
        <>
          <span className="chart-layer cut grow">{layerText(rows, at.row)}</span>
          <span>{binText(bins, at.column - 1)}</span>
          <span className="chart-figures">{row && shareText(row, at.column - 1)}</span>
        </>
      }
    >
      <div className="soft">{row && besideText(row)}</div>
      <ColorScale ticks={axisTicks(shareAxis, 5)}>
        <span className="soft">{words.scale}</span>
      </ColorScale>
    </Legend>
  );
}

/** The two narrow columns beside the heat map. */
const Beside = memo(function Beside({ rows }: Pick<DistributionsChartProps, 'rows'>) {
  const { area, rem } = usePlane();
  const zeros = { ...area, left: area.left - (ZEROS + GAP) * rem, right: area.left - GAP * rem };
  const dead = { ...area, left: area.right + GAP * rem, right: area.right + (GAP + DEAD) * rem };
  return (
    <>
      <Zeros area={zeros} rows={rows} />
      <Dead area={dead} rows={rows} />
      {[[zeros, words.zeroColumn] as const, [dead, words.deadColumn] as const].map(([column, heading]) => (
        <g key={heading}>
          <Frame area={column} />
          <text
            className="chart-tick"
            x={(column.left + column.right) / 2}
            y={area.top - 0.5 * rem}
            textAnchor="middle"
          >
            {heading}
          </text>
        </g>
      ))}
    </>
  );
});

interface ColumnProps {
  readonly area: PlotArea;
  readonly rows: readonly LayerRow[];
}

/** The share of exact zeros, in the colours of the bins. */
function Zeros({ area: { left, right }, rows }: ColumnProps) {
  const { y } = usePlane();
  return rows.map(({ name, histogram }, index) => {
    const color = shareColor(zeroShare(histogram));
    return (
      color && (
        <rect
          key={name}
          x={left}
          y={y.at(index + 0.5).px}
          width={right - left}
          height={y.unit}
          fill={css(color)}
          shapeRendering="crispEdges"
        />
      )
    );
  });
}

/** The share of dead or saturated units, as bars whose full length is all of them. */
function Dead({ area: { left, right }, rows }: ColumnProps) {
  const { y } = usePlane();
  const thickness = Math.max(1, 0.6 * y.unit);
  const bars = rows.flatMap(({ dead }, index) => {
    if (dead === null || dead === 0) return [];
    const length = dead * (right - left);
    return [`M${left},${y.at(index + 1).px - thickness / 2}h${length}v${thickness}h${-length}z`];
  });
  return <path fill="var(--ink-soft)" d={bars.join('')} />;
}
