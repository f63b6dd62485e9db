import { useId } from 'react';
import type { PartText } from '../../messages/lessons/figures.ts';
import { text } from '../../messages/messages.ts';
import type { ChoiceQuestion, Evidence, Findings, Question } from '../lesson.ts';
import { answer, SKIPPED, useProgress } from '../progress.ts';
import { CurveQuestionView } from './CurveQuestionView.tsx';
import { Marked } from './Prose.tsx';

const words = text.lessons.question;

interface QuestionViewProps {
  /** Of the part. */
  readonly id: string;
  readonly question: Question;
  readonly story: PartText;
  readonly evidence: Evidence;
  /** Null until the run has ended. */
  readonly findings: Findings | null;
}

/** The prediction: asked for before the run, and held against it afterwards. */
export function QuestionView({ id, question, story, evidence, findings }: QuestionViewProps) {
  const heading = useId();
  return (
    <section className="lesson-card" aria-labelledby={heading}>
      <h4 id={heading} className="lesson-ask">
        <span className="lesson-ask-label">{words.predict}</span> {story.ask && <Marked paragraph={story.ask} />}
      </h4>
      {question.kind === 'choose' ? (
        <Choice {...{ id, question, story, evidence, findings, heading }} />
      ) : (
        <CurveQuestionView id={id} question={question} evidence={evidence} isEnded={findings !== null} />
      )}
    </section>
  );
}

interface ChoiceProps extends QuestionViewProps {
  readonly question: ChoiceQuestion;
  readonly heading: string;
}

function Choice({ id, question, story, evidence, findings, heading }: ChoiceProps) {
  const given = useProgress(({ answers }) => answers[id]);
  const truth = findings ? question.truth(evidence) : null;
  const label = (option: string) => story.options?.[option] ?? option;
  return (
    <>
      <div className="lesson-options" role="radiogroup" aria-labelledby={heading}>
        {question.options.map((option) => (
          <label key={option} className="lesson-option" data-true={truth === option || undefined}>
            <input
              type="radio"
              name={id}
              checked={given === option}
              disabled={findings !== null && given !== undefined}
              onChange={() => answer(id, option)}
            />
            <span>{label(option)}</span>
            {truth === option && <span className="lesson-option-truth">{words.wasSo}</span>}
          </label>
        ))}
      </div>
      {truth !== null && typeof given === 'string' && (
        <p className="lesson-outcome">
          {given === SKIPPED ? words.skipped : given === truth ? words.right : words.wrong}{' '}
          <button type="button" className="lesson-skip" onClick={() => answer(id, null)}>
            {words.clear}
          </button>
        </p>
      )}
    </>
  );
}
