/** Who takes part. Each is loaded in a worker of its own, so that no library meets another. */
import type { ContenderName } from '../case.ts';
import type { StartContender } from './contender.ts';

export const contenders: Readonly<Record<ContenderName, () => Promise<StartContender>>> = {
  webgpu: async () => {
    const [{ createWebGpuEngine }, { engineContender }] = await Promise.all([
      import('../../../../src/engine/webgpu/engine.ts'),
      import('./engineContender.ts'),
    ]);
    return engineContender(() => createWebGpuEngine());
  },
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  'tfjs-wasm': async () => {
    const [{ createTfjsEngine }, { engineContender }] = await Promise.all([
      import('../../../../src/engine/tfjs/engine.ts'),
      import('./engineContender.ts'),
    ]);
    return engineContender(() => createTfjsEngine('wasm'));
  },
  'jax-js': async () => (await import('./jax.ts')).start,
};
