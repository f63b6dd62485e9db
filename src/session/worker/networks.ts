/** From an experiment to trainers of its networks. */
import { evaluationSample, imagesNeeded } from '../../data/evaluationSample.ts';
import type { TrainingImages } from '../../data/images.ts';
import type { Engine, Snapshot, Trainer } from '../../engine/engine.ts';
import { testCount } from '../../experiment/dataRef.ts';
import {
  type Experiment,
  type NetworkId,
  type NetworkSpec,
  networkIds,
  type TrainingSpec,
} from '../../experiment/experiment.ts';
import { checkMemory, type MemoryNeed } from '../../experiment/memory.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import { failure } from '../../experiment/result.ts';
import { buildGraph, graphOf } from '../../network/build.ts';
import { costOf } from '../../network/cost.ts';
import { graft, type TrainedBase } from '../../network/graft.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { initialParameters } from '../../network/init.ts';
import type { NetworkInfo } from './protocol.ts';

export interface TrainedNetwork {
  readonly id: NetworkId;
  readonly trainer: Trainer;
  /** Another trainer of the same network, which goes on from a copy. */
  copyFrom(snapshot: Snapshot): Promise<Trainer>;
}

/** Networks, and what their engine says of itself. */
export interface TrainedNetworks {
  readonly networks: readonly TrainedNetwork[];
  readonly engine: Pick<Engine, 'lookahead' | 'lost'>;
}

export interface BuiltNetwork extends TrainedNetwork {
  readonly info: NetworkInfo;
  readonly spec: NetworkSpec;
  readonly graph: NetworkGraph;
}

/** Of a network's own, or those of the base that it was grafted onto. */
function startOf(
  graph: NetworkGraph,
  spec: NetworkSpec,
  { size, data, seed }: TrainingSpec,
  base: TrainedBase | null,
): Pick<Snapshot, 'parameters' | 'averages'> {
  if (!base) return { parameters: initialParameters(graph, spec, seed) };
  const grafted =
    base.size === size && base.data?.id === data?.id ? graft(base, spec, seed) : failure(problem('graft.notInserted'));
  if (!grafted.ok) throw new ProblemError(grafted.problem);
  return grafted.value;
}

/** Told how many of how many parts of the networks are ready, where that takes long. */
export type OnPrepared = (done: number, total: number) => void;

function requireMemory(need: MemoryNeed, { batch }: TrainingSpec, budget: number): void {
  const refused = checkMemory(need, batch, budget);
  if (refused) throw new ProblemError(refused);
}

/**
 * Builds every network of an experiment with its initial parameters.
 *
 * @param budget bytes that training may use
 * @param base where the networks are grafts: what they were grafted onto
 * @throws ProblemError `spec.memory` or `spec.memoryBatch` if the networks need more, `graft.notInserted` if one is no
 *   graft onto the base; nothing is built then
 * @throws EngineRefusal if another engine could train a network that this one cannot
 */
export async function buildNetworks(
  engine: Engine,
  { networks, training }: Experiment,
  images: TrainingImages,
  budget: number,
  base: TrainedBase | null = null,
  onPrepared: OnPrepared = () => undefined,
): Promise<BuiltNetwork[]> {
  const graphs = networks.map((spec) => buildGraph(spec, training));
  requireMemory(engine.memoryNeed(graphs, training, training.batch), training, budget);
  const calibration = evaluationSample(training.train).calibration.length;
  const built: BuiltNetwork[] = [];
  for (const [index, id] of networkIds.entries()) {
    const [spec, graph] = [networks[index], graphs[index]];
    if (!spec || !graph) break;
    const copyFrom: TrainedNetwork['copyFrom'] = async (snapshot) => {
      const trainer = await engine.createTrainer(graph, snapshot.parameters, training, images);
      trainer.restore(snapshot);
      return trainer;
    };
    const { parameters: initial, averages } = startOf(graph, spec, training, base);
    const parameters = initial.reduce((sum, values) => sum + values.length, 0);
    const { fixed, perImage } = engine.memoryNeed([graph], training, training.batch);
    const memory = fixed + perImage * training.batch;
    const info = { id, layerNames: graph.layers.map(({ name }) => name), parameters, memory };
    const onProgress = (done: number, total: number) => onPrepared(index + done / total, networks.length);
    const preparation = { batch: training.batch, calibration, onProgress };
    try {
      const trainer = await engine.createTrainer(graph, initial, training, images, preparation);
      if (averages) trainer.restore({ parameters: initial, moments: [], updates: 0, averages });
      built.push({ id, trainer, copyFrom, info, spec, graph });
    } catch (error) {
      for (const { trainer } of built) trainer.dispose();
      throw error;
    }
  }
  return built;
}

/** Of evaluating a network: a third of a second on two cores. */
const QUICK_FLOPS = 1e10;

/** Whether it takes no time worth speaking of to evaluate each network of an experiment. */
export function areQuicklyEvaluated({ networks, training }: Experiment): boolean {
  const tests = testCount(training);
  const { train, test } = imagesNeeded(evaluationSample(training.train, tests, tests));
  return networks.every((spec) => costOf(graphOf(spec, training)).forwardFlops * (train + test) <= QUICK_FLOPS);
}
