import { useRef, useState } from 'react';
import { text } from '../../messages/messages.ts';
import { ChartTools, useContent } from '../../plot/ChartTools.tsx';
import { LineKey } from '../../plot/legend.tsx';
import { Button } from '../../ui/Button.tsx';
import type { CurveQuestion, Evidence } from '../lesson.ts';
import { answer, useProgress } from '../progress.ts';
import { CurvePlot, UNDRAWN } from './CurvePlot.tsx';
import { type CurvePoint, curvePoints, summaryOf, tableOf } from './curve.ts';
import { QuietButton } from './QuietButton.tsx';

const words = text.lessons.question;

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
  const points = curvePoints(question, drawn, evidence, isEnded);
  const draw = (i: number, error: number) => {
    const errors = points.map(({ predicted }) => predicted ?? UNDRAWN);
    setDraft(errors.with(i, Math.round(100 * Math.min(1, Math.max(0, error))) / 100));
  };
  const give = (next: number[] | null) => {
    answer(id, next);
    setDraft(null);
  };
  const isFixed = isEnded || (given !== undefined && draft === null);
  return (
    <>
      <CurveFigure points={points} isFixed={isFixed} onDraw={draw} />
      {isFixed ? (
        <p className="small">
          {drawn === null ? words.outcomes.skipped : words.drawn}{' '}
          <QuietButton onPress={() => give(null)}>{words.clear}</QuietButton>
        </p>
      ) : (
        <Button isDisabled={drawn === null} onPress={() => drawn && give([...drawn])}>
          {words.fix}
        </Button>
      )}
    </>
  );
}

interface CurveFigureProps {
  readonly points: readonly CurvePoint[];
  readonly isFixed: boolean;
  readonly onDraw: (i: number, error: number) => void;
}

/** The plot with the parts of every chart: title, menu, legend and summary. */
function CurveFigure({ points, isFixed, onDraw }: CurveFigureProps) {
  const figure = useRef<HTMLElement>(null);
  const { title } = words.curve;
  const summary = summaryOf(points);
  const content = useContent(() => ({ title, summary, table: tableOf(points) }));
  return (
    <figure className="column curve" ref={figure}>
      <div className="row at-top chart-header">
        <div className="chart-words">
          <h5 className="text tight">{title}</h5>
        </div>
        <div className="row at-end chart-actions">
          {/* From the beginning: the plot must not move away under who begins to draw. */}
          <ChartTools name={title} content={content} figure={figure} />
        </div>
      </div>
      <CurvePlot points={points} isFixed={isFixed} onDraw={onDraw} />
      <div className="flow soft chart-legend-head" aria-hidden="true">
        <span className="chart-patterns">
          <LineKey kind="predicted" /> {words.curve.predicted} <LineKey kind="measured" color="var(--network-a)" />{' '}
          {words.curve.measured}
        </span>
      </div>
      <figcaption className="visually-hidden">{summary}</figcaption>
    </figure>
  );
}
