import type { TrainingSpec } from './experiment.ts';

/**
 * Learning rate of one update: constant, or falling from `lr` to 0 at the end of the run, on a line or on half a
 * cosine (Loshchilov & Hutter 2016, without restarts).
 * @param step updates made before this one, from 0
 */
export function learningRate(training: Pick<TrainingSpec, 'lr' | 'schedule' | 'steps'>, step: number): number {
  const progress = Math.min(1, step / training.steps);
  switch (training.schedule) {
    case 'constant':
      return training.lr;
    case 'linear':
      return training.lr * (1 - progress);
    case 'cosine':
      return (training.lr * (1 + Math.cos(Math.PI * progress))) / 2;
  }
}
