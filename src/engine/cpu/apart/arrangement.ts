/** Who computes what of networks side by side: all threads one network after the other, or threads of its own for each. */

import { networkIds } from '../../../experiment/experiment.ts';

/** Of a step, what more threads do not make shorter: so two threads are 1.65 times as fast as one. */
const ON_ONE_THREAD = 0.21;
/** What another arrangement must save at least, to be worth the threads that start for it. */
const LEAST_SAVED = 0.05;

/** Places are teams of as many threads each; a place computes its networks one after the other. */
export interface Arrangement {
  readonly threads: number;
  /** For each network, the number of its place. */
  readonly places: readonly number[];
}

/** Of a step of all networks, in the unit of the costs: that of the place that has most to do. */
function timeOf({ threads, places }: Arrangement, costs: readonly number[]): number {
  const loads = new Map<number, number>();
  places.forEach((place, network) => {
    loads.set(place, (loads.get(place) ?? 0) + (costs[network] ?? 0));
  });
  return Math.max(...loads.values()) * (ON_ONE_THREAD + (1 - ON_ONE_THREAD) / threads);
}

/** The longest network first, each in the place that has least to do. */
function shared(costs: readonly number[], places: number): number[] {
  const loads = new Array<number>(places).fill(0);
  const found = new Array<number>(costs.length).fill(0);
  for (const network of [...costs.keys()].sort((one, other) => (costs[other] ?? 0) - (costs[one] ?? 0))) {
    const place = loads.indexOf(Math.min(...loads));
    found[network] = place;
    loads[place] = (loads[place] ?? 0) + (costs[network] ?? 0);
  }
  return found;
}

/**
 * @param costs of a step of each network on one thread, in any unit
 * @param threads that there are
 * @param now how they are arranged: by turns on all threads, where nothing is said
 * @returns the quickest arrangement; the present one where no other saves what is worth it
 */
export function quickest(
  costs: readonly number[],
  threads: number,
  now: Arrangement = { threads, places: costs.map(() => 0) },
): Arrangement {
  const most = timeOf(now, costs) * (1 - LEAST_SAVED);
  const counts = Array.from({ length: Math.min(costs.length, threads) }, (_, i) => i + 1);
  const all = counts.map((count) => ({ threads: Math.floor(threads / count), places: shared(costs, count) }));
  const [best] = all
    .filter((each) => timeOf(each, costs) < most)
    .sort((one, other) => timeOf(one, costs) - timeOf(other, costs));
  return best ?? now;
}

/** Equal networks, as many at a time as take the least time for each, of those that may be side by side. */
export function mostEqual(threads: number): number {
  const timeEach = (networks: number) => {
    const costs = new Array<number>(networks).fill(1);
    return timeOf(quickest(costs, threads), costs) / networks;
  };
  const counts = networkIds.map((_, i) => i + 1);
  return counts.reduce((best, count) => (timeEach(count) < timeEach(best) ? count : best));
}
