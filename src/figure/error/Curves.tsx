import type { Cursor } from '../../plot/cursor.ts';
import { type ChartNetwork, networkLooks } from '../../plot/looks.ts';
import { ErrorCurve, LossCurve, type Plane } from './Curve.tsx';
import { type Measure, pointsAt, toX, toY } from './curves.ts';
import { useStepOutside } from './outside.ts';

interface CurvesProps {
  readonly networks: readonly ChartNetwork[];
  readonly plane: Plane;
  readonly measure: Measure;
}

/** The curves of all networks; the first network's lie on top, as it is named first. */
export function Curves({ networks, plane, measure }: CurvesProps) {
  return networks.toReversed().map(({ id, run }) => {
    if (run === null) return null;
    const look = networkLooks[id];
    return measure === 'error' ? (
      <ErrorCurve key={id} evaluations={run.evaluations} overflow={run.overflow} plane={plane} look={look} />
    ) : (
      <LossCurve key={id} run={run} plane={plane} look={look} />
    );
  });
}

interface CursorMarksProps extends CurvesProps {
  readonly viewStep: number | null;
  readonly cursor: Cursor;
}

/** A line at the step that the page shows, and one with a dot on every value that is read off. */
export function CursorMarks({ networks, plane, measure, viewStep, cursor }: CursorMarksProps) {
  const shown = viewStep === null ? null : Math.min(viewStep, plane.lastStep);
  return (
    <g>
      {shown !== null && <StepLine plane={plane} step={shown} className="chart-view" />}
      {cursor.isPointing && cursor.at !== null && <StepMarks {...{ networks, plane, measure }} step={cursor.at} />}
    </g>
  );
}

/** The same at the step that is pointed at in another chart. */
export function OutsideMarks({ networks, plane, measure }: CurvesProps) {
  const step = useStepOutside();
  return step === null || step > plane.lastStep ? null : <StepMarks {...{ networks, plane, measure, step }} />;
}

/** A line at a step, and a dot on every value there. */
function StepMarks({ networks, plane, measure, step }: CurvesProps & { readonly step: number }) {
  const { area, axis, lastStep } = plane;
  return (
    <g>
      <StepLine plane={plane} step={step} className="chart-cursor" />
      {networks.map(({ id, run }) =>
        pointsAt(run, step, measure).map(({ key, point }) => {
          const y = toY(axis, area, point.y);
          const x = toX(lastStep, area, point.x);
          return y === null ? null : (
            <circle key={id + key} className="chart-dot" cx={x} cy={y} r="3.5" stroke={networkLooks[id].color} />
          );
        }),
      )}
    </g>
  );
}

function StepLine({ plane, step, className }: { plane: Plane; step: number; className: string }) {
  const x = toX(plane.lastStep, plane.area, step);
  return <line className={className} x1={x} x2={x} y1={plane.area.top} y2={plane.area.bottom} />;
}
