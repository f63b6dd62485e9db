import type { Run } from '../measurements/run.ts';
import { text } from '../messages/messages.ts';
import { type Experiment, networkIds } from '../spec/experiment.ts';
import { nameOf } from '../spec/names.ts';
import { depthOf, hasShortcuts } from '../spec/stack.ts';
import type { FinishedRun, LabState } from './state.ts';

function finishedRun({ networks, training }: Experiment, index: number, run: Run): FinishedRun | null {
  const network = networks[index];
  if (!network) return null;
  const last = run.evaluations.at(-1);
  const final = run.overflow === null && last?.step === run.steps ? last : null;
  return {
    depth: depthOf(network.stack),
    kind: hasShortcuts(network.stack) ? 'residual' : 'plain',
    label: text.spec.networkName(nameOf(network)),
    seed: training.seed,
    steps: training.steps,
    trainError: final?.trainError ?? null,
    testError: final?.testError ?? null,
    divergedAt: run.overflow?.step ?? null,
  };
}

/** The finished runs with those of an experiment that has just ended. A run repeated exactly is kept once. */
export function withFinished(state: LabState): readonly FinishedRun[] {
  const known = new Set(state.finished.map((each) => JSON.stringify(each)));
  const added = networkIds.flatMap((id, index) => {
    const run = state.runs[id];
    const finished = run && finishedRun(state.experiment, index, run);
    return !finished || known.has(JSON.stringify(finished)) ? [] : [finished];
  });
  return [...state.finished, ...added];
}
