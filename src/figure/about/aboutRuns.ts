import { type NetworkSpec, networkIds } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import type { ChartAbout } from '../../plot/about.ts';
import { distinct } from '../../records/summary.ts';
import type { LabRun } from '../../session/store/state.ts';
import { dataText, engineText } from './aboutLab.ts';

/** The networks of runs, each once. */
function networksOf(runs: readonly LabRun[]): readonly NetworkSpec[] {
  const networks = runs.flatMap(({ experiment }) => experiment.networks);
  return [...new Map(networks.map((network) => [JSON.stringify(network), network])).values()];
}

/** The experiments that repeat runs of one seed: as many networks in each as can stand side by side. */
function linksOf(runs: readonly LabRun[]): string[] {
  const [first] = runs;
  if (!first) return [];
  const networks = networksOf(runs);
  const most = networkIds.length;
  return Array.from({ length: Math.ceil(networks.length / most) }, (_, index) =>
    formatLink({
      networks: networks.slice(index * most, (index + 1) * most),
      training: first.experiment.training,
    }),
  );
}

/**
 * Where the figures of a chart of finished runs come from.
 *
 * @param runs that differ in nothing but their networks and seeds
 * @param dataSet the name of what they were trained on, or null where it is not known
 */
export function aboutRuns(runs: readonly LabRun[], dataSet: string | null): ChartAbout | null {
  const sorted = runs.toSorted((one, other) => one.depth - other.depth);
  const [first] = sorted;
  if (!first) return null;
  const seeds = distinct(sorted.map(({ seed }) => seed));
  const links = seeds.flatMap((seed) => linksOf(sorted.filter((run) => run.seed === seed)));
  return {
    networks: [...new Set(sorted.map(({ label }) => label))].join(', '),
    link: links.map((link) => new URL(link, location.href).href).join(' '),
    seeds,
    engine: [...new Set(sorted.map(({ engine }) => engineText(engine)))].join('; '),
    data: dataText(dataSet, [first.experiment]),
  };
}
