/** What a page can ask of an embed that has been run: downloaded with the application. */
import { answerWithin } from '../experiment/answerWithin.ts';
import { networkIds } from '../experiment/experiment.ts';
import { aboutLab } from '../figure/about.ts';
import { measuredAt, stepShown } from '../figure/stack/values.ts';
import { text } from '../messages/messages.ts';
import { aboutLines } from '../plot/about.ts';
import { pngPicture, svgPicture } from '../plot/picture.ts';
import { findingOf } from '../records/finding.ts';
import { diedAt } from '../records/run.ts';
import { newestStep } from '../session/selectors.ts';
import type { Lab } from '../session/store/lab.ts';
import type { LabState } from '../session/store/state.ts';
import { when } from '../session/when.ts';
import { type Bet, isBetRight } from './bet.ts';
import { HostError, type Params } from './protocol.ts';

/** What the run has come to; null before its first step. */
export function resultOf({ experiment, runs, status }: LabState) {
  const names = text.names.networks(experiment.networks, experiment.training.size);
  const steps = newestStep({ runs });
  if (steps === 0) return null;
  const finding = findingOf(experiment, runs, status.kind !== 'running');
  return {
    steps,
    planned: experiment.training.steps,
    isOver: status.kind === 'finished',
    networks: names.map((name, index) => {
      const id = networkIds[index] ?? 'a';
      const run = runs[id];
      const last = run?.evaluations.at(-1);
      return {
        id,
        name,
        trainError: last?.trainError ?? null,
        testError: last?.testError ?? null,
        countedAt: last?.step ?? null,
        overflowedAt: run?.overflow?.step ?? null,
        diedAt: run ? diedAt(run) : null,
      };
    }),
    /** What it showed, in words. */
    sentences: finding ? text.finding.sentences(finding, names) : [],
  };
}

/** Whether a bet has come true by the end of a run; null where that does not say. */
export function betCame(bet: Bet, { experiment, runs }: LabState): boolean | null {
  const finding = findingOf(experiment, runs, true);
  return finding && isBetRight(bet, finding);
}

/** One quantity of every weight layer, input first, at a recorded step. */
export function measureOf({ experiment, runs, viewStep }: LabState, { network, quantity, step }: Params<'measure'>) {
  const run = runs[network];
  const index = networkIds.indexOf(network);
  if (index >= experiment.networks.length) throw new HostError('noNetwork', `There is no network ${network}.`);
  const at = stepShown(run, step ?? viewStep);
  if (step !== null && step !== at)
    throw new HostError('noStep', `Step ${step} has not been recorded; the newest is ${at}.`);
  const measured = measuredAt(run, at, run?.layerNames.length ?? 0);
  if (!run || !measured) throw new HostError('noStep', 'Nothing has been measured yet.');
  return { network, quantity, step: at, layers: run.layerNames, values: [...measured[quantity]] };
}

/** The figure as a picture that stands on its own. */
export async function pictureOf(lab: Lab, { format }: Params<'picture'>) {
  const figure = document.querySelector<HTMLElement>('.figure');
  if (!figure) throw new HostError('noPicture', 'There is no figure here to be drawn.');
  const state = lab.store.getState();
  const title = text.names.networks(state.experiment.networks, state.experiment.training.size).join(' · ');
  const summary = resultOf(state)?.sentences.join(' ') ?? '';
  const svg = svgPicture(figure, { title, summary, about: aboutLines(aboutLab(state), new Date()) });
  return { format, title, summary, picture: format === 'svg' ? svg : await pngPicture(svg) };
}

/** Milliseconds that one step may take before a page is told that it does not come. */
const STEP_MS = 60_000;

/** Trains so many steps, and pauses. */
export async function trainSteps(lab: Lab, { steps }: Params<'step'>) {
  const { store, commands } = lab;
  for (let done = 0; done < steps; done++) {
    const before = newestStep(store.getState());
    if (before >= store.getState().experiment.training.steps) break;
    commands.step();
    await reached(lab, (state) => newestStep(state) > before);
  }
  return { step: newestStep(store.getState()) };
}

/** Waits for a state, or for the failure that keeps it from coming. */
async function reached(lab: Lab, isReached: (state: LabState) => boolean): Promise<void> {
  const hasFailed = ({ status }: LabState) => status.kind === 'failed';
  const ended = when(lab, (state) => hasFailed(state) || isReached(state));
  const state = await answerWithin(STEP_MS, 'The step', () => ended).catch(() => {
    throw new HostError('lost', 'The step was not made in time.');
  });
  if (hasFailed(state)) throw new HostError('lost', 'Training has failed.');
}
