/** From an experiment to trainers of its networks. */
import { evaluationSample, imagesNeeded } from '../../data/evaluationSample.ts';
import type { TrainingImages } from '../../data/images.ts';
import {
  type Engine,
  EngineRefusal,
  type MemoryOf,
  type Preparation,
  type Snapshot,
  type Trainer,
} from '../../engine/engine.ts';
import { testCount } from '../../experiment/dataRef.ts';
import { setAllDepths } from '../../experiment/edit.ts';
import {
  type Experiment,
  type NetworkId,
  type NetworkSpec,
  networkIds,
  type TrainingSpec,
} from '../../experiment/experiment.ts';
import { familyLayers, recognizeFamily } from '../../experiment/families.ts';
import { bytesOf, checkMemory, fitsInto } from '../../experiment/memory.ts';
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
  /** Of what it draws, and of its minibatches. */
  readonly seed: number;
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

interface BuiltNetworks extends TrainedNetworks {
  readonly networks: readonly BuiltNetwork[];
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

/** Whether networks fit without doubt: most do by far, and need no plan to know it. */
function surelyFit(of: MemoryOf, graphs: readonly NetworkGraph[], training: TrainingSpec, budget: number): boolean {
  return of.memoryAtMost !== undefined && of.memoryAtMost(graphs, training, training.batch) <= budget;
}

function haveRoom(of: MemoryOf, graphs: readonly NetworkGraph[], training: TrainingSpec, budget: number): boolean {
  const { batch } = training;
  return surelyFit(of, graphs, training, budget) || fitsInto(budget, of.memoryNeed(graphs, training, batch), batch);
}

/** How networks are built. */
export interface Building {
  /** Bytes that training may use. */
  readonly budget: number;
  /** Where the networks are grafts: what they were grafted onto. */
  readonly base?: TrainedBase | null;
  /** Of each network, where they differ. */
  readonly seeds?: readonly number[] | undefined;
  /** Told how many of how many parts of the networks are ready, where that takes long. */
  readonly onPrepared?: (done: number, total: number) => void;
}

/** A network that is yet to be built. */
interface Planned {
  readonly id: NetworkId;
  readonly spec: NetworkSpec;
  /** With the network's own seed. */
  readonly training: TrainingSpec;
  readonly graph: NetworkGraph;
}

/** With the numbers that it starts from. */
interface Begun extends Planned {
  readonly initial: readonly Float32Array[];
  readonly averages: Snapshot['averages'];
}

function planned({ networks, training }: Experiment, { seeds }: Building): Planned[] {
  return networks.flatMap((spec, index) => {
    const id = networkIds[index];
    if (!id) return [];
    const own = { ...training, seed: seeds?.[index] ?? training.seed };
    return [{ id, spec, training: own, graph: buildGraph(spec, training) }];
  });
}

function begun(network: Planned, { base = null }: Building): Begun {
  const { parameters: initial, averages } = startOf(network.graph, network.spec, network.training, base);
  return { ...network, initial, averages };
}

/** The deepest that plain and residual families may be to fit with their batch; null of other networks, and where none does. */
function fittingDepth(engine: Engine, experiment: Experiment, budget: number): number | null {
  const [first] = experiment.networks;
  const family = first && recognizeFamily(first.stack);
  if (family?.kind !== 'plain' && family?.kind !== 'residual') return null;
  const shallower = familyLayers(family.preset, family.kind).filter((depth) => depth < family.layers);
  const fits = (depth: number): boolean => {
    const edited = setAllDepths(experiment, depth);
    if (!edited.ok) return false;
    const { networks, training } = edited.value;
    const graphs = networks.map((spec) => buildGraph(spec, training));
    return haveRoom(engine, graphs, training, budget);
  };
  // Plans of deep networks take a while: halved, so few are made.
  let [fitting, all] = [0, shallower.length];
  while (fitting < all) {
    const middle = Math.ceil((fitting + all) / 2);
    if (fits(shallower[middle - 1] ?? 0)) fitting = middle;
    else all = middle - 1;
  }
  return shallower[fitting - 1] ?? null;
}

interface Made extends Pick<Engine, 'lookahead'> {
  readonly trainers: readonly Trainer[];
}

/** Trains them side by side, where the engine can and there is memory for it; null where it does not. */
async function madeSideBySide(
  { sideBySide }: Engine,
  all: readonly Begun[],
  training: TrainingSpec,
  images: TrainingImages,
  preparation: Preparation,
  budget: number,
): Promise<Made | null> {
  if (!sideBySide || all.length === 1) return null;
  const graphs = all.map(({ graph }) => graph);
  if (!haveRoom(sideBySide, graphs, training, budget)) return null;
  const { batch: _, ...rule } = training;
  const networks = all.map(({ graph, initial, training: { seed } }) => ({ graph, initial, seed }));
  try {
    const trainers = await sideBySide.createTrainers(networks, rule, images, preparation);
    return trainers && { trainers, lookahead: sideBySide.lookahead };
  } catch (error) {
    // What is too large for a device together may not be so one by one.
    if (!(error instanceof EngineRefusal)) throw error;
    return null;
  }
}

async function madeOneByOne(
  { createTrainer, lookahead }: Engine,
  all: readonly Begun[],
  images: TrainingImages,
  { onProgress, ...preparation }: Preparation,
): Promise<Made> {
  const trainers: Trainer[] = [];
  try {
    for (const { graph, initial, training } of all) {
      const before = trainers.length;
      const onPart = (done: number, total: number) => onProgress?.(before + done / total, all.length);
      trainers.push(await createTrainer(graph, initial, training, images, { ...preparation, onProgress: onPart }));
    }
  } catch (error) {
    for (const trainer of trainers) trainer.dispose();
    throw error;
  }
  return { trainers, lookahead };
}

/**
 * Builds every network of an experiment with its initial parameters.
 *
 * @throws ProblemError `spec.memory` or `spec.memoryBatch` if the networks need more than there is, `graft.notInserted` if one is no
 *   graft onto the base; nothing is built then
 * @throws EngineRefusal if another engine could train a network that this one cannot
 */
export async function buildNetworks(
  engine: Engine,
  experiment: Experiment,
  images: TrainingImages,
  how: Building,
): Promise<BuiltNetworks> {
  const { training } = experiment;
  const { budget, onPrepared: onProgress = () => undefined } = how;
  const wanted = planned(experiment, how);
  const graphs = wanted.map(({ graph }) => graph);
  const needOf = (batch: number) => engine.memoryNeed(graphs, training, batch);
  const refused = surelyFit(engine, graphs, training, budget) ? null : checkMemory(needOf, training.batch, budget);
  if (refused?.code === 'spec.memoryBatch') {
    const depth = fittingDepth(engine, experiment, budget);
    throw new ProblemError(problem(refused.code, { ...refused.values, ...(depth !== null && { depth }) }));
  }
  if (refused) throw new ProblemError(refused);
  // Only now: of what is too large, it takes long to draw them.
  const all = wanted.map((network) => begun(network, how));
  const preparation = {
    batch: training.batch,
    calibration: evaluationSample(training.train).calibration.length,
    onProgress,
  };
  const { trainers, lookahead } =
    (await madeSideBySide(engine, all, training, images, preparation, budget)) ??
    (await madeOneByOne(engine, all, images, preparation));
  const networks = all.flatMap((each, i) => {
    const trainer = trainers[i];
    return trainer ? [networkOf(engine, each, images, trainer)] : [];
  });
  return { networks, engine: { lookahead, lost: engine.lost } };
}

function networkOf(
  engine: Engine,
  { id, spec, graph, training, initial, averages }: Begun,
  images: TrainingImages,
  trainer: Trainer,
): BuiltNetwork {
  if (averages) trainer.restore({ parameters: initial, moments: [], updates: 0, averages });
  const { memory = bytesOf(engine.memoryNeed([graph], training, training.batch), training.batch) } = trainer;
  const info = {
    id,
    layerNames: graph.layers.map(({ name }) => name),
    parameters: initial.reduce((sum, values) => sum + values.length, 0),
    memory,
  };
  const copyFrom: TrainedNetwork['copyFrom'] = async (snapshot) => {
    const copy = await engine.createTrainer(graph, snapshot.parameters, training, images);
    copy.restore(snapshot);
    return copy;
  };
  return { id, seed: training.seed, trainer, copyFrom, info, spec, graph };
}

/** Of evaluating a network: a third of a second on two cores. */
const QUICK_FLOPS = 1e10;

/** Whether it takes no time worth speaking of to evaluate each network of an experiment. */
export function areQuicklyEvaluated({ networks, training }: Experiment): boolean {
  const tests = testCount(training);
  const { train, test } = imagesNeeded(evaluationSample(training.train, tests, tests));
  return networks.every((spec) => costOf(graphOf(spec, training)).forwardFlops * (train + test) <= QUICK_FLOPS);
}
