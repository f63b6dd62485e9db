/** An embed until somebody runs it: it downloads no more than its poster needs. */
import type { ReadEmbed } from '../embed/address.ts';
import { createEmbed, type Scene, startStage } from '../embed/stage.ts';
import { formatLink } from '../experiment/link.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { readLessonLink } from '../lessons/lessonLink.ts';

/** Keys of the query that are the embed's, and mean nothing to the page itself. */
const own = ['embed', 'show', 'ui', 'theme', 'autoplay', 'parallel', 'instrument', 'origin'];

/** The page itself, in the language and with the engine that the embed was given. */
function pageAddress(): string {
  const page = new URL(location.href);
  for (const key of own) page.searchParams.delete(key);
  page.hash = '';
  return page.href;
}

function sceneOf(hash: string): Scene {
  const { lesson, part, experiment, problems } = readLessonLink(hash);
  if (lesson !== null && experiment === null) {
    const href = `${pageAddress()}#lesson=${lesson}${part === null ? '' : `&part=${part + 1}`}`;
    return { experiment, lesson: { number: lesson, part: part ?? 0 }, problems, href };
  }
  const shown = experiment ?? defaultExperiment;
  return { experiment: shown, lesson: null, problems, href: `${pageAddress()}${formatLink(shown)}` };
}

/** Starts an embed in the place of the page. */
export function startEmbed({ options, problems }: ReadEmbed): void {
  const root = document.querySelector('#root');
  if (!root) return;
  const scene = sceneOf(location.hash);
  startStage({
    root,
    store: createEmbed(options, { ...scene, problems: [...problems, ...scene.problems] }),
    read: sceneOf,
    load: async (...place) => (await import('./embedded.tsx')).openEmbedded(...place),
  });
}
