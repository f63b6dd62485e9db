/** How long the run of the page will take yet, its evaluations included. */
import { calibrationImages, evaluationImages } from '../data/evaluationSample.ts';
import { testCount } from '../experiment/dataRef.ts';
import { evaluationsAfter, isEvaluationStep, LONG_RUN } from '../experiment/schedule.ts';
import { newestStep } from './selectors.ts';
import type { LabState } from './store/state.ts';

/**
 * Seconds left of a run that is under way, estimated from what its steps and evaluations have taken so far. `measuring` after the
 * last step, while errors are evaluated for the last time; null before there is anything to estimate from, and of no run.
 */
export function secondsLeft(
  state: Pick<LabState, 'status' | 'experiment' | 'runs' | 'speed'>,
): number | 'measuring' | null {
  const { status, experiment, speed } = state;
  const { steps } = experiment.training;
  const step = newestStep(state);
  if (status.kind !== 'running' || step === 0) return null;
  if (step >= steps) return 'measuring';
  if (speed?.msPerEvaluation == null) return null;
  const evaluations = evaluationsAfter(step, steps) + (isEvaluationStep(step, steps) ? unevaluated(state, step) : 0);
  return ((steps - step) * speed.msPerStep + evaluations * speed.msPerEvaluation) / 1000;
}

/** Milliseconds from which on an evaluation is worth a word. */
const LONG_EVALUATION = 2000;

/** Whether a run that is under way stands at its step because errors are evaluated there, for the last time or so long that somebody would wonder. */
export function isMeasuring(state: Pick<LabState, 'status' | 'experiment' | 'runs' | 'speed'>): boolean {
  const { status, experiment, speed } = state;
  const { steps } = experiment.training;
  const step = newestStep(state);
  if (status.kind !== 'running') return false;
  if (step >= steps) return true;
  const isLong = (speed?.msPerEvaluation ?? Number.POSITIVE_INFINITY) > LONG_EVALUATION;
  return isLong && isEvaluationStep(step, steps) && unevaluated(state, step) > 0;
}

/**
 * Seconds that a long run will take here before it starts, or the rest of it while it pauses, by the steps that have been timed; null of any other run, and
 * before they have been. What has not been timed is an evaluation: it takes an image forwards alone, which is a third of a step's work.
 */
export function secondsToCome(state: Pick<LabState, 'status' | 'experiment' | 'runs' | 'lastSpeed'>): number | null {
  const { status, experiment, lastSpeed } = state;
  const { training, networks } = experiment;
  const isStanding = status.kind === 'ready' || status.kind === 'paused';
  if (!isStanding || training.steps < LONG_RUN || lastSpeed?.experiment.networks !== networks) return null;
  const { msPerStep, msPerEvaluation } = lastSpeed.speed;
  const images = calibrationImages + evaluationImages + testCount(training);
  const evaluation = msPerEvaluation ?? (msPerStep * images) / (3 * training.batch);
  const step = newestStep(state);
  return ((training.steps - step) * msPerStep + evaluationsAfter(step, training.steps) * evaluation) / 1000;
}

/** Share of the networks that have not been evaluated at this step yet, of those that have not stopped. */
function unevaluated({ runs }: Pick<LabState, 'runs'>, step: number): number {
  const active = Object.values(runs).filter(({ overflow }) => overflow === null);
  const waiting = active.filter(({ evaluations }) => evaluations.at(-1)?.step !== step);
  return waiting.length / Math.max(1, active.length);
}
