/** Where the figures of charts come from: what an export says below its picture. */
import { testCount } from '../experiment/dataRef.ts';
import { type Experiment, networkIds } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import { distinct } from '../records/summary.ts';
import { depthOfRun, type NetworkRun, wasAdjusted } from '../session/runs.ts';
import type { LabState } from '../session/store/state.ts';
import type { EngineInfo } from '../session/worker/protocol.ts';

/** What computes, in words. */
export function deviceText(device: EngineInfo['device']): string {
  if (device.kind === 'gpu') return device.name || text.engine.gpu;
  return text.engine.cpu(device.threads, [...(device.simd ? ['SIMD'] : []), ...(device.fma ? ['FMA'] : [])]);
}

/** An engine as the badge calls it; the backend is said where an engine has several. */
export function engineInShort({ engine, backend }: EngineInfo): string {
  const name = text.app.badge.engines[engine] ?? engine;
  return engine === backend ? name : `${name}, ${backend}`;
}

/** An engine with all that the page knows of it, in words. */
export function engineText(engine: EngineInfo | null): string {
  if (!engine) return text.charts.none;
  const { full, engines } = text.app.badge;
  return full(engines[engine.engine] ?? engine.engine, engine.backend, deviceText(engine.device));
}

const joined = (texts: readonly string[]): string => [...new Set(texts)].join('; ');

/** What a chart shows runs of. */
export interface ShownRuns {
  readonly runs: readonly Pick<NetworkRun, 'experiment' | 'engine'>[];
  /** The name of the data set of each run, or of all; null where it is not known. */
  readonly dataSet: string | null | readonly (string | null)[];
  readonly networks: string;
  /** What repeats them, as hashes of this page. */
  readonly links: readonly string[];
  /** What was done to the runs that their experiments do not say. */
  readonly notRepeated?: readonly string[];
}

/** Where the figures of a chart of runs come from. */
export function about({ runs, dataSet, networks, links, notRepeated = [] }: ShownRuns): ChartAbout {
  const data = runs.map(({ experiment }, index) =>
    text.app.dataSet(
      Array.isArray(dataSet) ? (dataSet[index] ?? null) : dataSet,
      experiment.training.train,
      testCount(experiment.training),
    ),
  );
  return {
    networks,
    link: links.map((link) => new URL(link, location.href).href).join(' '),
    notRepeated,
    seeds: distinct(runs.map(({ experiment }) => experiment.training.seed)),
    engine: joined(runs.map(({ engine }) => engineText(engine))),
    data: joined(data),
  };
}

/** Of the lab's charts. */
export function aboutLab(shown: Pick<LabState, 'experiment' | 'engine' | 'runs' | 'base' | 'dataSet'>): ChartAbout {
  const { experiment, engine, runs, base, dataSet } = shown;
  const { grafted, adjusted } = text.app.notRepeated;
  const isAdjusted = Object.values(runs).some((run) => wasAdjusted(run, experiment.training));
  return about({
    runs: [{ experiment, engine }],
    dataSet: dataSet?.name ?? null,
    networks: text.names.networks(experiment.networks, experiment.training.size, true).join('; '),
    links: [formatLink(experiment)],
    notRepeated: [...(base === null ? [] : [grafted]), ...(isAdjusted ? [adjusted] : [])],
  });
}

/** The experiments that repeat runs of one seed: as many networks in each as can stand side by side. */
function linksOf(runs: readonly NetworkRun[]): string[] {
  const [first] = runs;
  if (!first) return [];
  const all = runs.flatMap(({ experiment }) => experiment.networks);
  const networks = [...new Map(all.map((network) => [JSON.stringify(network), network])).values()];
  const most = networkIds.length;
  return Array.from({ length: Math.ceil(networks.length / most) }, (_, index) => {
    const some: Experiment = {
      networks: networks.slice(index * most, (index + 1) * most),
      training: first.experiment.training,
    };
    return formatLink(some);
  });
}

/**
 * Of a chart of finished runs; null where there are none.
 *
 * @param runs that differ in nothing but their networks and seeds
 * @param dataSet the name of what they were trained on, or null where it is not known
 */
export function aboutRuns(runs: readonly NetworkRun[], dataSet: string | null): ChartAbout | null {
  if (runs.length === 0) return null;
  const sorted = runs.toSorted((one, other) => depthOfRun(one) - depthOfRun(other));
  const seeds = distinct(sorted.map(({ experiment }) => experiment.training.seed));
  const ofSeed = (seed: number) => sorted.filter(({ experiment }) => experiment.training.seed === seed);
  const names = sorted.flatMap(({ experiment: { networks, training } }) =>
    networks.map((network) => text.names.network(network, training.size)),
  );
  return about({
    runs: sorted,
    dataSet,
    networks: [...new Set(names)].join('; '),
    links: seeds.flatMap((seed) => linksOf(ofSeed(seed))),
  });
}
