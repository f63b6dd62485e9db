import type { ChartAbout } from '../charts/tools/about.ts';
import { evaluationImages } from '../data/evaluationSample.ts';
import { text } from '../messages/messages.ts';
import { formatLink } from '../spec/link.ts';
import type { LabState } from '../store/state.ts';
import type { EngineInfo } from '../worker/protocol.ts';
import { networkNames } from './networkNames.ts';

/** An engine with all that the page knows of it, in words. */
export function engineText(engine: EngineInfo | null): string {
  if (!engine) return text.charts.none;
  const { full, engines } = text.app.badge;
  return full(engines[engine.engine] ?? engine.engine, engine.backend, text.engine.device(engine.device));
}

/** Where the figures of the lab's charts come from. */
export function aboutLab({ experiment, engine }: Pick<LabState, 'experiment' | 'engine'>): ChartAbout {
  return {
    networks: networkNames(experiment.networks).join(', '),
    link: new URL(formatLink(experiment), location.href).href,
    seeds: [experiment.training.seed],
    engine: engineText(engine),
    data: text.app.dataSet(experiment.training.train, evaluationImages),
  };
}
