import { embedKeys } from '../embed/address.ts';
import type { Scene } from '../embed/scene.ts';
import { formatLink } from '../experiment/link.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { readLessonLink } from '../lessons/lessonLink.ts';

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
  const { lesson, part, experiment, problems } = readLessonLink(given);
  const isOfLesson = lesson !== null && experiment === null;
  const shown = isOfLesson ? null : (experiment ?? defaultExperiment);
  const link = shown ? formatLink(shown) : given;
  return {
    experiment: shown,
    lesson: isOfLesson ? { number: lesson, part: part ?? 0 } : null,
    problems,
    link,
    href: `${pageAddress()}${link}`,
  };
}
