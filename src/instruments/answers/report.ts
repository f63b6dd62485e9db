/** Ten test images, one of each class, and what a network takes each of them for. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

export interface AnsweredImage {
  /** Its class. */
  readonly label: number;
  /** The class that the network finds most probable; null where it was not asked, or its numbers are none. */
  readonly answer: number | null;
  /** Levels 0 … 255, [size, size, channels]. */
  readonly pixels: Uint8Array;
}

export interface AnswersReport extends ExaminationReport {
  /** In the order of their classes. */
  readonly answered: readonly AnsweredImage[];
  /** Side of the images in pixels. */
  readonly size: number;
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly answers: {
      /** `isAnswered`: the network is asked; else the images alone are shown. */
      readonly ask: { readonly isAnswered: boolean };
      readonly report: AnswersReport;
    };
  }
}

export const answers: Examination<'answers'> = { kind: 'answers', pausesTraining: false, isAnswered: true };
