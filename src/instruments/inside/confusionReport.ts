/** What a network takes the test images for, in evaluation mode. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** An image of which the network is wrong, and how. */
export interface ConfusedImage {
  /** Index among the test images. */
  readonly image: number;
  readonly label: number;
  /** The class that the network finds most probable. */
  readonly predicted: number;
  /** That it gives to `predicted`, and to the image's own class. */
  readonly probability: number;
  readonly ownProbability: number;
  /** −ln of `ownProbability`, from the logits, in nats. */
  readonly loss: number;
  /** Grey levels 0 … 255, row-major. */
  readonly pixels: Uint8Array;
}

export interface ConfusionReport extends ExaminationReport {
  /** Images by class (rows) and by the class that the network takes them for, [classes, classes], row-major. */
  readonly counts: readonly number[];
  /** Images by class whose logits are not numbers. */
  readonly undecided: readonly number[];
  /** The images of the largest loss among those that are misclassified, worst first. */
  readonly worst: readonly ConfusedImage[];
  /** Side of the images in pixels. */
  readonly size: number;
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly confusion: { readonly ask: object; readonly report: ConfusionReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const confusion: Examination<'confusion'> = { kind: 'confusion', pausesTraining: false };
