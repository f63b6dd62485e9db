/** Who takes part. Each is loaded in a worker of its own, so that no library meets another. */
import type { Engine } from '../../../../src/engine/engine.ts';
import type { ContenderName } from '../case.ts';
import type { StartContender } from './contender.ts';

type CpuEngines = typeof import('../../../../src/engine/cpu/engine.ts');

/** Our engine for processors, with all threads or with one. */
async function cpuContender(start: (engines: CpuEngines) => Promise<Engine>): Promise<StartContender> {
  const [engines, { engineContender }] = await Promise.all([
    import('../../../../src/engine/cpu/engine.ts'),
    import('./engineContender.ts'),
  ]);
  return engineContender(() => start(engines));
}

export const contenders: Readonly<Record<ContenderName, () => Promise<StartContender>>> = {
  webgpu: async () => {
    const [{ createWebGpuEngine }, { engineContender }] = await Promise.all([
      import('../../../../src/engine/webgpu/engine.ts'),
      import('./engineContender.ts'),
    ]);
    return engineContender(() => createWebGpuEngine());
  },
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  cpu: () => cpuContender(({ startCpuEngine }) => startCpuEngine()),
  'cpu-1': () => cpuContender(async ({ createCpuEngine }) => createCpuEngine()),
  'tfjs-wasm': async () => {
    const [{ createTfjsEngine }, { engineContender }] = await Promise.all([
      import('../../../../src/engine/tfjs/engine.ts'),
      import('./engineContender.ts'),
    ]);
    return engineContender(() => createTfjsEngine('wasm'));
  },
  'jax-js': async () => (await import('./jax.ts')).start,
};
