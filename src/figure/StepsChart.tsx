import { memo, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import { type PlotArea, usualMargins } from '../plot/area.ts';
import type { ChartSlots } from '../plot/Chart.tsx';
import { useCursor } from '../plot/cursor.ts';
import { dodge } from '../plot/labels.ts';
import { Legend, TrainTestKeys } from '../plot/legend.tsx';
import { Cross, Line, type Point, Rule, Shape } from '../plot/marks.tsx';
import { Plot } from '../plot/Plot.tsx';
import { usePlane } from '../plot/plane.tsx';
import { errorAxis, errorRange, stepAxis } from '../plot/scale.ts';
import type { ErrorsAt } from '../session/runs.ts';
import {
  divergences,
  figures,
  meanErrors,
  phrasesAt,
  type StepSeries,
  stepsOf,
  summarySentence,
  tableOf,
} from './stepSeries.ts';

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

/** Error against step for every value of a sweep: the mean of its seeds, training solid and test dashed. */
export const StepsChart = memo(function StepsChart(props: StepsChartProps) {
  const { series, axis, lastStep, empty, atLeast, ...slots } = props;
  const steps = useMemo(() => stepsOf(series), [series]);
  const cursor = useCursor(steps, steps.at(-1) ?? null);
  const isEmpty = series.every(({ runs }) => runs.every(({ evaluations }) => evaluations.length === 0));
  return (
    <Plot
      {...slots}
      x={stepAxis(lastStep, text.charts.step)}
      y={errorAxis(errorRange(isEmpty ? [] : [atLeast]), text.charts.error.axis)}
      margins={{ right: usualMargins.right + NAMES }}
      cursor={cursor}
      spoken={(step) => text.charts.error.spoken(step, phrasesAt(series, step))}
      summary={summarySentence(series) ?? empty}
      empty={isEmpty ? empty : null}
      table={() => tableOf(series, axis)}
      legend={
        <Legend
          head={cursor.at === null ? axis : text.charts.steps.at(axis, cursor.at)}
          patterns={<TrainTestKeys />}
          items={series.map((each) => ({
            key: each.label,
            look: each.look,
            name: each.label,
            figures: cursor.at === null ? null : figures(each, cursor.at, 'short'),
          }))}
          figures="wrapped"
        />
      }
    >
      <Rule at={cursor.isPointing ? cursor.at : null} />
      {series.map((each) => (
        <Means key={each.label} series={each} />
      ))}
      <Names series={series} />
      <Diverged series={series} />
    </Plot>
  );
});

function pointsOf(errors: readonly ErrorsAt[], key: 'trainError' | 'testError'): Point[] {
  return errors.map((each) => ({ x: each.step, y: each[key] }));
}

/** The means of a series, and thin lines for what each run measured: the one under way among them. */
const Means = memo(function Means({ series: { look, runs } }: { readonly series: StepSeries }) {
  const means = meanErrors(runs);
  const isSingle = runs.length === 1 && means.length > 0;
  return (
    <g>
      {!isSingle &&
        runs.map(({ experiment, evaluations }) => (
          <Line
            key={experiment.training.seed}
            points={pointsOf(evaluations, 'trainError')}
            kind="run"
            color={look.color}
          />
        ))}
      <Line points={pointsOf(means, 'testError')} kind="test" color={look.color} />
      <Line points={pointsOf(means, 'trainError')} kind="train" color={look.color} />
    </g>
  );
});

interface SeriesProps {
  readonly series: readonly StepSeries[];
}

/** The name of each curve at its end, none over another. */
function Names({ series }: SeriesProps) {
  const { area, x, y, rem } = usePlane();
  const ends = series.flatMap((each) => {
    const last = meanErrors(each.runs).at(-1);
    const height = last ? y.px(last.trainError) : null;
    return last && height !== null ? [{ ...each, x: x.at(last.step).px, y: height }] : [];
  });
  const heights = dodge(
    ends.map((end) => end.y),
    0.85 * rem,
    [area.top, area.bottom],
  );
  return ends.map((end, index) => (
    <g key={end.label}>
      <Shape look={end.look} x={end.x} y={end.y} />
      <text className="chart-tick" x={end.x + 9} y={heights[index] ?? end.y} dominantBaseline="central">
        {end.label}
      </text>
    </g>
  ));
}

/** Half a cross and the space around it, in pixels. */
const CROSS = 9;
/** Width of a character of a text beside a cross, about, in rem. */
const CHARACTER = 0.4;

/** The text of a cross stands at its right, unless there is too little room there and more at the left. */
function isTextLeft(x: number, width: number, { left, right }: PlotArea): boolean {
  return x + CROSS + width > right && x - left > right - x;
}

/** A cross where the runs of a series diverged first, with the step. */
function Diverged({ series }: SeriesProps) {
  const { area, x: across, rem } = usePlane();
  const ended = series.filter((each) => divergences(each).length > 0);
  return ended.map((each, index) => {
    const step = divergences(each)[0] ?? 0;
    const x = across.at(step).px;
    const y = area.top + (index + 0.6) * 1.1 * rem;
    const words = text.charts.steps.diverged(each.label, step);
    const isLeft = isTextLeft(x, words.length * CHARACTER * rem, area);
    return (
      <g key={each.label}>
        <Cross look={each.look} x={x} y={y} />
        <text
          className="chart-note-text"
          x={x + (isLeft ? -CROSS : CROSS)}
          y={y}
          fill="var(--ink)"
          textAnchor={isLeft ? 'end' : 'start'}
          dominantBaseline="central"
        >
          {words}
        </text>
      </g>
    );
  });
}
