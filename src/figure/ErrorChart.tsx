import { memo, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import type { ChartSlots } from '../plot/Chart.tsx';
import { lastUpTo, type Positions, useCursor } from '../plot/cursor.ts';
import { short } from '../plot/format.ts';
import { dodge } from '../plot/labels.ts';
import { Legend, TrainTestKeys } from '../plot/legend.tsx';
import { linkedStep, useHover, useLinkedHover } from '../plot/linkedHover.ts';
import { type ChartNetwork, type Look, networkLooks } from '../plot/looks.ts';
import { Cross, Line, type Point, Ring, Rule, Shape, ShapeAt } from '../plot/marks.tsx';
import { Plot } from '../plot/Plot.tsx';
import { usePlane } from '../plot/plane.tsx';
import { type Axis, errorAxis, rowsOf, stepAxis, valueAxis } from '../plot/scale.ts';
import type { EvaluationRecord } from '../records/records.ts';
import type { Run } from '../records/run.ts';
import {
  lossPoints,
  lossTicks,
  type Measure,
  newestOfAll,
  phrasesAt,
  rangeOf,
  readableSteps,
  saidAt,
  tableOf,
  valuesAt,
} from './errors.ts';
import { textWidth } from './fit.ts';
import { type EndWords, type ErrorPlace, type } from './layout.ts';

/** What the other charts know it as. */
const chartName = 'error';

export interface ErrorChartProps extends Partial<ChartSlots> {
  readonly networks: readonly ChartNetwork[];
  /** Steps of the whole run: where the horizontal axis ends. */
  readonly steps: number;
  /** The step that the page shows; null follows the newest. */
  readonly viewStep: number | null;
  readonly measure?: Measure;
  /** Where it is part of a figure: no titles, axes with two numbers, and the values written at the lines' ends. */
  readonly place?: Pick<ErrorPlace, 'right' | 'trained' | 'hasTest' | 'unseen'>;
}

/** Room beside a plot that is part of a figure, in rem: numbers alone. */
const bareMargins = { left: 1.95, bottom: 1.35 };

/** The ends of the steps, and what they are, as far as there is room. */
const stepEnds: Axis['ticks'] = ({ axis: { max }, from, to }, rem) => {
  const room = (to - from) / rem;
  const last = { value: max, label: room >= 6.5 ? text.charts.stepsInAll(max) : String(max) };
  return room >= 3.5 ? [{ value: 0, label: '0' }, last] : [last];
};

/** Mistakes in 100 images: both ends, and the middle where there is room. */
const mistakeLabels: Axis['ticks'] = (scale, rem) => {
  const { max } = scale.axis;
  const values = rowsOf(scale, rem) >= 4 ? [0, max / 2, max] : [0, max];
  return values.map((value) => ({ value, label: short(100 * value) }));
};

const lossLabels: Axis['ticks'] = (scale, rem) => lossTicks(scale.axis, Math.min(5, rowsOf(scale, rem)));

/** Training and test error, or the loss, of every network against the step. */
export const ErrorChart = memo(function ErrorChart(props: ErrorChartProps) {
  const { networks, viewStep, measure = 'error', place } = props;
  const words = measure === 'error' ? text.charts.error : text.charts.loss;
  const positions = useMemo(() => readableSteps(networks, measure), [networks, measure]);
  const newest = measure === 'error' ? newestOfAll(networks) : (positions.at(-1) ?? null);
  const cursor = useCursor(positions, viewStep === null ? newest : lastUpTo(positions, viewStep));
  useHover(chartName, cursor.isPointing ? { layers: {}, step: cursor.at } : null);
  const range = useMemo(() => rangeOf(networks, measure), [networks, measure]);
  const steps = stepAxis(Math.max(1, props.steps, positions.at(-1) ?? 0), text.charts.step);
  return (
    <Plot
      title={props.title ?? words.title}
      subtitle={props.subtitle ?? words.subtitle}
      actions={props.actions}
      x={place ? { ...steps, label: '', ticks: stepEnds } : steps}
      y={
        place
          ? valueAxis(range, '', mistakeLabels)
          : measure === 'error'
            ? errorAxis(range, words.axis)
            : valueAxis(range, words.axis, lossLabels)
      }
      {...(place && { isBare: true, margins: { ...bareMargins, right: place.right } })}
      cursor={cursor}
      name={words.title}
      spoken={(step) => text.charts.error.spoken(step, phrasesAt(networks, step, measure))}
      summary={newest === null ? words.empty : text.charts.error.summary(newest, phrasesAt(networks, newest, measure))}
      empty={newest === null && !place ? words.empty : null}
      table={() => tableOf(networks, measure)}
      legend={<StepLegend {...{ networks, measure, positions }} at={cursor.at} />}
    >
      <Curves networks={networks} measure={measure} hasTest={place?.hasTest ?? true} />
      {place && <Ends networks={networks} {...place} at={cursor.at} />}
      <Rule at={viewStep} kind="view" />
      <StepMarks {...{ networks, measure }} step={cursor.isPointing ? cursor.at : null} />
      <LinkedMarks networks={networks} measure={measure} />
    </Plot>
  );
});

const useLinkedStep = () => useLinkedHover((all) => linkedStep(all, chartName));

interface ShownProps {
  readonly networks: readonly ChartNetwork[];
  readonly measure: Measure;
}

interface StepLegendProps extends ShownProps {
  readonly positions: Positions;
  /** Of the chart's own cursor. */
  readonly at: number | null;
}

/** The figures at the cursor, or the last ones up to the step that is pointed at in another chart. */
function StepLegend({ networks, measure, positions, at }: StepLegendProps) {
  const outside = useLinkedStep();
  const step = outside === null ? at : lastUpTo(positions, outside);
  return (
    <Legend
      head={step === null ? '' : text.charts.at(step)}
      patterns={measure === 'error' && <TrainTestKeys />}
      items={networks.map((network) => ({
        key: network.id,
        look: networkLooks[network.id],
        name: network.name,
        figures: step === null ? null : saidAt(network, step, measure).figures,
      }))}
    />
  );
}

/** The curves of all networks; the first network's lie on top, as it is named first. */
function Curves({ networks, measure, hasTest }: ShownProps & { readonly hasTest: boolean }) {
  return networks.toReversed().map(({ id, run }) => {
    if (run === null) return null;
    const { evaluations, overflow } = run;
    const look = networkLooks[id];
    if (measure !== 'error') return <LossCurve key={id} run={run} look={look} />;
    return <ErrorCurve key={id} evaluations={evaluations} overflow={overflow} look={look} hasTest={hasTest} />;
  });
}

interface ErrorCurveProps {
  readonly evaluations: readonly EvaluationRecord[];
  readonly overflow: Run['overflow'];
  readonly look: Look;
  readonly hasTest: boolean;
}

/** Training error solid, test error dashed, and the network's shape at the newest training error. */
const ErrorCurve = memo(function ErrorCurve({ evaluations, overflow, look, hasTest }: ErrorCurveProps) {
  const [train, test] = useMemo(
    () =>
      (['trainError', 'testError'] as const).map((key) => evaluations.map((each) => ({ x: each.step, y: each[key] }))),
    [evaluations],
  );
  return (
    <g>
      {hasTest && <Line points={test ?? []} kind="test" color={look.color} />}
      <Line points={train ?? []} kind="train" color={look.color} />
      <End points={train ?? []} look={look} />
      <Divergence overflow={overflow} points={train ?? []} look={look} />
    </g>
  );
});

/** The loss of every minibatch. */
const LossCurve = memo(function LossCurve({ run, look }: { readonly run: Run; readonly look: Look }) {
  const { area } = usePlane();
  const points = useMemo(() => lossPoints(run, area.right - area.left), [run, area]);
  return (
    <g>
      <Line points={points} kind="loss" color={look.color} />
      {run.overflow === null && <End points={points} look={look} />}
      <Divergence overflow={run.overflow} points={points} look={look} />
    </g>
  );
});

interface EndsProps extends Pick<ErrorPlace, 'trained' | 'unseen'> {
  readonly networks: readonly ChartNetwork[];
  /** The step that is read off; null before the first. */
  readonly at: number | null;
}

/** Mistakes in 100 images at the lines' ends, or at the step that is read off; none over another. */
function Ends({ networks, trained, unseen, at }: EndsProps) {
  const { area, x, y, rem } = usePlane();
  if (at === null) return null;
  const ends = networks.flatMap(({ id, run }, index) => {
    const last = run?.evaluations.findLast(({ step }) => step <= at);
    if (!last) return [];
    const isStopped = run?.overflow !== null && at >= (run?.overflow?.step ?? 0);
    // On the way, where the lines go on, there is room for the value and whose it is.
    const isOnTheWay = last !== run?.evaluations.at(-1);
    const end = (kind: 'train' | 'test', error: number, { texts, isMarked }: EndWords) => {
      const height = y.px(error);
      const value = isStopped ? text.charts.stoppedSign : text.charts.error.ofHundred(error);
      const end = { kind, look: networkLooks[id], isOnTheWay, isMarked, words: texts[index] ?? '', value };
      return height === null ? [] : [{ ...end, key: `${id} ${kind}`, x: x.at(last.step).px, y: height }];
    };
    const dashed = unseen === null || isStopped || isOnTheWay ? [] : end('test', last.testError, unseen);
    return [...end('train', last.trainError, isOnTheWay ? { texts: [], isMarked: false } : trained), ...dashed];
  });
  const heights = dodge(
    ends.map((end) => end.y),
    1.05 * rem,
    [area.top + 0.3 * rem, area.bottom - 0.5 * rem],
  );
  // All stand behind the last of them: lines that have ended earlier are not written over, nor crosses close behind them.
  const last = Math.max(...ends.map((end) => end.x));
  const crosses = networks.flatMap(({ run }) => (run?.overflow ? [x.at(run.overflow.step).px] : []));
  const left = Math.max(last, ...crosses.filter((cross) => cross < last + 2 * rem)) + 9;
  // A value beside its line's mark needs no other.
  const areMoved = ends.some((end, index) => Math.abs(end.y - (heights[index] ?? 0)) > 1);
  return ends.map(({ key, kind, look, isOnTheWay, isMarked, words, value }, index) => {
    const isBold = kind === 'train';
    const mark =
      isMarked && (kind === 'test' || areMoved) ? textWidth(value, type.tiny * rem, isBold) + 0.55 * rem : null;
    return (
      <g key={key} transform={`translate(${left},${heights[index]})`}>
        {isOnTheWay && <Shape look={look} x={6} y={0} />}
        <text
          className="chart-note-text"
          fill={isBold ? 'var(--ink)' : 'var(--ink-soft)'}
          x={isOnTheWay ? 15 : 0}
          dy="0.35em"
        >
          <tspan fontWeight={isBold ? 700 : undefined}>{value}</tspan>
          {mark === null ? words && ` ${words}` : <tspan x={mark + 0.55 * rem}>{words}</tspan>}
        </text>
        {mark !== null && <Shape look={look} x={mark} y={0} />}
      </g>
    );
  });
}

interface EndProps {
  readonly points: readonly Point[];
  readonly look: Look;
}

function End({ points, look }: EndProps) {
  const last = points.at(-1);
  return last ? <ShapeAt look={look} {...last} /> : null;
}

/** A cross at the step of the overflow, as high as the last value that had a place on the axis. */
function Divergence({ overflow, points, look }: EndProps & { readonly overflow: Run['overflow'] }) {
  const { area, x, y } = usePlane();
  if (overflow === null) return null;
  const last = points.findLast((point) => y.px(point.y) !== null);
  return <Cross look={look} x={x.at(overflow.step).px} y={(last && y.px(last.y)) ?? area.top} />;
}

/** A line at a step, and a ring around every value there. */
function StepMarks({ networks, measure, step }: ShownProps & { readonly step: number | null }) {
  if (step === null) return null;
  return (
    <g>
      <Rule at={step} />
      {networks.map(({ id, run }) =>
        valuesAt(run, step, measure).map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the training error is first, the test error second
          <Ring key={`${id} ${index}`} x={step} y={value} color={networkLooks[id].color} />
        )),
      )}
    </g>
  );
}

/** The same at the step that is pointed at in another chart. */
function LinkedMarks(props: ShownProps) {
  const step = useLinkedStep();
  const { x } = usePlane();
  return <StepMarks {...props} step={step === null || step > x.axis.max ? null : step} />;
}
