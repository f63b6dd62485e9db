import { embedKeys } from '../embed/address.ts';
import type { Scene } from '../embed/scene.ts';
import { formatLink } from '../experiment/link.ts';
import { linkedExperiment, readLessonLink } from '../lessons/lessonLink.ts';

/** The page itself, in the language and with the engine that the embed was given. */
function pageAddress(): string {
  const page = new URL(location.href);
  for (const key of embedKeys) page.searchParams.delete(key);
  page.hash = '';
  return page.href;
}

/** What a hash means: an experiment, or that of a lesson. */
export function sceneOf(hash: string): Scene {
  // WordPress appends its secret to the hash of every frame.
  const given = hash.replace(/#\?secret=\w+$/, '');
  const read = readLessonLink(given);
  const { lesson, part, problems } = read;
  const isOfLesson = lesson !== null && read.experiment === null;
  const experiment = linkedExperiment(read);
  const link = isOfLesson ? given : formatLink(experiment);
  return {
    experiment,
    lesson: isOfLesson ? { number: lesson, part: part ?? 0 } : null,
    problems,
    link,
    href: `${pageAddress()}${link}`,
  };
}
