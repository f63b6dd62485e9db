/** Prints what our engines would do for an experiment, without a browser: plans are pure data. */
import { machineOf } from '../../src/engine/cpu/features.ts';
import { describeMemory, type MemorySummary } from '../../src/engine/cpu/plan/describe.ts';
import { compileTraining } from '../../src/engine/webgpu/plan/compile.ts';
import { describePlan, type PlanSummary } from '../../src/engine/webgpu/plan/describe.ts';
import { tunings } from '../../src/engine/webgpu/plan/tuning.ts';
import { type Experiment, type NetworkId, networkIds } from '../../src/experiment/experiment.ts';
import { text } from '../../src/messages/messages.ts';
import { buildGraph } from '../../src/network/build.ts';
import { table } from './table.ts';
import { plan } from './words.ts';

interface NetworkPlan {
  readonly id: NetworkId;
  readonly label: string;
  readonly summary: PlanSummary;
  readonly cpu: MemorySummary;
}

/** Threads differ in nothing but the little that each notes down. */
const oneThread = machineOf(1, false);

/** The plans for each network: as on a hardware GPU, and the memory on processors. */
function plansOf({ networks, training }: Experiment): NetworkPlan[] {
  const names = text.names.networks(networks, training.size, true);
  return networks.map((spec, index) => {
    const graph = buildGraph(spec, training);
    return {
      id: networkIds[index] ?? 'a',
      label: names[index] ?? '',
      summary: describePlan(compileTraining(graph, training, training.batch, tunings.hardware)),
      cpu: describeMemory(graph, training, training.batch, oneThread),
    };
  });
}

/** For people: a table a network, with its totals below. */
export function planTables(experiment: Experiment): string[] {
  return plansOf(experiment).flatMap(({ label, summary, cpu }) => [
    plan.title(label, experiment.training.batch),
    '',
    ...table([plan.columns, ...summary.dispatches.map(plan.cells)]),
    '',
    ...plan.totals(summary),
    '',
    ...plan.cpu(cpu),
    '',
  ]);
}

/** For programs: one JSON object a network. */
export function planLines(experiment: Experiment): string[] {
  return plansOf(experiment).map(({ id, label, summary, cpu }) =>
    JSON.stringify({ type: 'plan', network: id, label, batch: experiment.training.batch, ...summary, cpu }),
  );
}
