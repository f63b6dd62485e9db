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

/** A step of several networks of one graph, asked for in one go. @param isByTurns although they could be trained side by side */
function severalContender(createEngine: () => Promise<Engine>, networks: number, isByTurns: boolean): StartContender {
  return async ({ graph, spec, initial, images, learningRate }) => {
    const engine = await createEngine();
    const members = Array.from({ length: networks }, (_, i) => ({
      graph,
      initial: i === 0 ? initial : initialParameters(graph, spec, i + 1),
      seed: i + 1,
    }));
    const byTurns = () =>
      Promise.all(members.map((member) => engine.createTrainer(graph, member.initial, momentum, images)));
    const together = isByTurns ? null : await engine.sideBySide?.createTrainers(members, momentum, images);
    const trainers = together ?? (await byTurns());
    return {
      step: async (indices) => {
        const [first] = await Promise.all(trainers.map((trainer) => trainer.step(indices, learningRate)));
        return first?.loss ?? Number.NaN;
      },
    };
  };
}

async function startWebGpu(): Promise<Engine> {
  return (await import('../../../../src/engine/webgpu/engine.ts')).createWebGpuEngine();
}

async function startCpu(): Promise<Engine> {
  return (await import('../../../../src/engine/cpu/start.ts')).startCpuEngine();
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
  webgpu: async () => engineContender(startWebGpu),
  'webgpu-4': async () => severalContender(startWebGpu, 4, false),
  'webgpu-4-turns': async () => severalContender(startWebGpu, 4, true),
  'tfjs-webgpu': async () => (await import('./tfjsStock.ts')).start,
  'jax-js': async () => (await import('./jax.ts')).startOn('webgpu'),
  cpu: async () => engineContender(startCpu),
  'cpu-2': async () => severalContender(startCpu, 2, false),
  'cpu-2-turns': async () => severalContender(startCpu, 2, true),
  'cpu-1': async () => {
    const { createCpuEngine } = await import('../../../../src/engine/cpu/engine.ts');
    return engineContender(async () => createCpuEngine());
  },
  'tfjs-wasm': async () => engineContender(tfjsOnAllProcessors),
  'jax-js-wasm': async () => (await import('./jax.ts')).startOn('wasm'),
};
