import type { ValueAxis } from '../../plot/axis.ts';
import { colorsOn } from '../../plot/color.ts';
import type { SliceReport } from './report.ts';
import { nearestPoint } from './slices.ts';

/**
 * The colours of a plane, one pixel a point, row-major RGBA from the top, where the second direction ends. A place that is not known
 * has the colour of the coarser point that stands for it; before the first is known all is transparent.
 */
export function planePixels(report: SliceReport, axis: ValueAxis): Uint8ClampedArray<ArrayBuffer> {
  const { side } = report;
  const colored = colorsOn(axis);
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point = nearestPoint(report, column, row);
      if (point) pixels.set([...colored(point.loss), 255], ((side - 1 - row) * side + column) * 4);
    }
  }
  return pixels;
}
