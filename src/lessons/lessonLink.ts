/**
 * Lessons in the address. `#lesson=5` opens a lesson; `#lesson=5&part=2&steps=60&seed=3` one of its parts, with settings of
 * the training that hold for all of its experiments; and with networks beside it (`#lesson=5&v=1&a=…`) it opens over just
 * that experiment.
 */
import { type Experiment, networkIds, type TrainingSpec } from '../experiment/experiment.ts';
import { readPairs } from '../experiment/linkPairs.ts';
import { fewest, parseLink } from '../experiment/parseLink.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { type Problem, problem, shorten } from '../experiment/problem.ts';
import { type SettingValue, trainingSettingKeys, trainingSettings } from '../experiment/settings.ts';
import { readLinkedSetting } from '../experiment/settingText.ts';
import { text } from '../messages/messages.ts';
import { experimentAt } from './story/experiments.ts';

export interface LessonLink {
  /** From 1; null where the link opens none. */
  readonly lesson: number | null;
  /** From 0. */
  readonly part: number | null;
  /** To the training of the lesson's experiments. */
  readonly changes: Partial<TrainingSpec>;
  /** The link's own; null where the lesson's is meant. */
  readonly experiment: Experiment | null;
  readonly problems: readonly Problem[];
}

const LESSONS = Object.keys(text.lessons.titles).length;

/** Reads a hash, with or without its `#`. Never throws. */
export function readLessonLink(hash: string): LessonLink {
  const { pairs } = readPairs(hash);
  const ofLesson = pairs.get('lesson');
  const ofPart = pairs.get('part');
  if (ofLesson === undefined) return { ...withoutLesson, ...parseLink(hash) };
  const problems: Problem[] = [];
  const lesson = place(ofLesson, LESSONS);
  if (lesson === null) problems.push(problem('lesson.unknown', { lesson: shorten(ofLesson), count: LESSONS }));
  const part = ofPart === undefined ? null : place(ofPart, MOST_PARTS);
  if (ofPart !== undefined && part === null) problems.push(problem('lesson.unknownPart', { part: shorten(ofPart) }));
  if (lesson === null) return withProblems(problems, { ...withoutLesson, ...parseLink(hash) });
  const where = { lesson, part: part === null ? null : part - 1 };
  if (['v', ...networkIds].some((key) => pairs.has(key))) {
    return withProblems(problems, { ...where, changes: {}, ...parseLink(hash) });
  }
  return withProblems(problems, { ...where, experiment: null, ...changesIn(hash) });
}

function withProblems(first: readonly Problem[], link: LessonLink): LessonLink {
  return { ...link, problems: [...first, ...link.problems] };
}

/** The experiment that a link means: its own, that of its lesson, or the page's. */
export function linkedExperiment({ experiment, lesson, part, changes }: Omit<LessonLink, 'problems'>): Experiment {
  if (experiment) return experiment;
  return lesson === null ? defaultExperiment : experimentAt({ lesson, part: part ?? 0 }, 'small', changes);
}

const withoutLesson = { lesson: null, part: null, changes: {} } as const;

/** More than any lesson has; how many it has is known once it is downloaded. */
const MOST_PARTS = 9;

/** The number of a lesson or a part, from 1; null for what is none. */
function place(text: string, most: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : null;
}

function changesIn(hash: string): Pick<LessonLink, 'changes' | 'problems'> {
  const { pairs, problems: malformed } = readPairs(hash);
  const changes: Record<string, SettingValue> = {};
  const problems = [...malformed];
  for (const [key, text] of pairs) {
    if (key === 'lesson' || key === 'part') continue;
    const name = trainingSettingKeys.find((known) => known === key);
    const { value, problem: complaint } = name
      ? readLinkedSetting(trainingSettings[name], name, text, '')
      : { value: undefined, problem: problem('link.unknownKey', { key }) };
    if (value !== undefined) changes[key] = value;
    if (complaint) problems.push(complaint);
  }
  return { changes, problems: fewest(problems) };
}

export interface ShownLesson {
  readonly lesson: number;
  readonly part: number;
  readonly changes: Partial<TrainingSpec>;
  /** Whether the experiment is the lesson's own. */
  readonly isOwn: boolean;
}

/** @param link of the experiment, with its `#` */
export function formatLessonLink({ lesson, part, changes, isOwn }: ShownLesson, link: string): string {
  const place = `#lesson=${lesson}${part > 0 ? `&part=${part + 1}` : ''}`;
  if (!isOwn) return `${place}&${link.slice(1)}`;
  return [place, ...Object.entries(changes).map(([key, value]) => `${key}=${value}`)].join('&');
}
