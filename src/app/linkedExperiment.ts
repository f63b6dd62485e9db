import { answerWithin } from '../experiment/answerWithin.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import type { LessonLink } from '../lessons/lessonLink.ts';

/** Milliseconds that the page waits for a lesson before it shows itself without. */
const LESSON_MS = 10_000;

/** The experiment that a link means. A lesson's comes with the lesson; should that not arrive, there is still a lab. */
export async function linkedExperiment({ experiment, lesson, part, changes }: LessonLink): Promise<Experiment> {
  if (experiment) return experiment;
  if (lesson === null) return defaultExperiment;
  const story = await answerWithin(LESSON_MS, 'The lesson', () => import('../lessons/lessons.ts')).catch(() => null);
  return story?.experimentAt({ lesson, part: part ?? 0 }, 'small', changes) ?? defaultExperiment;
}
