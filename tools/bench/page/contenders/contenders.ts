/** Who takes part in a browser. Each is loaded in a worker of its own, so that no library meets another. */
import type { Engine, UpdateRule } from '../../../../src/engine/engine.ts';
import type { ContenderName } from '../../cases.ts';
import type { StartContender } from './contender.ts';

const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

/** An engine of the page. Like there, it measures every layer in every step. */
function engineContender(createEngine: () => Promise<Engine>): StartContender {
  return async ({ graph, initial, images, learningRate }) => {
    const engine = await createEngine();
    const trainer = await engine.createTrainer(graph, initial, momentum, images);
    return { step: async (indices) => (await trainer.step(indices, learningRate)).loss };
  };
}

/** TensorFlow.js takes half of the processors unless it is told otherwise. */
async function tfjsOnAllProcessors(): Promise<Engine> {
  const [{ createTfjsEngine }, { setThreadsCount }] = await Promise.all([
    import('../../../../src/engine/tfjs/engine.ts'),
    import('@tensorflow/tfjs-backend-wasm'),
  ]);
  setThreadsCount(navigator.hardwareConcurrency);
  return createTfjsEngine('wasm');
}

export const contenders: Readonly<Record<Exclude<ContenderName, 'torch'>, () => Promise<StartContender>>> = {
  webgpu: async () => {
    const { createWebGpuEngine } = await import('../../../../src/engine/webgpu/engine.ts');
    return engineContender(() => createWebGpuEngine());
  },
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  'jax-js': async () => (await import('./jax.ts')).startOn('webgpu'),
  cpu: async () => {
    const { startCpuEngine } = await import('../../../../src/engine/cpu/engine.ts');
    return engineContender(() => startCpuEngine());
  },
  'cpu-1': async () => {
    const { createCpuEngine } = await import('../../../../src/engine/cpu/engine.ts');
    return engineContender(async () => createCpuEngine());
  },
  'tfjs-wasm': async () => engineContender(tfjsOnAllProcessors),
  'jax-js-wasm': async () => (await import('./jax.ts')).startOn('wasm'),
};
