/** Who takes part. Each is loaded in a worker of its own, so that no library meets another. */
import type { ContenderName } from '../case.ts';
import type { StartContender } from './contender.ts';

export const contenders: Readonly<Record<ContenderName, () => Promise<StartContender>>> = {
  webgpu: async () => {
    // THE ONE PLACE where the fused engine joins the bench.
    throw new Error('The fused engine is not part of this build yet.');
  },
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  'tfjs-wasm': async () => {
    const [{ createTfjsEngine }, { engineContender }] = await Promise.all([
      import('../../engine/tfjs/engine.ts'),
      import('./engineContender.ts'),
    ]);
    return engineContender(() => createTfjsEngine('wasm'));
  },
  'jax-js': async () => (await import('./jax.ts')).start,
};
