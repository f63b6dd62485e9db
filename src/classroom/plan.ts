/** Which networks a class trains, by number: every depth and kind of the first seed, then of the next, so that the picture is there early and gains certainty. */
import type { Experiment } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { trainingSettings } from '../experiment/settings.ts';
import { type Cell, sweepCells } from '../experiment/sweep/cells.ts';
import { sweepKinds } from '../experiment/sweep/sweep.ts';
import type { Plan } from './protocol.ts';

/** The plan of a class. Says why it cannot be trained, where it cannot. */
export function planOf(base: Experiment, depths: readonly number[]): Result<Plan> {
  const cells = cellsOf(base, depths, 1);
  return cells.ok ? success({ link: formatLink(base), depths: [...depths] }) : failure(cells.problem);
}

/** Whether a plan that somebody has sent can be trained. */
export function isPossible({ link, depths }: Plan): boolean {
  const { experiment, problems } = parseLink(link);
  return problems.length === 0 && cellsOf(experiment, depths, 1).ok;
}

const cellsOf = (base: Experiment, depths: readonly number[], seed: number) =>
  sweepCells(base, { axis: 'depth', values: depths, kinds: sweepKinds, seeds: [seed] });

/** By plan and seed: a class asks for the same ones again and again. */
const known = new WeakMap<Plan, Map<number, readonly Cell[]>>();

/** The network of a number from 0; null where there are no more seeds. */
export function planCell(plan: Plan, index: number): Cell | null {
  const each = plan.depths.length * sweepKinds.length;
  const seed = 1 + Math.floor(index / each);
  if (seed > trainingSettings.seed.range.max) return null;
  const seeds = known.get(plan) ?? new Map<number, readonly Cell[]>();
  known.set(plan, seeds);
  const made = seeds.get(seed);
  if (made) return made[index % each] ?? null;
  const cells = cellsOf(parseLink(plan.link).experiment, plan.depths, seed);
  seeds.set(seed, cells.ok ? cells.value : []);
  return cells.ok ? (cells.value[index % each] ?? null) : null;
}
