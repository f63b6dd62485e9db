/** An embed until somebody runs it: it downloads no more than its poster needs. */
import type { ReadEmbed } from '../embed/address.ts';
import { createEmbed } from '../embed/scene.ts';
import { startStage } from '../embed/stage.ts';
import { languageProblem } from '../messages/languages.ts';
import { sceneOf } from './embedScene.ts';

/** Starts an embed in the place of the page. */
export function startEmbed({ options, problems }: ReadEmbed): void {
  const root = document.querySelector('#root');
  if (!root) return;
  const scene = sceneOf(location.hash);
  const language = languageProblem(location.search);
  startStage({
    root,
    // What has become of the link counts for most.
    store: createEmbed(options, {
      ...scene,
      problems: [...scene.problems, ...problems, ...(language ? [language] : [])],
    }),
    read: sceneOf,
    load: async (...place) => (await import('./embedded.tsx')).openEmbedded(...place),
  });
}
