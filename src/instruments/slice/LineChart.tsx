import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { plotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { distinct } from '../../records/summary.ts';
import { lossExtent, sliceAxis } from './axis.ts';
import { LinePlot, widest } from './LinePlot.tsx';
import { lineTable, lossAt, lossText, phrasesAt, summarySentence } from './reading.ts';
import { distanceOf } from './report.ts';
import { distanceAt, distanceText, overflowsOf, pointsOf, type Slice } from './slices.ts';

const words = text.slice;

export interface LineChartProps extends Pick<ChartSlots, 'actions'> {
  /** Along one direction each. */
  readonly slices: readonly Slice[];
  readonly scale: ValueAxis['kind'];
}

/** The loss along a random direction, for every network. */
export const LineChart = memo(function LineChart({ slices, scale, actions }: LineChartProps) {
  const axis = useMemo(() => sliceAxis(lossExtent(slices.map(({ report }) => report)), scale), [slices, scale]);
  const distances = useMemo(() => distancesOf(slices), [slices]);
  const cursor = useCursor(distances, distances.length > 0 ? 0 : null);
  const empty = slices.length > 0 ? words.begun : words.line.empty;
  const sentences = slices.flatMap((slice) => summarySentence(slice) ?? []);
  const steps = distinct(slices.map(({ report }) => report.step));
  const images = distinct(slices.map(({ report }) => report.images));
  return (
    <Chart
      title={words.line.title}
      subtitle={slices.length > 0 ? words.line.begun(images, steps) : words.line.subtitle}
      actions={actions}
      summary={sentences.length > 0 ? sentences.join(' ') : empty}
      empty={distances.length > 0 ? null : empty}
      table={() => lineTable(slices)}
      reading={reading(slices, distances, cursor)}
      legend={() => <Legend slices={slices} at={cursor.at} />}
    >
      {(box) => <LinePlot {...{ box, slices, axis }} cursorAt={cursor.isPointing ? cursor.at : null} />}
    </Chart>
  );
});

/** All distances at which something is known, ascending. */
function distancesOf(slices: readonly Slice[]): number[] {
  const distances = slices.flatMap(({ report }) => pointsOf(report).map(({ column }) => distanceOf(report, column)));
  return [...new Set(distances)].sort((one, other) => one - other);
}

function reading(slices: readonly Slice[], distances: readonly number[], cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(words.line.title),
    min: distances[0] ?? 0,
    max: distances.at(-1) ?? 0,
    now: cursor.at,
    text: words.spoken([distanceText(cursor.at)], phrasesAt(slices, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => {
      const { left, right } = plotArea(box);
      cursor.pointAt(distanceAt(widest(slices), (x - left) / (right - left)));
    },
    onLeave: cursor.leave,
  };
}

/** Which line is whose, with its loss at the cursor. */
function Legend({ slices, at }: { readonly slices: readonly Slice[]; readonly at: number | null }) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at([distanceText(at)])}</span>
        {slices.some(({ report }) => overflowsOf(report).length > 0) && (
          <span className="chart-patterns">{words.crosses}</span>
        )}
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {slices.map(({ id, name, report }) => {
          const loss = at === null ? null : lossAt(report, at);
          return (
            <div key={id} className="chart-legend-item">
              <ShapeKey look={networkLooks[id]} />
              <span className="chart-legend-name">{name}</span>
              <span className="chart-note">{words.dimensions(report.parameters)}</span>
              <span className="chart-figures">{loss === null ? text.charts.none : lossText(loss)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
