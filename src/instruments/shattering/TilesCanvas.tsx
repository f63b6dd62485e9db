import { memo, useLayoutEffect, useRef } from 'react';
import { type Canvas, cleared } from '../../plot/color.ts';
import { LINE_POINTS } from './report.ts';
import { cornerOf, type TilesLayout } from './tiles.ts';

/** The pictures of one band as RGBA, one after the other. */
export type BandPixels = Uint8ClampedArray<ArrayBuffer>;

interface TilesCanvasProps {
  readonly bands: readonly BandPixels[];
  /** Side of a picture in its own pixels. */
  readonly size: number;
  readonly layout: TilesLayout;
  readonly width: number;
  readonly height: number;
}

/** Between two pictures, in CSS pixels. */
const GAP = 1;

function paint({ context, ratio }: Canvas, { bands, size, layout }: TilesCanvasProps): void {
  const source = document.createElement('canvas');
  source.width = size;
  source.height = size * LINE_POINTS;
  const whole = source.getContext('2d');
  if (!whole) return;
  // Enlarged, a pixel stays a square; where there is no room for all pixels, they are averaged.
  context.imageSmoothingEnabled = layout.side * ratio < size;
  const side = Math.max(1, Math.floor((layout.side - GAP) * ratio));
  bands.forEach((pixels, band) => {
    whole.putImageData(new ImageData(pixels, size, size * LINE_POINTS), 0, 0);
    for (let point = 0; point < LINE_POINTS; point++) {
      const { x, y } = cornerOf(layout, band, point);
      context.drawImage(source, 0, point * size, size, size, Math.round(x * ratio), Math.round(y * ratio), side, side);
    }
  });
}

/** The pictures of all bands. */
export const TilesCanvas = memo(function TilesCanvas(props: TilesCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current && cleared(ref.current, props);
    if (canvas) paint(canvas, props);
  });
  return (
    <div className="chart-heat" style={{ inset: 0 }}>
      <canvas ref={ref} style={{ width: props.width, height: props.height }} />
    </div>
  );
});
