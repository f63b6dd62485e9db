/** Gradients of an engine beside finite differences, computed in float64. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

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

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly gradients: { readonly ask: object; readonly report: GradientsReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const gradients: Examination<'gradients'> = { kind: 'gradients', pausesTraining: true };
