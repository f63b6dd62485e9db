/** Gradients of an engine beside finite differences, computed in float64. */
import type { ExaminationReport } from '../examination/report.ts';

/** One number of the network: its gradient as the engine computes it, and as nudging it up and down shows it. */
export interface GradientPair {
  /** Of the parameter, for instance `conv 3 weight`. */
  readonly name: string;
  /** Which of its numbers. */
  readonly index: number;
  readonly engine: number;
  readonly finiteDifference: number;
}

export interface GradientsReport extends ExaminationReport {
  /** As far as they have been computed. */
  readonly pairs: readonly GradientPair[];
}
