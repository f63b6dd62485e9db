/** The gradient with respect to the image, along the straight line between two test images (Balduzzi et al. 2017, arXiv 1702.08591). */
import type { ExaminationReport } from '../examination/report.ts';

/** Points of the line, its ends among them. */
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
