import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import { lessonText } from '../../messages/lessonText.ts';
import { text } from '../../messages/messages.ts';
import type { Quantity } from '../../records/records.ts';
import { useCommands, useLab, useLabState } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import type { LabState } from '../../session/store/state.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { LessonMenu } from '../LessonMenu.tsx';
import type { Part, Place, Size } from '../lesson.ts';
import { at, lessons } from '../lessons.ts';
import { closeLesson, openLesson, progress, useProgress } from '../progress.ts';
import { experimentAt } from '../story/experiments.ts';
import { pressNext } from './onward.ts';
import { PartView } from './PartView.tsx';
import { type Show, ShowContext } from './Prose.tsx';
import '../lessons.css';

const words = text.lessons;

interface LessonPanelProps {
  readonly onQuantity: (quantity: Quantity) => void;
  /** Offers a run that has finished to a class. */
  readonly handIn: ReactNode;
}

/** What a lesson says and asks. */
export function LessonPanel({ onQuantity, handIn }: LessonPanelProps) {
  const number = useProgress(({ lesson }) => lesson) ?? 1;
  const place = { lesson: number, part: useProgress(({ part }) => part) };
  const { lesson, part, index } = at(place);
  const story = lessonText.lessons[lesson.key];
  const panel = useRef<HTMLElement>(null);
  usePartExperiment(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part is read from its beginning
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [part]);
  // Before the effects of the part, which may show another quantity.
  useLayoutEffect(() => onQuantity(part.quantity), [part, onQuantity]);
  const show = useShow(onQuantity);
  return (
    <aside className="column lesson" aria-label={words.panel} ref={panel}>
      <div className="row lesson-head">
        <LessonMenu face={words.numbered(number, lessons.length)} />
        <Button look="chip" className="lesson-close" onPress={closeLesson}>
          {words.openInLab}
          <CloseIcon />
        </Button>
      </div>
      <h2 className="lesson-title tight">{words.titles[lesson.key]}</h2>
      {lesson.parts.length > 1 && <Parts count={lesson.parts.length} index={index} number={number} />}
      <ShowContext value={show}>
        <PartView
          key={`${lesson.key}.${part.key}`}
          id={`${lesson.key}.${part.key}`}
          part={part}
          story={story[part.key]}
          handIn={handIn}
        />
      </ShowContext>
      <Onward number={number} index={index} count={lesson.parts.length} panel={panel} />
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
          className="lesson-part text-button"
          aria-label={words.partOf(part + 1, count)}
          aria-current={part === index ? 'step' : undefined}
          onClick={() => openLesson(number, part)}
        />
      ))}
      <span className="lesson-part-count note" aria-hidden="true">
        {words.partShort(index + 1, count)}
      </span>
    </nav>
  );
}

/** Buttons to the previous and the next part or lesson. A presenter's key presses what a part has to press before it turns the page. */
function Onward({ number, index, count, panel }: PartsProps & { readonly panel: RefObject<HTMLElement | null> }) {
  const stateNow = useLabState();
  const isFirst = number === 1 && index === 0;
  const isLast = number === lessons.length && index === count - 1;
  const back = () => (index > 0 ? openLesson(number, index - 1) : openLesson(number - 1, 0));
  const next = () => (index < count - 1 ? openLesson(number, index + 1) : openLesson(number + 1, 0));
  useEffect(() => {
    const onward = () => {
      // While a run is under way there is nothing to press but Pause.
      if (stateNow().isPlaying || (panel.current && pressNext(panel.current))) return;
      if (isLast) closeLesson();
      else next();
    };
    progress.setState({ turn: { back: isFirst ? () => history.back() : back, onward } });
    return () => progress.setState({ turn: null });
  });
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

/** The engine that is fast enough for the large experiments. */
const FAST_ENGINE = 'webgpu';

/**
 * Loads the experiment of a part when the learner gets there, unless it is on the page already. Its size depends on the engine: if
 * that starts later, the experiment is loaded again, unless training has begun.
 */
function usePartExperiment({ lesson, part }: Place): void {
  const { open } = useCommands();
  const stateNow = useLabState();
  const size: Size = useLab(({ engine }) => (engine?.engine === FAST_ENGINE ? 'large' : 'small'));
  const changes = useProgress((state) => state.changes);
  const isPinned = useProgress((state) => state.isPinned);
  const loaded = useRef('');
  useEffect(() => {
    const wanted = JSON.stringify([lesson, part, changes]);
    const state = stateNow();
    if (loaded.current === wanted && newestStep(state) > 0) return;
    loaded.current = wanted;
    const own = experimentAt({ lesson, part }, size, changes);
    const isReduced = formatLink(own) !== formatLink(experimentAt({ lesson, part }, 'large', changes));
    progress.setState({ own, isReduced });
    const isThere = isOnPage(state, own, at({ lesson, part }).part);
    if (!isPinned && !isThere) open(own);
  }, [lesson, part, size, changes, isPinned, open, stateNow]);
}

/** Whether the page has a part's experiment already; the grafts onto the base that it has trained belong to it. */
function isOnPage({ experiment, base }: Pick<LabState, 'experiment' | 'base'>, own: Experiment, part: Part): boolean {
  if (base === null) return formatLink(experiment) === formatLink(own);
  return part.graftsOnto !== undefined && formatLink(experiment) === formatLink(part.graftsOnto(own));
}
