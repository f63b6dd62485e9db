/** Errors of a trained network that has been damaged, one place after the other. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** Batch norm's statistics in a damaged network: those of the whole one, or taken anew. */
export type LesionStatistics = 'kept' | 'reestimated';

export interface LesionsAsk {
  readonly statistics: LesionStatistics;
}

/** Misclassified fractions. */
export interface ErrorPair {
  readonly train: number;
  readonly test: number;
}

export interface Lesion extends ErrorPair {
  /** Which of the network's blocks and lone conv layers it is, counted from 1 at the input; of two that change places, the first. */
  readonly at: number;
  /** Names of its weight layers, or of both that change places. */
  readonly layers: readonly string[];
  /** Whether height, width or channels change there. */
  readonly changesShape: boolean;
  readonly hasShortcut: boolean;
}

export interface LesionsReport extends ExaminationReport {
  /** Training images that the training errors are measured on; `images` are the test images. */
  readonly trainImages: number;
  readonly statistics: LesionStatistics;
  /** Of the unharmed network, on the same images. */
  readonly whole: ErrorPair;
  /** Blocks and lone conv layers of the network. */
  readonly units: number;
  /** As far as they have been made. */
  readonly lesions: readonly Lesion[];
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly removals: { readonly ask: LesionsAsk; readonly report: LesionsReport };
    readonly swaps: { readonly ask: LesionsAsk; readonly report: LesionsReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const removals: Examination<'removals'> = { kind: 'removals', pausesTraining: true, statistics: 'kept' };

export const swaps: Examination<'swaps'> = { kind: 'swaps', pausesTraining: true, statistics: 'kept' };
