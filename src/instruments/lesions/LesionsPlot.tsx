import { percentTicks } from '../../figure/error/curves.ts';
import { errorY, type FinalPlane, placeTicks, placeX } from '../../figure/final/geometry.ts';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, rowsIn } from '../../plot/area.ts';
import { networkLooks } from '../../plot/looks.ts';
import { Mark } from './Mark.tsx';
import { CHANCE, errorLine, type LesionMeasure, type LesionSeries, type Operation } from './series.ts';

interface LesionsPlotProps {
  readonly box: Box;
  readonly plane: FinalPlane;
  readonly series: readonly LesionSeries[];
  readonly operation: Operation;
  readonly measure: LesionMeasure;
  /** The place that is pointed at. */
  readonly cursorAt: number | null;
}

/** A mark for every lesion, and the errors of the whole networks as dashed lines. */
export function LesionsPlot({ box, plane, series, operation, measure, cursorAt }: LesionsPlotProps) {
  const { area, axis, ends } = plane;
  const places = Array.from({ length: ends[1] }, (_, index) => index + 1);
  const x = cursorAt === null ? null : placeX(plane, cursorAt);
  const chance = errorY(plane, CHANCE);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis
        area={area}
        ticks={percentTicks(axis, Math.min(6, rowsIn(area, box.rem)))}
        label={text.lesions.axis[measure]}
      />
      <HorizontalAxis
        area={area}
        ticks={placeTicks(plane, places, String, 1.8 * box.rem)}
        label={text.lesions.across[operation]}
        rem={box.rem}
      />
      <line
        className="chart-line chart-line-chance"
        x1={area.left}
        x2={area.right}
        y1={chance}
        y2={chance}
        stroke="var(--ink-soft)"
      />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {series.toReversed().map((each) => (
        <Marks key={each.id} series={each} plane={plane} measure={measure} />
      ))}
    </svg>
  );
}

interface MarksProps extends Pick<LesionsPlotProps, 'plane' | 'measure'> {
  readonly series: LesionSeries;
}

function Marks({ series: { id, whole, lesions }, plane, measure }: MarksProps) {
  const look = networkLooks[id];
  const { left, right } = plane.area;
  const base = whole && errorY(plane, whole[measure]);
  return (
    <g>
      {base !== null && (
        <line className="chart-line chart-line-theory" x1={left} x2={right} y1={base} y2={base} stroke={look.color} />
      )}
      <path className="chart-line chart-line-run" d={errorLine(lesions, measure, plane)} stroke={look.color} />
      {lesions.map((lesion) => (
        <g key={lesion.at} transform={`translate(${placeX(plane, lesion.at)},${errorY(plane, lesion[measure])})`}>
          <Mark look={look} isHollow={lesion.changesShape} />
        </g>
      ))}
    </g>
  );
}
