/** When in a run the learning rate falls, and when errors are evaluated. */
import type { TrainingSpec } from './experiment.ts';
import { listNumbers } from './settings.ts';

type Schedule = Pick<
  TrainingSpec,
  'lr' | 'schedule' | 'steps' | 'milestones' | 'stepfactor' | 'warmup' | 'warmupform' | 'warmupfactor'
>;

/**
 * Learning rate of one update: `lr` times what the schedule and the warm-up leave of it.
 * @param step updates made before this one, from 0
 */
export function learningRate(training: Schedule, step: number): number {
  return warm(training, step, scheduled(training, step));
}

/**
 * Constant; or falling to 0 at the end of the run, on a line or on half a cosine (Loshchilov & Hutter 2016, without restarts); or multiplied by a
 * factor at each milestone.
 */
function scheduled(training: Schedule, step: number): number {
  const progress = Math.min(1, step / training.steps);
  switch (training.schedule) {
    case 'constant':
      return training.lr;
    case 'linear':
      return training.lr * (1 - progress);
    case 'cosine':
      return (training.lr * (1 + Math.cos(Math.PI * progress))) / 2;
    case 'steps': {
      const passed = listNumbers(training.milestones).filter((percent) => progress >= percent / 100);
      return training.lr * training.stepfactor ** passed.length;
    }
  }
}

/** A rate in the steps of the warm-up: a share of it, which rises on a line or stays. */
function warm({ warmup, warmupform, warmupfactor }: Schedule, step: number, rate: number): number {
  if (step >= warmup) return rate;
  return rate * (warmupform === 'constant' ? warmupfactor : warmupfactor + (1 - warmupfactor) * (step / warmup));
}

/** Steps from which on a run takes so long that it may be interrupted, and that people ask how long before it starts. */
export const LONG_RUN = 1000;

/** Evaluations in a run, besides the one before its first step, and steps after which a long run has another. */
const EVALUATIONS = 10;
const MOST_BETWEEN = 1000;

function interval(steps: number): number {
  return Math.max(1, Math.min(MOST_BETWEEN, Math.round(steps / EVALUATIONS)));
}

/** Whether errors are evaluated after a step of a run: about ten times on the way, in long runs every thousand steps, and at its end; and before the first, at 0. */
export function isEvaluationStep(step: number, steps: number): boolean {
  return step === steps || step % interval(steps) === 0;
}

/** How many evaluations are due at the steps behind this one. */
export function evaluationsAfter(step: number, steps: number): number {
  if (step >= steps) return 0;
  const every = interval(steps);
  return Math.floor(steps / every) - Math.floor(step / every) + (steps % every === 0 ? 0 : 1);
}
