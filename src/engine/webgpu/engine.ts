/**
 * The fast engine: a network is compiled once into a fixed list of dispatches (`plan/`) of fused WGSL
 * kernels (`kernels/`), and a step is one submit of that list.
 */

import type { TrainingImages } from '../../data/images.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import {
  type Engine,
  type Preparation,
  refusalOf,
  type SideBySide,
  type SideNetwork,
  type Trainer,
  type UpdateRule,
} from '../engine.ts';
import { isSoftwareAdapter, requestDevice } from '../gpu.ts';
import { checked } from './checked.ts';
import { createContext, type GpuContext } from './context.ts';
import { Gang } from './gang.ts';
import { type GangSize, memoryNeed } from './plan/need.ts';
import { type Tuning, tunings } from './plan/tuning.ts';
import { MOST_STEPS } from './stepQueue.ts';
import { GpuTrainer } from './trainer.ts';

/** Enough to keep a GPU busy while results travel: two submits of the most steps that one takes. */
const LOOKAHEAD = 2 * MOST_STEPS;

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
  members: readonly Omit<SideNetwork, 'graph'>[],
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
    throw refusalOf(error);
  }
  return trainers;
}

/** Networks of one graph, by their places among all. */
function gangsOf(graphs: readonly NetworkGraph[]): number[][] {
  const found = new Map<string, number[]>();
  graphs.forEach((graph, i) => {
    const key = JSON.stringify(graph);
    found.set(key, [...(found.get(key) ?? []), i]);
  });
  return [...found.values()];
}

/** Networks of the same graph together. */
async function createGangs(
  context: GpuContext,
  networks: readonly SideNetwork[],
  { preparation, ...how }: Omit<GangSpec, 'graph'>,
): Promise<Trainer[]> {
  const made = new Map<number, Trainer>();
  try {
    for (const gang of gangsOf(networks.map(({ graph }) => graph))) {
      const before = made.size;
      const onProgress = (done: number, total: number) =>
        preparation?.onProgress?.(before + (gang.length * done) / total, networks.length);
      const members = gang.map((i) => networks[i] as SideNetwork);
      const [{ graph }] = members as [SideNetwork];
      const spec = { ...how, graph, preparation: preparation && { ...preparation, onProgress } };
      const trainers = await createGang(context, spec, members);
      gang.forEach((i, member) => {
        made.set(i, trainers[member] as Trainer);
      });
    }
  } catch (error) {
    for (const trainer of made.values()) trainer.dispose();
    throw error;
  }
  return networks.map((_, i) => made.get(i) as Trainer);
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
  const needOf = (gangs: readonly GangSize[], rule: UpdateRule, batch: number) => {
    try {
      return memoryNeed(gangs, rule, batch, context.tuning);
    } catch (error) {
      throw refusalOf(error);
    }
  };
  const sideBySide: SideBySide = {
    lookahead: LOOKAHEAD,
    most: Number.POSITIVE_INFINITY,
    memoryNeed: (graphs, ...how) => {
      const sizes = gangsOf(graphs).map((gang) => ({
        graph: graphs[gang[0] ?? 0] as NetworkGraph,
        networks: gang.length,
      }));
      return needOf(sizes, ...how);
    },
    createTrainers: (networks, rule, images, preparation) =>
      createGangs(context, networks, { rule, images, preparation }),
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
    sideBySide,
    dispose: () => device.destroy(),
  };
}
