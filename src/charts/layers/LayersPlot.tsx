import { line, ticks } from 'd3';
import { useMemo } from 'react';
import { HorizontalAxis, VerticalAxis } from '../frame/Axes.tsx';
import { type PlotArea, plotArea, rowsIn } from '../frame/plotArea.ts';
import type { Box } from '../frame/useBox.ts';
import { networkLooks } from '../network.ts';
import type { ValueAxis } from '../scale/axis.ts';
import { place } from '../scale/place.ts';
import { axisTicks, type Tick } from '../scale/ticks.ts';
import { fitOf, type LayerPoint, type LayerSeries, theoryPoints } from './series.ts';

interface LayersPlotProps {
  readonly box: Box;
  readonly series: readonly LayerSeries[];
  readonly axis: ValueAxis;
  readonly quantity: string;
  readonly across: string;
  /** Of the deepest network. */
  readonly layers: number;
  readonly isFitted: boolean;
  /** The layer that is pointed at. */
  readonly cursorAt: number | null;
}

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  readonly layers: number;
}

/** Marks at the ends keep clear of the plot's edges. */
const INSET = 8;

function layerX({ area, layers }: Omit<Plane, 'axis'>, layer: number): number {
  const width = area.right - area.left - 2 * INSET;
  return area.left + INSET + (layers > 1 ? (layer - 1) / (layers - 1) : 0.5) * width;
}

/** The layer at a pixel. */
export function layerAt(area: PlotArea, layers: number, x: number): number {
  return 1 + ((x - area.left - INSET) / (area.right - area.left - 2 * INSET)) * (layers - 1);
}

function valueY({ area, axis }: Plane, value: number): number {
  return area.bottom - place(axis, value).at * (area.bottom - area.top);
}

function layerTicks(plane: Omit<Plane, 'axis'>, labels: number): Tick[] {
  if (plane.layers === 0) return [];
  const { area, layers } = plane;
  const between = ticks(1, layers, Math.max(2, labels)).filter((layer) => Number.isInteger(layer) && layer > 1);
  return [1, ...between].map((layer) => ({
    value: layer,
    at: (layerX(plane, layer) - area.left) / (area.right - area.left),
    label: String(layer),
  }));
}

export function LayersPlot(props: LayersPlotProps) {
  const { box, series, axis, quantity, across, layers, isFitted, cursorAt } = props;
  const area = useMemo(() => plotArea(box), [box]);
  const plane: Plane = { area, axis, layers };
  const rows = Math.min(6, rowsIn(area, box.rem));
  const valueTicks = useMemo(() => axisTicks(axis, rows), [axis, rows]);
  const columns = Math.floor((area.right - area.left) / (3 * box.rem));
  const acrossTicks = useMemo(() => layerTicks({ area, layers }, columns), [area, layers, columns]);
  const x = cursorAt === null ? null : layerX(plane, cursorAt);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={valueTicks} label={quantity} />
      <HorizontalAxis area={area} ticks={acrossTicks} label={across} rem={box.rem} />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {series.toReversed().map((each) => (
        <Marks key={each.id} series={each} plane={plane} isFitted={isFitted} />
      ))}
    </svg>
  );
}

function pathOf(points: readonly LayerPoint[], plane: Plane): string {
  const path = line<LayerPoint>()
    .x((point) => layerX(plane, point.layer))
    .y((point) => valueY(plane, point.value))
    .defined((point) => place(plane.axis, point.value).mark === 'value')
    .digits(1);
  return path(points) ?? '';
}

interface MarksProps {
  readonly series: LayerSeries;
  readonly plane: Plane;
  readonly isFitted: boolean;
}

/** A mark a layer, and the lines through them. Values without a place on the axis lie on its edge. */
function Marks({ series, plane, isFitted }: MarksProps) {
  const look = networkLooks[series.id];
  const fit = isFitted ? fitOf(series.values) : null;
  const theory = isFitted ? theoryPoints(series) : null;
  return (
    <g>
      {theory && <path className="chart-line chart-line-theory" d={pathOf(theory, plane)} stroke={look.color} />}
      {fit && <path className="chart-line chart-line-fit" d={pathOf(fit.ends, plane)} stroke={look.color} />}
      {series.values.map((value, index) => (
        <path
          key={index}
          className="chart-mark"
          d={look.shape}
          fill={Number.isFinite(value) ? look.color : 'none'}
          stroke={look.color}
          transform={`translate(${layerX(plane, index + 1)},${valueY(plane, value)}) scale(0.7)`}
        />
      ))}
    </g>
  );
}
