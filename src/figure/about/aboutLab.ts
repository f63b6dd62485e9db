import { evaluationImages } from '../../data/evaluationSample.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import { text } from '../../messages/messages.ts';
import type { ChartAbout } from '../../plot/about.ts';
import { distinct } from '../../records/summary.ts';
import { wasAdjusted } from '../../session/store/finishedRuns.ts';
import type { LabState } from '../../session/store/state.ts';
import type { EngineInfo } from '../../session/worker/protocol.ts';

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
