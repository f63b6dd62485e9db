import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, plotArea, rowsIn } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, lastUpTo, type Positions, useCursor } from '../../plot/cursor.ts';
import type { ChartNetwork } from '../../plot/looks.ts';
import { usePointing } from '../../plot/pointed.ts';
import { useSteadyAxis } from '../../plot/scale.ts';
import { CursorMarks, Curves, OutsideMarks } from './Curves.tsx';
import { errorAxis, lossAxis, lossTicks, type Measure, percentTicks, stepTicks } from './curves.ts';
import { Legend } from './Legend.tsx';
import { chartName, useStepOutside } from './outside.ts';
import { newestOfAll, phrasesAt, readableSteps } from './reading.ts';
import { tableOf } from './table.ts';

export interface ErrorChartProps extends Partial<ChartSlots> {
  readonly networks: readonly ChartNetwork[];
  /** Steps of the whole run: where the horizontal axis ends. */
  readonly steps: number;
  /** The step that the page shows; null follows the newest. */
  readonly viewStep: number | null;
  /** Errors of the evaluations, or the loss of every minibatch on a linear or log axis. */
  readonly measure?: Measure;
}

/** Training and test error, or the loss, of every network against the step. */
export const ErrorChart = memo(function ErrorChart(props: ErrorChartProps) {
  const { networks, viewStep, measure = 'error' } = props;
  const words = measure === 'error' ? text.charts.error : text.charts.loss;
  const positions = useMemo(() => readableSteps(networks, measure), [networks, measure]);
  const newest = measure === 'error' ? newestOfAll(networks) : (positions.at(-1) ?? null);
  const cursor = useCursor(positions, viewStep === null ? newest : lastUpTo(positions, viewStep));
  usePointing(chartName, cursor.isPointing ? { layers: {}, step: cursor.at } : null);
  const lastStep = Math.max(1, props.steps, positions.at(-1) ?? 0);
  return (
    <Chart
      title={props.title ?? words.title}
      subtitle={props.subtitle ?? words.subtitle}
      actions={props.actions}
      summary={newest === null ? words.empty : text.charts.error.summary(newest, phrasesAt(networks, newest, measure))}
      empty={newest === null ? words.empty : null}
      table={() => tableOf(networks, measure)}
      reading={reading(networks, measure, words.title, lastStep, cursor)}
      legend={() => <StepLegend {...{ networks, measure, positions }} at={cursor.at} />}
    >
      {(box) => (
        <ErrorPlot
          box={box}
          networks={networks}
          measure={measure}
          lastStep={lastStep}
          viewStep={viewStep}
          cursor={cursor}
        />
      )}
    </Chart>
  );
});

interface StepLegendProps extends Required<Pick<ErrorChartProps, 'networks' | 'measure'>> {
  readonly positions: Positions;
  /** Of the chart's own cursor. */
  readonly at: number | null;
}

/** The legend with the figures at the cursor, or the last ones up to the step that is pointed at in another chart. */
function StepLegend({ networks, measure, positions, at }: StepLegendProps) {
  const outside = useStepOutside();
  const step = outside === null ? at : lastUpTo(positions, outside);
  return <Legend networks={networks} step={step} measure={measure} />;
}

function reading(
  networks: readonly ChartNetwork[],
  measure: Measure,
  title: string,
  lastStep: number,
  cursor: Cursor,
): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(title),
    min: 0,
    max: lastStep,
    now: cursor.at,
    text: text.charts.error.spoken(cursor.at, phrasesAt(networks, cursor.at, measure)),
    onKey: cursor.onKey,
    onPointAt: (x, _y, box) => {
      const area = plotArea(box);
      cursor.pointAt(((x - area.left) / (area.right - area.left)) * lastStep);
    },
    onLeave: cursor.leave,
  };
}

interface ErrorPlotProps {
  readonly box: Box;
  readonly networks: readonly ChartNetwork[];
  readonly measure: Measure;
  readonly lastStep: number;
  readonly viewStep: number | null;
  readonly cursor: Cursor;
}

function ErrorPlot({ box, networks, measure, lastStep, viewStep, cursor }: ErrorPlotProps) {
  const plane = usePlane(box, networks, measure, lastStep);
  const { area, axis } = plane;
  const rows = rowsIn(area, box.rem);
  const yTicks = useMemo(
    () => (measure === 'error' ? percentTicks(axis, Math.min(6, rows)) : lossTicks(axis, Math.min(5, rows))),
    [axis, measure, rows],
  );
  const columns = Math.floor((area.right - area.left) / (4.5 * box.rem));
  const xTicks = useMemo(() => stepTicks(lastStep, columns), [lastStep, columns]);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis
        area={area}
        ticks={yTicks}
        label={measure === 'error' ? text.charts.error.axis : text.charts.loss.axis}
      />
      <HorizontalAxis area={area} ticks={xTicks} label={text.charts.step} rem={box.rem} />
      <Curves networks={networks} plane={plane} measure={measure} />
      <CursorMarks plane={plane} networks={networks} measure={measure} viewStep={viewStep} cursor={cursor} />
      <OutsideMarks plane={plane} networks={networks} measure={measure} />
    </svg>
  );
}

/** The axes change only when the highest value passes a round number, and then the curves are drawn anew. */
function usePlane(box: Box, networks: readonly ChartNetwork[], measure: Measure, lastStep: number) {
  const found = useMemo(() => {
    const runs = networks.map(({ run }) => run).filter((run) => run !== null);
    if (measure !== 'error') return lossAxis(runs, measure === 'loss' ? 'linear' : 'log');
    return errorAxis(runs.flatMap((run) => run.evaluations.flatMap((record) => [record.trainError, record.testError])));
  }, [networks, measure]);
  const axis = useSteadyAxis(found);
  const area = useMemo(() => plotArea(box), [box]);
  return useMemo(() => ({ area, axis, lastStep }), [area, axis, lastStep]);
}
