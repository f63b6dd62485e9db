import { memo, useMemo } from 'react';
import type { PlotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Look } from '../../plot/looks.ts';
import { Cross, Shape } from '../../plot/marks.tsx';
import type { EvaluationRecord } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { errorPoints, linePath, lossPoints, type Point, toX, toY } from './curves.ts';

/** Where the curves stand: the same for every network. */
export interface Plane {
  readonly area: PlotArea;
  readonly axis: ValueAxis;
  readonly lastStep: number;
}

interface ErrorCurveProps {
  readonly evaluations: readonly EvaluationRecord[];
  readonly overflow: Run['overflow'];
  readonly plane: Plane;
  readonly look: Look;
}

/** Training error solid, test error dashed, and the network's shape at the newest training error. */
export const ErrorCurve = memo(function ErrorCurve({ evaluations, overflow, plane, look }: ErrorCurveProps) {
  const { area, axis, lastStep } = plane;
  const train = errorPoints(evaluations, 'trainError');
  const test = errorPoints(evaluations, 'testError');
  return (
    <g>
      <path className="chart-line chart-line-test" d={linePath(test, lastStep, axis, area)} stroke={look.color} />
      <path className="chart-line chart-line-train" d={linePath(train, lastStep, axis, area)} stroke={look.color} />
      <End points={train} plane={plane} look={look} />
      <Divergence overflow={overflow} points={train} plane={plane} look={look} />
    </g>
  );
});

interface LossCurveProps {
  readonly run: Run;
  readonly plane: Plane;
  readonly look: Look;
}

/** The loss of every minibatch. */
export const LossCurve = memo(function LossCurve({ run, plane, look }: LossCurveProps) {
  const { area, axis, lastStep } = plane;
  const points = useMemo(() => lossPoints(run, area.right - area.left), [run, area]);
  return (
    <g>
      <path className="chart-line chart-line-loss" d={linePath(points, lastStep, axis, area)} stroke={look.color} />
      {run.overflow === null && <End points={points} plane={plane} look={look} />}
      <Divergence overflow={run.overflow} points={points} plane={plane} look={look} />
    </g>
  );
});

interface EndProps {
  readonly points: readonly Point[];
  readonly plane: Plane;
  readonly look: Look;
}

function End({ points, plane: { area, axis, lastStep }, look }: EndProps) {
  const last = points.at(-1);
  const y = last && toY(axis, area, last.y);
  return last && y !== undefined && y !== null ? <Shape look={look} x={toX(lastStep, area, last.x)} y={y} /> : null;
}

interface DivergenceProps {
  readonly overflow: Run['overflow'];
  readonly points: readonly Point[];
  readonly plane: Plane;
  readonly look: Look;
}

/** A cross at the step of the overflow, as high as the last value that had a place on the axis. */
function Divergence({ overflow, points, plane: { area, axis, lastStep }, look }: DivergenceProps) {
  if (overflow === null) return null;
  const heights = points.map((point) => toY(axis, area, point.y)).filter((y) => y !== null);
  return <Cross look={look} x={toX(lastStep, area, overflow.step)} y={heights.at(-1) ?? area.top} />;
}
