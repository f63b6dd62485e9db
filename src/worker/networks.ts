/** From an experiment to trainers of its networks. */
import type { TrainingImages } from '../data/images.ts';
import type { Engine } from '../engine/engine.ts';
import { buildGraph } from '../network/build.ts';
import { costOf, memoryNeed } from '../network/cost.ts';
import type { NetworkGraph } from '../network/graph.ts';
import { initialParameters } from '../network/init.ts';
import { type Experiment, networkIds, type TrainingSpec } from '../spec/experiment.ts';
import { checkMemory } from '../spec/memory.ts';
import { ProblemError } from '../spec/problem.ts';
import type { NetworkInfo } from './protocol.ts';
import type { TrainedNetwork } from './training.ts';

export interface BuiltNetwork extends TrainedNetwork {
  readonly info: NetworkInfo;
}

function requireMemory(graphs: readonly NetworkGraph[], { batch, opt }: TrainingSpec, budget: number): void {
  const needs = graphs.map((graph) => memoryNeed(costOf(graph), opt));
  const refused = checkMemory(needs, batch, budget);
  if (refused) throw new ProblemError(refused);
}

/**
 * Builds every network of an experiment with its initial parameters.
 *
 * @param budget bytes that training may use
 * @throws ProblemError `spec.memory` or `spec.memoryBatch` if the networks need more; nothing is built then
 */
export async function buildNetworks(
  engine: Engine,
  { networks, training }: Experiment,
  images: TrainingImages,
  budget: number,
): Promise<BuiltNetwork[]> {
  const graphs = networks.map((spec) => buildGraph(spec, training.size));
  requireMemory(graphs, training, budget);
  const built: BuiltNetwork[] = [];
  for (const [index, id] of networkIds.entries()) {
    const [spec, graph] = [networks[index], graphs[index]];
    if (!spec || !graph) break;
    const copyWith: TrainedNetwork['copyWith'] = (values) => engine.createTrainer(graph, values, training, images);
    const initial = initialParameters(graph, spec, training.seed);
    const parameters = initial.reduce((sum, values) => sum + values.length, 0);
    const info = { id, layerNames: graph.layers.map(({ name }) => name), parameters };
    built.push({ id, trainer: await copyWith(initial), copyWith, info });
  }
  return built;
}
