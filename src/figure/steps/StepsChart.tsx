import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { type Box, plotArea } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { errorRange as errorAxis } from '../../plot/scale.ts';
import { figures, phrasesAt, summarySentence, tableOf } from './reading.ts';
import { StepsPlot } from './StepsPlot.tsx';
import { type StepSeries, stepsOf } from './series.ts';

export interface StepsChartProps extends ChartSlots {
  readonly series: readonly StepSeries[];
  /** What tells the series apart, for instance "weight layers". */
  readonly axis: string;
  /** Steps of the longest run: where the horizontal axis ends. */
  readonly lastStep: number;
  /** Said while nothing was measured. */
  readonly empty: string;
  /** An error that the vertical axis holds, so that two charts can share one. */
  readonly atLeast: number;
}

/** Room at the right for the names of the curves, in rem. */
const NAMES = 2.2;

function areaOf(box: Box) {
  const area = plotArea(box);
  return { ...area, right: Math.max(area.left + 1, area.right - NAMES * box.rem) };
}

/** Error against step for every value of a sweep: the mean of its seeds, training solid and test dashed. */
export const StepsChart = memo(function StepsChart(props: StepsChartProps) {
  const { series, axis, lastStep, empty, atLeast, ...slots } = props;
  const steps = useMemo(() => stepsOf(series), [series]);
  const cursor = useCursor(steps, steps.at(-1) ?? null);
  const summary = summarySentence(series);
  const isEmpty = series.every(({ runs }) => runs.every(({ evaluations }) => evaluations.length === 0));
  const { max } = errorAxis(isEmpty ? [] : [atLeast]);
  return (
    <Chart
      {...slots}
      summary={summary ?? empty}
      empty={isEmpty ? empty : null}
      table={() => tableOf(series, axis)}
      reading={reading(props, cursor)}
      legend={() => <Legend series={series} axis={axis} step={cursor.at} />}
    >
      {(box) => (
        <StepsPlot
          box={box}
          area={areaOf(box)}
          series={series}
          lastStep={lastStep}
          top={max}
          cursorAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Chart>
  );
});

function reading({ series, title, lastStep }: StepsChartProps, cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(title),
    min: 0,
    max: lastStep,
    now: cursor.at,
    text: text.charts.error.spoken(cursor.at, phrasesAt(series, cursor.at)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => {
      const { left, right } = areaOf(box);
      cursor.pointAt(((x - left) / (right - left)) * lastStep);
    },
    onLeave: cursor.leave,
  };
}

interface LegendProps {
  readonly series: readonly StepSeries[];
  readonly axis: string;
  readonly step: number | null;
}

/** Which curve is which, with its figures at the cursor. */
const Legend = memo(function Legend({ series, axis, step }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{step === null ? axis : text.charts.steps.at(axis, step)}</span>
        <span className="chart-patterns">
          <LineKey kind="train" /> {text.charts.train} / <LineKey kind="test" /> {text.charts.test}
        </span>
      </div>
      <div className="chart-legend-items">
        {series.map((each) => (
          <div key={each.label} className="chart-legend-item">
            <ShapeKey look={each.look} />
            <span className="chart-legend-name">{each.label}</span>
            {step !== null && (
              <span className="chart-figures chart-figures-wrapped">{figures(each, step, 'short')}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
});
