/** The whole page as an embed: what the page around it can ask, and what it is told. */
import type { EmbedOptions } from '../embed/address.ts';
import { createEmbed } from '../embed/scene.ts';
import { serve } from '../embed/serve.ts';
import { progress } from '../lessons/progress.ts';
import type { Lab } from '../session/store/lab.ts';
import { sceneOf } from './embedScene.ts';

export function servePage(options: EmbedOptions, lab: Lab): void {
  const service = serve({
    store: createEmbed(options, sceneOf(location.hash)),
    lab: () => lab,
    open: async () => lab,
    play: async () => lab.commands.play(),
    follow(hash) {
      location.hash = hash;
      return sceneOf(hash);
    },
  });
  service.attach(lab);
  progress.subscribe(({ answers }, before) => {
    for (const [key, answer] of Object.entries(answers)) {
      if (answer === before.answers[key]) continue;
      const [lesson = '', part = ''] = key.split('.');
      service.predicted({ lesson: Number(lesson), part, answer, isRight: null });
    }
  });
}
