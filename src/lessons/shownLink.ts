import { formatLink } from '../experiment/link.ts';
import type { LabState } from '../session/store/state.ts';
import { formatLessonLink } from './lessonLink.ts';
import { progress } from './progress.ts';

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
