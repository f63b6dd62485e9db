import { type NetworkSpec, networkIds, type TrainingSpec } from '../../experiment/experiment.ts';
import { recognizeFamily } from '../../experiment/families.ts';
import { learningRate } from '../../experiment/schedule.ts';
import { depthOf, hasShortcuts } from '../../experiment/stack.ts';
import { text } from '../../messages/messages.ts';
import type { Run } from '../../records/run.ts';
import type { LabRun, LabState } from './state.ts';

/**
 * The settings under which a network is trained, apart from its depth, its blocks and the seed: what has to be
 * equal for a comparison over depth to be fair.
 */
export function conditionsOf({ stack, ...settings }: NetworkSpec, { seed: _, ...training }: TrainingSpec): string {
  const family = recognizeFamily(stack);
  const shape = family && { preset: family.preset, width: family.width };
  return JSON.stringify({ shape, settings, training });
}

/** The conditions of a run whose learning rate was changed on the way: no other run is comparable with it. */
const ADJUSTED = 'adjusted';

/** Whether the learning rate was changed on the way: then no experiment says what was trained. */
export function wasAdjusted({ steps, learningRate: rates }: Run, training: TrainingSpec): boolean {
  return rates.subarray(0, steps).some((rate, step) => rate !== Math.fround(learningRate(training, step)));
}

/** The conditions of a run that began with what another had learned. */
const GRAFTED = 'grafted';

function conditionsOfRun(network: NetworkSpec, training: TrainingSpec, run: Run, isGraft: boolean): string {
  if (isGraft) return GRAFTED;
  return wasAdjusted(run, training) ? ADJUSTED : conditionsOf(network, training);
}

function finishedRun(
  { experiment: { networks, training }, engine, base }: LabState,
  index: number,
  run: Run,
): LabRun | null {
  const network = networks[index];
  if (!network) return null;
  const last = run.evaluations.at(-1);
  const final = run.overflow === null && last?.step === run.steps ? last : null;
  return {
    depth: depthOf(network.stack),
    kind: hasShortcuts(network.stack) ? 'residual' : 'plain',
    label: text.names.network(network),
    seed: training.seed,
    steps: training.steps,
    conditions: conditionsOfRun(network, training, run, base !== null),
    trainError: final?.trainError ?? null,
    testError: final?.testError ?? null,
    divergedAt: run.overflow?.step ?? null,
    experiment: { networks: [network], training },
    engine,
  };
}

/** The finished runs with those of an experiment that has just ended. A run repeated exactly is kept once. */
export function withFinished(state: LabState): readonly LabRun[] {
  const known = new Set(state.finished.map((each) => JSON.stringify(each)));
  const added = networkIds.flatMap((id, index) => {
    const run = state.runs[id];
    const finished = run && finishedRun(state, index, run);
    return !finished || known.has(JSON.stringify(finished)) ? [] : [finished];
  });
  return [...state.finished, ...added];
}
