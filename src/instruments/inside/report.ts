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

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly inside: { readonly ask: InsideAsk; readonly report: InsideReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const inside: Examination<'inside'> = {
  kind: 'inside',
  pausesTraining: false,
  image: 0,
  layer: 0,
  at: 'output',
};
