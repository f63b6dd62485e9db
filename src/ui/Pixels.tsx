import { memo, useLayoutEffect, useRef } from 'react';
import './pixels.css';

export interface PixelsProps {
  /** Levels 0 … 255, row-major: one a pixel, or red, green and blue. */
  readonly levels: Uint8Array;
  /** Pixels of a side. */
  readonly size: number;
  /** The text alternative; null where the text beside it says the same. */
  readonly label: string | null;
}

/** A small picture, scaled up pixel by pixel to the width it is given. */
export const Pixels = memo(function Pixels({ levels, size, label }: PixelsProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const image = new ImageData(size, size);
    const channels = levels.length / size ** 2;
    for (let at = 0; at < size ** 2; at++) {
      const own = levels.subarray(at * channels, (at + 1) * channels);
      const [red = 0, green = red, blue = red] = own;
      image.data.set([red, green, blue, 255], 4 * at);
    }
    ref.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [levels, size]);
  const role = label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={ref} className="pixels" width={size} height={size} {...role} />;
});
