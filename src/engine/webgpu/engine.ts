/**
 * The fast engine: a network is compiled once into a fixed list of dispatches (`plan/`) of fused WGSL
 * kernels (`kernels/`), and a step is one submit of that list.
 */

import type { TrainingImages } from '../../data/images.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import {
  type Engine,
  EngineRefusal,
  type GangMember,
  type Gangs,
  type Preparation,
  type UpdateRule,
} from '../engine.ts';
import { isSoftwareAdapter, requestDevice } from '../gpu.ts';
import { checked } from './checked.ts';
import { createContext, type GpuContext } from './context.ts';
import { Gang } from './gang.ts';
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

interface GangSpec {
  readonly graph: NetworkGraph;
  readonly rule: UpdateRule;
  readonly images: TrainingImages;
  readonly preparation: Preparation | undefined;
}

/** @throws EngineRefusal; then nothing is left of it */
async function createGang(
  context: GpuContext,
  { graph, rule, images, preparation }: GangSpec,
  members: readonly GangMember[],
): Promise<GpuTrainer[]> {
  const make = () => {
    const seeds = members.map(({ seed }) => seed);
    const gang = new Gang(context, graph, rule, seeds);
    return members.map(({ initial }, network) => new GpuTrainer(gang, network, initial, images));
  };
  const undo = (made: readonly GpuTrainer[]) => {
    for (const trainer of made) trainer.dispose();
  };
  const trainers = await checked(context.device, 'the networks’ parameters', make, undo);
  try {
    if (preparation) for (const trainer of trainers) await trainer.prepare(preparation);
  } catch (error) {
    undo(trainers);
    throw planned(error);
  }
  return trainers;
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
  const needOf: Gangs['memoryNeed'] = (gangs, rule, batch) => {
    try {
      return memoryNeed(gangs, rule, batch, context.tuning);
    } catch (error) {
      throw planned(error);
    }
  };
  return {
    name: 'webgpu',
    backend: 'webgpu',
    device: { kind: 'gpu', name },
    lookahead: LOOKAHEAD,
    lost,
    memoryNeed: (graphs, rule, batch) =>
      needOf(
        graphs.map((graph) => ({ graph, networks: 1 })),
        rule,
        batch,
      ),
    createTrainer: async (graph, initial, rule, images, preparation) => {
      const [trainer] = await createGang(context, { graph, rule, images, preparation }, [{ initial, seed: rule.seed }]);
      return trainer as GpuTrainer;
    },
    gangs: {
      memoryNeed: needOf,
      createTrainers: (graph, members, rule, images, preparation) =>
        createGang(context, { graph, rule, images, preparation }, members),
    },
    dispose: () => device.destroy(),
  };
}
