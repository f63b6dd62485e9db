/** Where the figures of charts come from, for pictures and tables that stand alone. */
import { evaluationImages } from '../data/evaluationSample.ts';
import { type Experiment, type NetworkSpec, networkIds } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import { distinct } from '../records/summary.ts';
import { wasAdjusted } from '../session/store/finishedRuns.ts';
import type { LabRun, LabState } from '../session/store/state.ts';
import type { EngineInfo } from '../session/worker/protocol.ts';

/** An engine with all that the page knows of it, in words. */
export function engineText(engine: EngineInfo | null): string {
  if (!engine) return text.charts.none;
  const { full, engines } = text.app.badge;
  return full(engines[engine.engine] ?? engine.engine, engine.backend, text.engine.device(engine.device));
}

/**
 * The data that experiments were trained and tested on, in words.
 *
 * @param name of the data set, or null where it is not known
 */
export function dataText(name: string | null, experiments: readonly Experiment[]): string {
  const sizes = distinct(experiments.map(({ training }) => training.train));
  return sizes.map((size) => text.app.dataSet(name, size, evaluationImages)).join('; ');
}

type Shown = Pick<LabState, 'experiment' | 'engine' | 'runs' | 'base' | 'dataSet'>;

/** What was done to the runs that their experiment does not say. */
function notRepeated({ experiment, runs, base }: Shown): string[] {
  const { grafted, adjusted } = text.app.notRepeated;
  const isAdjusted = Object.values(runs).some((run) => wasAdjusted(run, experiment.training));
  return [...(base === null ? [] : [grafted]), ...(isAdjusted ? [adjusted] : [])];
}

/** Where the figures of the lab's charts come from. */
export function aboutLab(shown: Shown): ChartAbout {
  const { experiment, engine } = shown;
  return {
    networks: text.names.networks(experiment.networks, true).join(', '),
    link: new URL(formatLink(experiment), location.href).href,
    notRepeated: notRepeated(shown),
    seeds: [experiment.training.seed],
    engine: engineText(engine),
    data: dataText(shown.dataSet?.name ?? null, [experiment]),
  };
}

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
