import { CodeTabs } from '../../export/CodeTabs.tsx';
import type { ExtraProps } from '../lesson.ts';

/** The networks of the lesson as programs, once the learner has predicted what their first lines say: how many parameters they have. */
export function CodeView({ isAsked }: ExtraProps) {
  return isAsked ? <CodeTabs /> : null;
}
