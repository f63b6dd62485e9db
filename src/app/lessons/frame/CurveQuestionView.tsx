import { type PointerEvent, useState } from 'react';
import { percent } from '../../../charts/format/number.ts';
import { networkLooks } from '../../../charts/network.ts';
import { text } from '../../../messages/messages.ts';
import { Button } from '../../../ui/Button.tsx';
import { errorsOf } from '../evidence.ts';
import type { CurveQuestion, Evidence } from '../lesson.ts';
import { answer, useProgress } from '../progress.ts';

const words = text.lessons.question;

/** The plot in units of its own: it is drawn as wide as the panel is. */
const WIDTH = 320;
const HEIGHT = 190;
const area = { left: 40, right: 304, top: 12, bottom: 160 };
/** Where the curve lies before it is drawn. */
const UNDRAWN = 0.5;

const y = (error: number) => area.bottom - error * (area.bottom - area.top);

interface CurveQuestionViewProps {
  readonly id: string;
  readonly question: CurveQuestion;
  readonly evidence: Evidence;
  readonly isEnded: boolean;
}

/** An empty chart of final training errors over depth, to draw the expected curve on; the real one is drawn over it. */
export function CurveQuestionView({ id, question, evidence, isEnded }: CurveQuestionViewProps) {
  const given = useProgress(({ answers }) => answers[id]);
  const [draft, setDraft] = useState<readonly number[] | null>(null);
  const drawn = draft ?? (Array.isArray(given) ? given : null);
  const errors = question.points.map((_, i) => drawn?.[i] ?? UNDRAWN);
  const x = (i: number) => area.left + 20 + (i * (area.right - area.left - 40)) / (question.points.length - 1);
  const set = (i: number, error: number) =>
    setDraft(errors.with(i, Math.round(100 * Math.min(1, Math.max(0, error))) / 100));
  const give = (next: number[] | null) => {
    answer(id, next);
    setDraft(null);
  };
  const isFixed = isEnded || (given !== undefined && draft === null);
  const drawAt = (event: PointerEvent<SVGSVGElement>) => {
    if (isFixed || (event.type === 'pointermove' && event.buttons === 0)) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    const distances = question.points.map((_, i) => Math.abs(x(i) - at));
    const height = ((event.clientY - box.top) / box.height) * HEIGHT;
    set(distances.indexOf(Math.min(...distances)), (area.bottom - height) / (area.bottom - area.top));
  };
  return (
    <>
      <div className="curve">
        <svg
          className="curve-plot"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          aria-hidden="true"
          data-fixed={isFixed || undefined}
          onPointerDown={drawAt}
          onPointerMove={drawAt}
        >
          <Frame depths={question.points.map(({ depth }) => depth)} x={x} />
          {(drawn !== null || !isFixed) && <Expected errors={errors} isDrawn={drawn !== null} x={x} />}
          {isEnded && <Real question={question} evidence={evidence} x={x} />}
        </svg>
        {!isFixed && <Sliders question={question} errors={errors} onChange={set} />}
      </div>
      {isFixed ? (
        <p className="lesson-outcome">
          {drawn === null ? words.skipped : words.drawn}{' '}
          <button type="button" className="lesson-skip" onClick={() => give(null)}>
            {words.clear}
          </button>
        </p>
      ) : (
        <Button isDisabled={drawn === null} onPress={() => give([...errors])}>
          {words.fix}
        </Button>
      )}
    </>
  );
}

function Frame({ depths, x }: { readonly depths: readonly number[]; readonly x: (i: number) => number }) {
  return (
    <g>
      {[0, 0.25, 0.5, 0.75, 1].map((error) => (
        <g key={error}>
          <line
            className={error === 0 ? 'chart-base' : 'chart-grid'}
            x1={area.left}
            x2={area.right}
            y1={y(error)}
            y2={y(error)}
          />
          <text className="curve-tick" x={area.left - 6} y={y(error)} textAnchor="end" dominantBaseline="central">
            {`${error * 100}%`}
          </text>
        </g>
      ))}
      {depths.map((depth, i) => (
        <text key={depth} className="curve-tick" x={x(i)} y={area.bottom + 18} textAnchor="middle">
          {i === 0 ? words.layers(depth) : String(depth)}
        </text>
      ))}
    </g>
  );
}

interface ExpectedProps {
  readonly errors: readonly number[];
  /** Before that it lies level, to be taken hold of. */
  readonly isDrawn: boolean;
  readonly x: (i: number) => number;
}

/** The curve that the learner draws. */
function Expected({ errors, isDrawn, x }: ExpectedProps) {
  const points = errors.map((error, i) => ({ x: x(i), y: y(error) }));
  return (
    <g>
      <polyline
        className="curve-line"
        data-drawn={isDrawn || undefined}
        points={points.map((point) => `${point.x},${point.y}`).join(' ')}
      />
      {points.map((point) => (
        <circle key={point.x} className="curve-dot" cx={point.x} cy={point.y} r="6" />
      ))}
    </g>
  );
}

interface RealProps {
  readonly question: CurveQuestion;
  readonly evidence: Evidence;
  readonly x: (i: number) => number;
}

/** What the run gave; a network that overflowed has no error. */
function Real({ question, evidence, x }: RealProps) {
  const real = question.points.flatMap(({ network }, i) => {
    const found = errorsOf(evidence, network);
    return found ? [{ network, i, error: found.train }] : [];
  });
  return (
    <g>
      <polyline className="curve-real" points={real.map(({ i, error }) => `${x(i)},${y(error)}`).join(' ')} />
      {real.map(({ network, i, error }) => (
        <g key={network} transform={`translate(${x(i)},${y(error)})`}>
          <path d={networkLooks[network].shape} fill={networkLooks[network].color} />
          <text className="curve-value" y={error > 0.85 ? 20 : -10} textAnchor="middle">
            {percent(error)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface SlidersProps {
  readonly question: CurveQuestion;
  readonly errors: readonly number[];
  readonly onChange: (i: number, error: number) => void;
}

/** The same by keyboard and for screen readers. */
function Sliders({ question, errors, onChange }: SlidersProps) {
  return question.points.map(({ depth }, i) => (
    <input
      key={depth}
      type="range"
      className="curve-slider"
      style={{
        insetInlineStart: `${(100 * (area.left + 20 + (i * (area.right - area.left - 40)) / (question.points.length - 1))) / WIDTH}%`,
      }}
      aria-label={words.expected(depth)}
      aria-valuetext={percent(errors[i] ?? UNDRAWN)}
      min={0}
      max={100}
      step={1}
      value={100 * (errors[i] ?? UNDRAWN)}
      onChange={(event) => onChange(i, event.target.valueAsNumber / 100)}
    />
  ));
}
