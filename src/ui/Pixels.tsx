import { memo, useLayoutEffect, useRef } from 'react';
import './pixels.css';

export interface PixelsProps {
  /** Grey levels 0 … 255, row-major. */
  readonly levels: Uint8Array;
  /** Pixels of a side. */
  readonly size: number;
  /** The text alternative; null where the text beside it says the same. */
  readonly label: string | null;
}

/** A small grey picture, scaled up pixel by pixel to the width it is given. */
export const Pixels = memo(function Pixels({ levels, size, label }: PixelsProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const image = new ImageData(size, size);
    levels.forEach((level, index) => {
      image.data.set([level, level, level, 255], 4 * index);
    });
    ref.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [levels, size]);
  const role = label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return <canvas ref={ref} className="pixels" width={size} height={size} {...role} />;
});
