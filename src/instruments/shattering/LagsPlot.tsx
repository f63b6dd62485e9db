import { line } from 'd3';
import { useMemo } from 'react';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { networkLooks } from '../../plot/looks.ts';
import { axisTicks, place, positionTicks, positionX } from '../../plot/scale.ts';
import { LAGS, type LagSeries, type Noise } from './lags.ts';

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
}

interface LagsPlotProps {
  readonly box: Box;
  readonly networks: readonly LagSeries[];
  readonly noise: Readonly<Record<Noise, LagSeries>>;
  readonly axis: ValueAxis;
  readonly quantity: string;
  readonly across: string;
  /** The lag that is pointed at. */
  readonly cursorAt: number | null;
}

export function LagsPlot({ box, networks, noise, axis, quantity, across, cursorAt }: LagsPlotProps) {
  const area = useMemo(() => plotArea(box), [box]);
  const plane: Plane = { area, axis };
  const x = cursorAt === null ? null : positionX(area, LAGS, cursorAt);
  const labels = Math.floor((area.right - area.left) / (3 * box.rem));
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={axisTicks(axis, Math.min(6, rowsIn(area, box.rem)))} label={quantity} />
      <HorizontalAxis area={area} ticks={positionTicks(area, LAGS, labels)} label={across} rem={box.rem} />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      <path className="chart-line chart-line-white" d={pathOf(noise.white.values, plane)} />
      <path className="chart-line chart-line-brown" d={pathOf(noise.brown.values, plane)} />
      {networks.toReversed().map((each) => (
        <Marks key={each.id} series={each} plane={plane} />
      ))}
    </svg>
  );
}

function valueY({ area, axis }: Plane, value: number): number {
  return area.bottom - place(axis, value).at * (area.bottom - area.top);
}

function pathOf(values: readonly number[], plane: Plane): string {
  const path = line<number>()
    .x((_, index) => positionX(plane.area, LAGS, index + 1))
    .y((value) => valueY(plane, value))
    .defined(Number.isFinite)
    .digits(1);
  return path(values) ?? '';
}

/** A mark a lag, and the line through them. */
function Marks({ series: { id, values }, plane }: { readonly series: LagSeries; readonly plane: Plane }) {
  if (id === null) return null;
  const { color, shape } = networkLooks[id];
  return (
    <g>
      <path className="chart-line" d={pathOf(values, plane)} stroke={color} />
      {values.map((value, index) =>
        Number.isFinite(value) ? (
          <path
            key={index}
            className="chart-mark"
            d={shape}
            fill={color}
            stroke={color}
            transform={`translate(${positionX(plane.area, LAGS, index + 1)},${valueY(plane, value)}) scale(0.7)`}
          />
        ) : null,
      )}
    </g>
  );
}
