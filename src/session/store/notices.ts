import type { Problem } from '../../experiment/problem.ts';
import type { LabState } from './state.ts';

/** More than fit on a page at once help nobody. */
const MOST_NOTICES = 8;

/** The notices with one more. One that says the same as an older one takes its place. */
export function withNotice(notices: LabState['notices'], problem: Problem): LabState['notices'] {
  const text = JSON.stringify(problem);
  const others = notices.filter((notice) => JSON.stringify(notice.problem) !== text);
  const id = 1 + Math.max(0, ...notices.map((notice) => notice.id));
  return [...others, { id, problem }].slice(-MOST_NOTICES);
}
