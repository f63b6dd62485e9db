import type { Box } from '../../../plot/area.ts';

/** Where an image and the bars beside it stand in a plot, in pixels. */
export interface ProbabilityLayout {
  /** Side of the image, which stands in the upper left corner. */
  readonly image: number;
  /** Where the bars begin and end. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly rowHeight: number;
}

/** Widths in rem: of class names, and of a percentage behind its bar. */
const NAMES = 6.2;
const FIGURES = 3.4;
/** Height of the axis below, in rem. */
const AXIS = 2.3;
const IMAGE_SHARE = 0.32;

export function probabilityLayout({ width, height, rem }: Box, classes: number): ProbabilityLayout {
  const bottom = Math.max(classes, height - AXIS * rem);
  const image = Math.max(1, Math.min(IMAGE_SHARE * width, bottom));
  const left = image + NAMES * rem;
  return { image, left, right: Math.max(left + 1, width - FIGURES * rem), bottom, rowHeight: bottom / classes };
}

/** The class whose row a pixel is in. */
export function classAt({ rowHeight }: ProbabilityLayout, classes: number, y: number): number {
  return Math.min(classes - 1, Math.max(0, Math.floor(y / rowHeight)));
}
