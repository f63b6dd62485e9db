/**
 * Lessons in the address. `#lesson=5` opens a lesson; `#lesson=5&part=2&steps=60&seed=3` one of its parts, with settings of
 * the training that hold for all of its experiments; and with networks beside it (`#lesson=5&v=1&a=…`) it opens over just
 * that experiment.
 */
import type { Experiment, TrainingSpec } from '../../spec/experiment.ts';
import { type ParsedLink, parseLink } from '../../spec/parseLink.ts';
import { type Problem, problem } from '../../spec/problem.ts';
import { readSetting, shorten, type TrainingSettingKey, trainingSettings } from '../../spec/settings.ts';
import { lessonKeys } from './lesson.ts';

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

const networkPart = /^(?:[a-d]|v)=/i;

/** Reads a hash, with or without its `#`. Never throws. */
export function readLessonLink(hash: string): LessonLink {
  const parts = hash.replace(/^#/, '').split('&');
  const named = (key: string) => parts.find((part) => part.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
  const wanted = named('lesson');
  if (wanted === undefined) return { ...withoutLesson, ...parseLink(hash) };
  const rest = parts.filter((part) => !/^(lesson|part)=/i.test(part) && part !== '');
  const lesson = whole(wanted, lessonKeys.length);
  if (lesson === null) {
    const values = { lesson: shorten(wanted), count: lessonKeys.length };
    const { experiment, problems } = parseLink(rest.join('&'));
    return { ...withoutLesson, experiment, problems: [problem('lesson.unknown', values), ...problems] };
  }
  const part = named('part');
  const place = { lesson, part: part === undefined ? null : (whole(part, 9) ?? 1) - 1 };
  if (rest.some((each) => networkPart.test(each))) {
    const own: ParsedLink = parseLink(rest.join('&'));
    return { ...place, changes: {}, ...own };
  }
  return { ...place, experiment: null, ...changesIn(rest) };
}

const withoutLesson = { lesson: null, part: null, changes: {} } as const;

function whole(text: string, most: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : null;
}

function changesIn(parts: readonly string[]): Pick<LessonLink, 'changes' | 'problems'> {
  const changes: Record<string, string | number> = {};
  const problems: Problem[] = [];
  for (const part of parts) {
    const [key = '', value = ''] = part.split('=');
    const name = Object.keys(trainingSettings).find(
      (known): known is TrainingSettingKey => known === key.toLowerCase(),
    );
    if (!name) {
      problems.push(problem('link.unknownKey', { key: shorten(key) }));
      continue;
    }
    const read = readSetting(trainingSettings[name], name, value);
    if (read.ok) changes[name] = read.value;
    else problems.push(read.problem);
  }
  return { changes, problems };
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
