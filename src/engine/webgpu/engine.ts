/**
 * The fast engine: a network is compiled once into a fixed list of dispatches (`plan/`) of fused WGSL
 * kernels (`kernels/`), and a step is one submit of that list.
 */

import { type Engine, EngineRefusal } from '../engine.ts';
import { isSoftwareAdapter, requestDevice } from '../gpu.ts';
import { checked } from './checked.ts';
import { createContext } from './context.ts';
import { memoryNeed } from './plan/need.ts';
import { type Tuning, tunings } from './plan/tuning.ts';
import { MOST_STEPS } from './stepQueue.ts';
import { GpuTrainer } from './trainer.ts';

/** Enough to keep a GPU busy while results travel: two submits of the most steps that one takes. */
const LOOKAHEAD = 2 * MOST_STEPS;

/** A graph that the plan's makers did not think of is no reason not to train it: another engine can. */
function planned(error: unknown): unknown {
  return error instanceof RangeError ? new EngineRefusal(`no plan for this network: ${error.message}`) : error;
}

/**
 * @param tuning how work is divided; what suits the device otherwise
 * @throws Error where WebGPU does not run
 */
export async function createWebGpuEngine(tuning?: Tuning): Promise<Engine> {
  const { device, info, name, lost } = await requestDevice();
  const suited = isSoftwareAdapter(info) ? tunings.software : tunings.hardware;
  const { maxStorageBuffersPerShaderStage: most } = device.limits;
  const chosen = tuning ?? suited;
  const context = createContext(device, { ...chosen, buffers: Math.min(chosen.buffers, most) });
  return {
    name: 'webgpu',
    backend: 'webgpu',
    device: { kind: 'gpu', name },
    lookahead: LOOKAHEAD,
    lost,
    memoryNeed: (graphs, rule, batch) => {
      try {
        return memoryNeed(graphs, rule, batch, context.tuning);
      } catch (error) {
        throw planned(error);
      }
    },
    createTrainer: async (graph, initial, rule, images, preparation) => {
      const make = () => new GpuTrainer(context, graph, initial, rule, images);
      const trainer = await checked(device, 'the network’s parameters', make, (made) => made.dispose());
      try {
        if (preparation) await trainer.prepare(preparation);
      } catch (error) {
        trainer.dispose();
        throw planned(error);
      }
      return trainer;
    },
    dispose: () => device.destroy(),
  };
}
