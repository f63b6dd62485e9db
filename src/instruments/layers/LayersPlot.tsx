import { line } from 'd3';
import { useMemo } from 'react';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { networkLooks, networkShapes } from '../../plot/looks.ts';
import { marksPath } from '../../plot/marks.tsx';
import { axisTicks, place, positionTicks, positionX } from '../../plot/scale.ts';
import { usePositionsOutside } from './outside.ts';
import { onView } from './reading.ts';
import { fitOf, type LayerPoint, type LayerSeries, pinLines, theoryPoints } from './series.ts';

interface LayersPlotProps {
  readonly box: Box;
  readonly series: readonly LayerSeries[];
  readonly axis: ValueAxis;
  readonly quantity: string;
  readonly across: string;
  /** Of the deepest network. */
  readonly layers: number;
  readonly isFitted: boolean;
  /** What the other charts know this one as. */
  readonly chart: string;
  /** The layer that is pointed at. */
  readonly cursorAt: number | null;
}

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  readonly layers: number;
}

function valueY({ area, axis }: Plane, value: number): number {
  return area.bottom - place(axis, value).at * (area.bottom - area.top);
}

export function LayersPlot(props: LayersPlotProps) {
  const { box, series, axis, quantity, across, layers, isFitted, cursorAt, chart } = props;
  const area = useMemo(() => plotArea(box), [box]);
  const plane: Plane = { area, axis, layers };
  const rows = Math.min(6, rowsIn(area, box.rem));
  const valueTicks = useMemo(() => axisTicks(axis, rows), [axis, rows]);
  const columns = Math.floor((area.right - area.left) / (3 * box.rem));
  const acrossTicks = useMemo(() => positionTicks(area, layers, columns), [area, layers, columns]);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis area={area} ticks={valueTicks} label={quantity} />
      <HorizontalAxis area={area} ticks={acrossTicks} label={across} rem={box.rem} />
      {cursorAt !== null && <LayerLine plane={plane} at={cursorAt} />}
      <OutsideLines series={series} plane={plane} chart={chart} />
      {series.flatMap((each) =>
        each.pin === null
          ? []
          : [
              <g key={`${each.id} ${each.pin}`}>
                {isFitted && <TheoryLine series={each} plane={plane} />}
                <PinnedLine series={each} plane={plane} />
              </g>,
            ],
      )}
      {onView(series)
        .toReversed()
        .map((each) => (
          <Marks key={each.id} series={each} plane={plane} isFitted={isFitted} />
        ))}
    </svg>
  );
}

function LayerLine({ plane, at }: { readonly plane: Plane; readonly at: number }) {
  const x = positionX(plane.area, plane.layers, at);
  return <line className="chart-cursor" x1={x} x2={x} y1={plane.area.top} y2={plane.area.bottom} />;
}

interface OutsideLinesProps extends Pick<LayersPlotProps, 'series' | 'chart'> {
  readonly plane: Plane;
}

/** The layers that are pointed at in another chart. */
function OutsideLines({ series, plane, chart }: OutsideLinesProps) {
  return usePositionsOutside(series, chart).map((at) => <LayerLine key={at} plane={plane} at={at} />);
}

function pathOf(points: readonly LayerPoint[], plane: Plane): string {
  const path = line<LayerPoint>()
    .x((point) => positionX(plane.area, plane.layers, point.layer))
    .y((point) => valueY(plane, point.value))
    .defined((point) => place(plane.axis, point.value).mark === 'value')
    .digits(1);
  return path(points) ?? '';
}

/** What was measured at a pinned step: a thin line without marks, whose pattern says which step. */
function PinnedLine({ series, plane }: Pick<MarksProps, 'series' | 'plane'>) {
  const points = series.values.map((value, index) => ({ layer: index + 1, value }));
  const pattern = pinLines[series.pin ?? 0] ?? 'pin-1';
  return (
    <path
      className={`chart-line chart-line-${pattern}`}
      d={pathOf(points, plane)}
      stroke={networkLooks[series.id].color}
    />
  );
}

/** The theory's line of a step, pinned or on view. */
function TheoryLine({ series, plane }: Pick<MarksProps, 'series' | 'plane'>) {
  const points = theoryPoints(series);
  if (!points) return null;
  return (
    <path className="chart-line chart-line-theory" d={pathOf(points, plane)} stroke={networkLooks[series.id].color} />
  );
}

interface MarksProps {
  readonly series: LayerSeries;
  readonly plane: Plane;
  readonly isFitted: boolean;
}

/** Square pixels that a mark covers. */
const MARK_AREA = 25;

/** A mark a layer, and the lines through them. Values without a place on the axis lie on its edge; those that are no numbers are hollow. */
function Marks({ series, plane, isFitted }: MarksProps) {
  const look = networkLooks[series.id];
  const fit = isFitted ? fitOf(series) : null;
  /** Marks of the values that pass. */
  const at = (passes: (value: number) => boolean) => {
    const places = series.values.flatMap((value, index) =>
      passes(value) ? [{ x: positionX(plane.area, plane.layers, index + 1), y: valueY(plane, value) }] : [],
    );
    return marksPath(networkShapes[series.id], MARK_AREA, places);
  };
  return (
    <g>
      {isFitted && <TheoryLine series={series} plane={plane} />}
      {fit && <path className="chart-line chart-line-fit" d={pathOf(fit.points, plane)} stroke={look.color} />}
      <path className="chart-mark" d={at(Number.isFinite)} fill={look.color} stroke={look.color} />
      <path className="chart-mark" d={at((value) => !Number.isFinite(value))} fill="none" stroke={look.color} />
    </g>
  );
}
