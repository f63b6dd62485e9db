import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, rowsIn } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { apart } from '../../plot/labels.ts';
import { Cross, Shape } from '../../plot/marks.tsx';
import { percentTicks } from '../../plot/scale.ts';
import { linePath, stepTicks, toX, toY } from '../error/curves.ts';
import { divergences, type ErrorsAt, meanErrors, type StepSeries, type SweepRun } from './series.ts';

interface StepsPlotProps {
  readonly box: Box;
  readonly area: PlotArea;
  readonly series: readonly StepSeries[];
  readonly lastStep: number;
  /** Error at the top of the vertical axis. */
  readonly top: number;
  /** The step that is pointed at. */
  readonly cursorAt: number | null;
}

interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  readonly lastStep: number;
}

export function StepsPlot({ box, area, series, lastStep, top, cursorAt }: StepsPlotProps) {
  const axis: ValueAxis = { kind: 'linear', min: 0, max: top };
  const plane = { area, axis, lastStep };
  const columns = Math.floor((area.right - area.left) / (4.5 * box.rem));
  const x = cursorAt === null ? null : toX(lastStep, area, cursorAt);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis
        area={area}
        ticks={percentTicks(axis, Math.min(6, rowsIn(area, box.rem)))}
        label={text.charts.error.axis}
      />
      <HorizontalAxis area={area} ticks={stepTicks(lastStep, columns)} label={text.charts.step} rem={box.rem} />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {series.map((each) => (
        <Means key={each.label} series={each} plane={plane} />
      ))}
      <Names series={series} plane={plane} rem={box.rem} />
      <Diverged series={series} plane={plane} rem={box.rem} />
    </svg>
  );
}

function path(errors: readonly ErrorsAt[], key: 'trainError' | 'testError', { area, axis, lastStep }: Plane): string {
  return linePath(
    errors.map((each) => ({ x: each.step, y: each[key] })),
    lastStep,
    axis,
    area,
  );
}

/** The means of a series, and thin lines for what each run measured: the one under way among them. */
function Means({ series: { look, runs }, plane }: { readonly series: StepSeries; readonly plane: Plane }) {
  const means = meanErrors(runs);
  const single = runs.length === 1 && means.length > 0;
  return (
    <g>
      {!single &&
        runs.map((run: SweepRun) => (
          <path
            key={run.seed}
            className="chart-line chart-line-run"
            d={path(run.evaluations, 'trainError', plane)}
            stroke={look.color}
          />
        ))}
      <path className="chart-line chart-line-test" d={path(means, 'testError', plane)} stroke={look.color} />
      <path className="chart-line chart-line-train" d={path(means, 'trainError', plane)} stroke={look.color} />
    </g>
  );
}

interface SeriesProps {
  readonly series: readonly StepSeries[];
  readonly plane: Plane;
  readonly rem: number;
}

/** The name of each curve at its end, none over another. */
function Names({ series, plane: { area, axis, lastStep }, rem }: SeriesProps) {
  const ends = series.flatMap((each) => {
    const last = meanErrors(each.runs).at(-1);
    const y = last && toY(axis, area, last.trainError);
    return last && y !== null && y !== undefined ? [{ ...each, x: toX(lastStep, area, last.step), y }] : [];
  });
  const heights = apart(
    ends.map(({ y }) => y),
    0.85 * rem,
    [area.top, area.bottom],
  );
  return ends.map(({ label, look, x, y }, index) => (
    <g key={label}>
      <Shape look={look} x={x} y={y} />
      <text className="chart-tick" x={x + 9} y={heights[index] ?? y} dominantBaseline="central">
        {label}
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
function Diverged({ series, plane: { area, lastStep }, rem }: SeriesProps) {
  const ended = series.flatMap((each) => {
    const [step] = divergences(each);
    return step === undefined ? [] : [{ ...each, step }];
  });
  return ended.map(({ label, look, step }, index) => {
    const x = toX(lastStep, area, step);
    const y = area.top + (index + 0.6) * 1.1 * rem;
    const words = text.charts.steps.diverged(label, step);
    const isLeft = isTextLeft(x, words.length * CHARACTER * rem, area);
    return (
      <g key={label}>
        <Cross look={look} x={x} y={y} />
        <text
          className="chart-note-text"
          x={x + (isLeft ? -CROSS : CROSS)}
          y={y}
          textAnchor={isLeft ? 'end' : 'start'}
          dominantBaseline="central"
        >
          {words}
        </text>
      </g>
    );
  });
}
