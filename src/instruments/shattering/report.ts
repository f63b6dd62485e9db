/** The gradient with respect to the image, along the straight line between two test images (Balduzzi et al. 2017, arXiv 1702.08591). */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** Points of the line, its ends among them. */
/** As it is asked for where nobody has chosen. */
export const LINE_POINTS = 33;

export interface ShatteringAsk {
  /** Two test images, by index. The first two are of different classes, as every prefix of the data is balanced. */
  readonly ends: readonly [number, number];
}

export interface ShatteringReport extends ExaminationReport, ShatteringAsk {
  /** Classes of the ends. The loss that is differentiated has the first one's as its label, all along the line. */
  readonly labels: readonly [number, number];
  /** Side of the images in pixels. */
  readonly size: number;
  /** The points: grey levels 0 … 255, [points, size, size]. */
  readonly line: Uint8Array;
  /** ∂L/∂x of each point's own loss L, with batch norm fixed as in evaluation, [points, size, size]. */
  readonly gradients: Float32Array;
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly shattering: { readonly ask: ShatteringAsk; readonly report: ShatteringReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const shattering: Examination<'shattering'> = { kind: 'shattering', pausesTraining: true, ends: [0, 1] };
