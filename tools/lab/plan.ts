/** Prints what the fused engine would do for an experiment, without a browser: plans are pure data. */

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
}

/** A plan for each network, as on hardware. */
function plansOf({ networks, training }: Experiment): NetworkPlan[] {
  const names = text.names.networks(networks, true);
  return networks.map((spec, index) => ({
    id: networkIds[index] ?? 'a',
    label: names[index] ?? '',
    summary: describePlan(compileTraining(buildGraph(spec, training.size), training, training.batch, tunings.hardware)),
  }));
}

/** For people: a table a network, with its totals below. */
export function planTables(experiment: Experiment): string[] {
  return plansOf(experiment).flatMap(({ label, summary }) => [
    plan.title(label, experiment.training.batch),
    '',
    ...table([plan.columns, ...summary.dispatches.map(plan.cells)]),
    '',
    ...plan.totals(summary),
    '',
  ]);
}

/** For programs: one JSON object a network. */
export function planLines(experiment: Experiment): string[] {
  return plansOf(experiment).map(({ id, label, summary }) =>
    JSON.stringify({ type: 'plan', network: id, label, batch: experiment.training.batch, ...summary }),
  );
}
