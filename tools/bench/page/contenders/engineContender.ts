/** The page's own engines as contenders. Like in the page, they measure every layer in every step. */
import type { Engine, UpdateRule } from '../../../../src/engine/engine.ts';
import type { StartContender } from './contender.ts';

const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

export function engineContender(createEngine: () => Promise<Engine>): StartContender {
  return async ({ graph, initial, images, learningRate }) => {
    const engine = await createEngine();
    const trainer = await engine.createTrainer(graph, initial, momentum, images);
    return { step: async (indices) => (await trainer.step(indices, learningRate)).loss };
  };
}
