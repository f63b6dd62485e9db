/** The lesson beside the lab. It is downloaded when the first lesson is opened. */
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { lessonText } from '../../messages/lessonText.ts';
import { text } from '../../messages/messages.ts';
import type { Quantity } from '../../records/records.ts';
import { useCommands, useLabState } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { LessonMenu } from '../LessonMenu.tsx';
import { closeLesson, openLesson, useProgress } from '../progress.ts';
import { at } from '../story/all.ts';
import type { LessonView } from '../view.ts';
import { PartView } from './PartView.tsx';
import { type Show, ShowContext } from './Show.tsx';
import { usePartExperiment } from './usePartExperiment.ts';
import '../lessons.css';

const words = text.lessons;

export interface LessonPanelProps {
  readonly onView: (view: LessonView) => void;
  readonly onQuantity: (quantity: Quantity) => void;
}

export default function LessonPanel({ onView, onQuantity }: LessonPanelProps) {
  const number = useProgress(({ lesson }) => lesson) ?? 1;
  const place = { lesson: number, part: useProgress(({ part }) => part) };
  const { lesson, part, index } = at(place);
  const story = lessonText.lessons[lesson.key];
  const panel = useRef<HTMLElement>(null);
  usePartExperiment(place);
  useEffect(() => {
    onView({ keeps: part.keeps, highlight: part.highlight, isPredicted: part.isPredicted ?? false });
    panel.current?.scrollTo({ top: 0 });
  }, [part, onView]);
  // Before the effects of the part: what it found may put another quantity on show.
  useLayoutEffect(() => onQuantity(part.quantity), [part, onQuantity]);
  const show = useShow(onQuantity);
  return (
    <aside className="column lesson" aria-label={words.panel} ref={panel}>
      <div className="row lesson-head">
        <LessonMenu face={words.numbered(number)} />
        <Button look="chip" className="lesson-close" onPress={closeLesson}>
          {words.openInLab}
          <CloseIcon />
        </Button>
      </div>
      <h2 className="lesson-title">{words.titles[lesson.key]}</h2>
      {lesson.parts.length > 1 && <Parts count={lesson.parts.length} index={index} number={number} />}
      <ShowContext value={show}>
        <PartView
          key={`${lesson.key}.${part.key}`}
          id={`${lesson.key}.${part.key}`}
          part={part}
          story={story[part.key]}
        />
      </ShowContext>
      <Onward number={number} index={index} count={lesson.parts.length} />
      <a className="note" href="./teachers.html">
        {words.teachers}
      </a>
    </aside>
  );
}

/** Shows a quantity, and a step of the run. */
function useShow(onQuantity: (quantity: Quantity) => void): Show {
  const { view } = useCommands();
  const stateNow = useLabState();
  return useCallback(
    (quantity, step) => {
      onQuantity(quantity);
      if (step !== undefined) view(step < newestStep(stateNow()) ? step : null);
    },
    [onQuantity, view, stateNow],
  );
}

interface PartsProps {
  readonly count: number;
  readonly index: number;
  readonly number: number;
}

function Parts({ count, index, number }: PartsProps) {
  return (
    <nav className="row lesson-parts" aria-label={words.parts}>
      {Array.from({ length: count }, (_, part) => (
        <button
          key={String(part)}
          type="button"
          className="lesson-part"
          aria-label={words.partOf(part + 1, count)}
          aria-current={part === index ? 'step' : undefined}
          onClick={() => openLesson(number, part)}
        />
      ))}
      <span className="lesson-part-count" aria-hidden="true">
        {words.partShort(index + 1, count)}
      </span>
    </nav>
  );
}

/** To the part or lesson before and behind this one. */
function Onward({ number, index, count }: PartsProps) {
  const isFirst = number === 1 && index === 0;
  const isLast = number === lessonText.count && index === count - 1;
  const back = () => (index > 0 ? openLesson(number, index - 1) : openLesson(number - 1, 0));
  const next = () => (index < count - 1 ? openLesson(number, index + 1) : openLesson(number + 1, 0));
  return (
    <div className="lesson-onward">
      <Button onPress={back} isDisabled={isFirst}>
        {words.back}
      </Button>
      {isLast ? (
        <Button onPress={closeLesson}>{words.toLab}</Button>
      ) : (
        <Button onPress={next}>{index < count - 1 ? words.nextPart : words.nextLesson(number + 1)}</Button>
      )}
    </div>
  );
}
