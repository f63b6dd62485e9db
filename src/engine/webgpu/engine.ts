/**
 * The fast engine: a network is compiled once into a fixed list of dispatches (`plan/`) of fused WGSL
 * kernels (`kernels/`), and a step is one submit of that list.
 */
import type { Engine } from '../engine.ts';
import { createContext } from './context.ts';
import { requestDevice } from './device.ts';
import type { Tuning } from './plan/tuning.ts';
import { GpuTrainer } from './trainer.ts';

/**
 * @param tuning how work is divided; what suits the device otherwise
 * @throws Error where WebGPU does not run
 */
export async function createWebGpuEngine(tuning?: Tuning): Promise<Engine> {
  const found = await requestDevice();
  const { device, name } = found;
  const context = createContext(device, tuning ?? found.tuning);
  return {
    name: 'webgpu',
    backend: 'webgpu',
    device: { kind: 'gpu', name },
    createTrainer: async (graph, initial, rule, images) => new GpuTrainer(context, graph, initial, rule, images),
    dispose: () => {
      context.images.dispose();
      device.destroy();
    },
  };
}
