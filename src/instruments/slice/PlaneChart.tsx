import { memo, useMemo } from 'react';
import { laterText } from '../../messages/laterText.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { ColorScale } from '../../plot/ColorScale.tsx';
import { colorsOn, notFiniteColor, zeroColor } from '../../plot/color.ts';
import { movedCell, upTo, useCellCursor } from '../../plot/cursor.ts';
import { Legend } from '../../plot/legend.tsx';
import { Cells, CrossHair, linePath, outline } from '../../plot/marks.tsx';
import { Plot } from '../../plot/Plot.tsx';
import { usePlane } from '../../plot/plane.tsx';
import { placed } from '../../plot/scale.ts';
import { contourLines, lossTicks, roundText } from './contours.ts';
import { distanceOf, indexOf, nearestPoint, overflowsOf, type SliceReport } from './report.ts';
import { lossText, placeText, planeTable, type Slice, summarySentence, useDistanceAxis } from './slices.ts';

const words = laterText.slice;

export interface PlaneChartProps extends Pick<ChartSlots, 'actions'> {
  /** Along two directions. */
  readonly slice: Slice;
  /** Of the colours: `sliceAxis` of all networks, so that they can be compared. */
  readonly axis: ValueAxis;
  /** Losses of the contour lines, shared as well. */
  readonly levels: readonly number[];
}

/** The loss in a plane of two random directions, as colours with contour lines. */
export const PlaneChart = memo(function PlaneChart({ slice, axis, levels, actions }: PlaneChartProps) {
  const { name, report } = slice;
  const { side, images, parameters, step, radius, done, planned, losses } = report;
  const middle = (side - 1) / 2;
  const grid = { columns: upTo(side), rows: side };
  const cursor = useCellCursor(grid, {
    home: () => ({ column: middle + 1, row: middle + 1 }),
    read: (first, second) => ({ column: indexOf(report, first) + 1, row: indexOf(report, second) + 1 }),
    moved: (from, key) => movedCell(grid, from, key, true),
  });
  const point = cursor.at && nearestPoint(report, cursor.at.column - 1, cursor.at.row - 1);
  const zero = axis.kind === 'log' && losses.includes(0) ? [{ color: zeroColor, label: words.zero }] : [];
  const overflows = overflowsOf(report).length > 0 ? [{ color: notFiniteColor, label: words.crosses }] : [];
  return (
    <Plot
      title={words.plane.title(name)}
      subtitle={words.plane.subtitle(images, parameters, step)}
      actions={actions}
      x={useDistanceAxis(side, radius, words.first)}
      y={useDistanceAxis(side, radius, words.second)}
      margins={{ isSquare: true }}
      cursor={point ? cursor : { ...cursor, at: null }}
      keys={words.keys}
      min={1}
      max={side}
      now={({ column }) => column}
      spoken={() => (point ? words.spoken(placeText(report, point), [words.value(name, lossText(point.loss))]) : '')}
      summary={summarySentence(slice) ?? words.begun}
      empty={done > 0 ? null : words.begun}
      table={() => planeTable(report)}
      legend={
        <Legend
          head={
            <>
              <span className="chart-at">{point && words.at(placeText(report, point))}</span>
              <span className="chart-figures">{point && lossText(point.loss)}</span>
            </>
          }
        >
          <ColorScale ticks={placed(axis, lossTicks(axis, 5))} swatches={[...zero, ...overflows]}>
            <span className="soft">{words.ring}</span>
          </ColorScale>
          <p className="soft slice-note">
            {done < planned ? words.coarse(done, planned) : words.contours(levels.map(roundText))}
          </p>
        </Legend>
      }
      behind={<Cells pixels={useMemo(() => planePixels(report, axis), [report, axis])} columns={side} />}
    >
      <Contours report={report} levels={levels} />
      <Overflows report={report} />
      <Here />
      {cursor.isPointing && point && (
        <CrossHair
          x={distanceOf(report, point.column)}
          y={distanceOf(report, point.row)}
          side={(2 * radius) / (side - 1)}
        />
      )}
    </Plot>
  );
});

interface ContoursProps {
  readonly report: SliceReport;
  readonly levels: readonly number[];
}

const rounded = { fill: 'none', strokeLinejoin: 'round' } as const;

const Contours = memo(function Contours({ report, levels }: ContoursProps) {
  const plane = usePlane();
  const lines = useMemo(() => contourLines(report, levels), [report, levels]);
  const path = lines
    .flat()
    .map((part) => linePath(part, plane))
    .join('');
  return (
    <>
      {/* Light with a dark edge, so that they show on every colour. */}
      <path {...rounded} stroke="#000000" strokeOpacity={0.45} strokeWidth={2.5} d={path} />
      <path className="chart-contour" d={path} {...rounded} stroke="#ffffff" />
    </>
  );
});

/** Crosses where the loss is not finite. */
function Overflows({ report }: Pick<ContoursProps, 'report'>) {
  const { x, y } = usePlane();
  const arm = Math.min(4, (x.to - x.from) / report.side / 3);
  const crosses = overflowsOf(report).map(({ column, row }) => {
    const [left, top] = [x.at(distanceOf(report, column)).px - arm, y.at(distanceOf(report, row)).px - arm];
    return `M${left},${top}l${2 * arm},${2 * arm}m0,${-2 * arm}l${-2 * arm},${2 * arm}`;
  });
  return <path className="chart-overflow" d={crosses.join('')} {...rounded} stroke="#000000" strokeWidth={1.5} />;
}

/** The network as it is. */
function Here() {
  const { x, y } = usePlane();
  return <circle {...outline} cx={x.at(0).px} cy={y.at(0).px} r={5} />;
}

/**
 * The colours of a plane, one pixel a point, row-major RGBA from the top, where the second direction ends. A place that is not known
 * has the colour of the coarser point that stands for it; before the first is known all is transparent.
 */
export function planePixels(report: SliceReport, axis: ValueAxis): Uint8ClampedArray<ArrayBuffer> {
  const { side } = report;
  const colored = colorsOn(axis);
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point = nearestPoint(report, column, row);
      if (point) pixels.set([...colored(point.loss), 255], ((side - 1 - row) * side + column) * 4);
    }
  }
  return pixels;
}
