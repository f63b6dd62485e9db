/** The 2×2 windows, stride 2, of both pools. */
import type { Batch } from './reference.ts';

/** Shape of the pooled batch: an odd side's last window overhangs the edge. */
export function pooledShape([images, rows, columns, channels]: Batch['shape']): Batch['shape'] {
  return [images, Math.ceil(rows / 2), Math.ceil(columns / 2), channels];
}

/**
 * Visits every window of `x`, in the order of the pooled values.
 * @param visit gets the index of the pooled value, and those of the one to four values of `x` in its window
 */
export function forEachWindow(x: Batch, visit: (pooled: number, members: readonly number[]) => void): void {
  const [images, rows, columns, channels] = x.shape;
  const starts = (side: number) => Array.from({ length: Math.ceil(side / 2) }, (_, i) => 2 * i);
  let pooled = 0;
  for (let image = 0; image < images; image++) {
    for (const top of starts(rows)) {
      for (const left of starts(columns)) {
        const pixels: number[] = [];
        for (let row = top; row < Math.min(top + 2, rows); row++) {
          for (let column = left; column < Math.min(left + 2, columns); column++) {
            pixels.push(((image * rows + row) * columns + column) * channels);
          }
        }
        for (let channel = 0; channel < channels; channel++) {
          visit(
            pooled++,
            pixels.map((pixel) => pixel + channel),
          );
        }
      }
    }
  }
}
