/** Who takes part in a browser. Each is loaded in a worker of its own, so that no library meets another. */
import type { Engine, UpdateRule } from '../../../../src/engine/engine.ts';
import { initialParameters } from '../../../../src/network/init.ts';
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

/** Networks that train side by side, for `fourContender`. */
const NETWORKS = 4;

/** A step of four networks of one graph, asked for in one go. @param together whether they are trained as a gang */
function fourContender(together: boolean): StartContender {
  return async ({ graph, spec, initial, images, learningRate }) => {
    const { createWebGpuEngine } = await import('../../../../src/engine/webgpu/engine.ts');
    const { createTrainer, sideBySide } = await createWebGpuEngine();
    const members = Array.from({ length: NETWORKS }, (_, i) => ({
      graph,
      initial: i === 0 ? initial : initialParameters(graph, spec, i + 1),
      seed: i + 1,
    }));
    const found = together ? await sideBySide?.createTrainers(members, momentum, images) : null;
    const trainers = await (found ??
      Promise.all(members.map((member) => createTrainer(graph, member.initial, momentum, images))));
    return {
      step: async (indices) => {
        const [first] = await Promise.all(trainers.map((trainer) => trainer.step(indices, learningRate)));
        return first?.loss ?? Number.NaN;
      },
    };
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
  'webgpu-4': async () => fourContender(true),
  'webgpu-4-apart': async () => fourContender(false),
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  'jax-js': async () => (await import('./jax.ts')).startOn('webgpu'),
  cpu: async () => {
    const { startCpuEngine } = await import('../../../../src/engine/cpu/start.ts');
    return engineContender(() => startCpuEngine());
  },
  'cpu-1': async () => {
    const { createCpuEngine } = await import('../../../../src/engine/cpu/engine.ts');
    return engineContender(async () => createCpuEngine());
  },
  'tfjs-wasm': async () => engineContender(tfjsOnAllProcessors),
  'jax-js-wasm': async () => (await import('./jax.ts')).startOn('wasm'),
};
