/**
 * The learner's place in the story, and their predictions. Both outlast a visit, so that a lesson can be resumed; trained
 * networks do not, since the learner can train them again.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Experiment, TrainingSpec } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { recall, remember } from '../session/storage/remembered.ts';
import type { LabState } from '../session/store/state.ts';
import { formatLessonLink, type LessonLink } from './lessonLink.ts';

/** One of the options, or final training errors drawn over depth, as fractions. `skipped` runs without one. */
export type Answer = string | readonly number[];
export const SKIPPED = 'skipped';

/** What outlasts a visit. */
interface Kept {
  /** The lesson last open; null if there was none. */
  readonly last: number | null;
  /** The part last open, by lesson. */
  readonly parts: Readonly<Record<string, number>>;
  /** By lesson and part, for instance `5.depths`. */
  readonly answers: Readonly<Record<string, Answer>>;
}

export interface Progress extends Kept {
  /** The lesson that is open; null while the page is a free lab. */
  readonly lesson: number | null;
  /** Of the open lesson, from 0. */
  readonly part: number;
  /** The link's changes to the training of all lessons. */
  readonly changes: Partial<TrainingSpec>;
  /** The experiment that the open part has loaded. */
  readonly own: Experiment | null;
  /** The experiment came with the link: the open part does not load its own over it. */
  readonly isPinned: boolean;
  /** The experiments of the open lesson are smaller than a fast GPU would have them. */
  readonly isReduced: boolean;
  /** A prediction comes before the run: takes the learner to the question. Null where nothing is asked. */
  readonly ask: (() => void) | null;
  /** The open lesson as a presenter goes through it: to the part before, and to what is to be pressed next, or to the next part. */
  readonly turn: { readonly back: () => void; readonly onward: () => void } | null;
}

/** The lesson that tells why a plain network learns worse than its twin. */
export const DEGRADATION = 5;

const KEY = 'lessons';

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'string' || (Array.isArray(value) && value.every(isNumber));

/** Whether a value is an object whose values all are of a kind. */
function isRecordOf<T>(value: unknown, is: (each: unknown) => each is T): value is Record<string, T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(is);
}

/** What an earlier visit has left, as far as it can be read. By hand: a library of schemas would come with every first picture for this alone. */
function kept(): Kept {
  const nothing = { last: null, parts: {}, answers: {} };
  try {
    const read = JSON.parse(recall(KEY) ?? 'null') as Partial<Record<keyof Kept, unknown>> | null;
    const { last, parts, answers } = read ?? {};
    const isWhole = (last === null || isNumber(last)) && isRecordOf(parts, isNumber) && isRecordOf(answers, isAnswer);
    return isWhole ? { last, parts, answers } : nothing;
  } catch {
    return nothing;
  }
}

export const progress = createStore<Progress>(() => ({
  ...kept(),
  lesson: null,
  part: 0,
  changes: {},
  own: null,
  isPinned: false,
  isReduced: false,
  ask: null,
  turn: null,
}));

progress.subscribe(({ last, parts, answers }) => remember(KEY, JSON.stringify({ last, parts, answers })));

/** Opens a lesson where it was left, or at the given part. */
export function openLesson(lesson: number, part = progress.getState().parts[lesson] ?? 0): void {
  progress.setState((before) => ({
    lesson,
    part,
    last: lesson,
    parts: { ...before.parts, [lesson]: part },
    own: before.lesson === lesson && before.part === part ? before.own : null,
    isPinned: false,
  }));
}

/** Follows a link: into its lesson, or into the lab. */
export function enterLesson({ lesson, part, changes, experiment }: LessonLink): void {
  progress.setState({ changes });
  if (lesson === null) closeLesson();
  else openLesson(lesson, part ?? undefined);
  progress.setState({ isPinned: lesson !== null && experiment !== null });
}

/** Back to the free lab; the experiment and its run stay. */
export function closeLesson(): void {
  progress.setState({ lesson: null, own: null, isReduced: false });
}

export function answer(key: string, given: Answer | null): void {
  progress.setState(({ answers }) => {
    const { [key]: _, ...others } = answers;
    return { answers: given === null ? others : { ...others, [key]: given } };
  });
}

/** Unlike the lab's state this changes by the learner's hand only, and a radio button must not wait for the next frame. */
export function useProgress<T>(select: (state: Progress) => T): T {
  return useStore(progress, select);
}

/** The link to what is on the page: the experiment, and the lesson that is open. */
export function shownLink({ experiment, base }: Pick<LabState, 'experiment' | 'base'>): string {
  const link = formatLink(experiment);
  const { lesson, part, changes, own, isPinned } = progress.getState();
  if (lesson === null) return link;
  // A lesson that has just been opened is about to load its own. A graft begins with what another network has learned, which no
  // link can hold: the way there is the lesson's.
  const isOwn = base !== null || (own === null ? !isPinned : formatLink(own) === link);
  return formatLessonLink({ lesson, part, changes, isOwn }, link);
}
