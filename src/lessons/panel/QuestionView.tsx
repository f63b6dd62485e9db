import { type RefObject, useId } from 'react';
import type { PartText } from '../../messages/figures.ts';
import { text } from '../../messages/messages.ts';
import type { Judgement } from '../judgement.ts';
import type { ChoiceQuestion, Evidence, Part } from '../lesson.ts';
import { answer, useProgress } from '../progress.ts';
import { CurveQuestionView } from './CurveQuestionView.tsx';
import { Marked } from './Prose.tsx';
import { QuietButton } from './QuietButton.tsx';

const words = text.lessons.question;

interface QuestionViewProps {
  /** Of the part. */
  readonly id: string;
  readonly part: Part;
  readonly story: PartText;
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  readonly card: RefObject<HTMLElement | null>;
}

/** The prediction: asked for before the run, and held against it afterwards. */
export function QuestionView({ id, part, story, evidence, judgement, card }: QuestionViewProps) {
  const heading = useId();
  const isOpen = useProgress(({ answers }) => answers[id] === undefined);
  const { question } = part;
  if (!question) return null;
  return (
    <section className="column lesson-card" aria-labelledby={heading} data-onward={isOpen || undefined} ref={card}>
      <h4 id={heading} className="lesson-ask">
        <span className="heavy">{words.predict}</span> {story.ask && <Marked paragraph={story.ask} />}
      </h4>
      {question.kind === 'choose' ? (
        <Choice {...{ id, question, story, judgement, heading }} isAtOnce={part.isAtOnce ?? false} />
      ) : (
        <CurveQuestionView id={id} question={question} evidence={evidence} isEnded={judgement.findings !== null} />
      )}
    </section>
  );
}

interface ChoiceProps extends Pick<QuestionViewProps, 'id' | 'story' | 'judgement'> {
  readonly question: ChoiceQuestion;
  readonly heading: string;
  /** The answer is a matter of counting, not of a run. */
  readonly isAtOnce: boolean;
}

function Choice({ id, question, story, judgement: { truth, outcome }, heading, isAtOnce }: ChoiceProps) {
  const given = useProgress(({ answers }) => answers[id]);
  return (
    <>
      <div className="column lesson-options" role="radiogroup" aria-labelledby={heading}>
        {question.options.map((option) => {
          const isTrue = truth === option;
          const isGiven = given === option;
          const remark = isTrue ? (isAtOnce ? words.isSo : words.happened) : isGiven && truth !== null && words.guess;
          return (
            <label
              key={option}
              className="lesson-option in-line"
              data-true={isTrue || undefined}
              data-right={(isTrue && isGiven) || undefined}
            >
              <input
                type="radio"
                name={id}
                checked={isGiven}
                disabled={outcome !== null}
                onChange={() => answer(id, option)}
              />
              <span>{story.options?.[option] ?? option}</span>
              {remark && <span className="lesson-option-remark at-end soft">{remark}</span>}
            </label>
          );
        })}
      </div>
      {outcome && (
        <p className="small">
          {words.outcomes[outcome]} <QuietButton onPress={() => answer(id, null)}>{words.clear}</QuietButton>
        </p>
      )}
    </>
  );
}
