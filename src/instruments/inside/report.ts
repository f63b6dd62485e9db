/** One test image on its way through a network, in evaluation mode. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** Where a layer is looked at: behind its activation (and addition), or behind its normalisation. */
export type LookedAt = 'output' | 'response';

export interface InsideAsk {
  /** Index among the test images. */
  readonly image: number;
  /** Index of the weight layer whose activations are shown. */
  readonly layer: number;
  readonly at: LookedAt;
}

/** What a layer puts out for one image. */
export interface ActivationMaps {
  /** [height, width, channels], row-major. */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface InsideReport extends ExaminationReport, InsideAsk {
  /** Side of the image in pixels. */
  readonly size: number;
  /** Grey levels 0 … 255, row-major. */
  readonly pixels: Uint8Array;
  readonly probabilities: readonly number[];
  readonly maps: ActivationMaps;
  /** Of all test images, so that one can walk among those of a class. */
  readonly labels: Uint8Array;
}

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
    readonly inside: { readonly ask: InsideAsk; readonly report: InsideReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const confusion: Examination<'confusion'> = { kind: 'confusion', pausesTraining: false };

export const inside: Examination<'inside'> = {
  kind: 'inside',
  pausesTraining: false,
  image: 0,
  layer: 0,
  at: 'output',
};
