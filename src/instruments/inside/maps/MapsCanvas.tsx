import { memo, useLayoutEffect, useRef } from 'react';
import type { ValueAxis } from '../../../plot/axis.ts';
import { type Canvas, cleared, colorOf, css } from '../../../plot/color.ts';
import type { ActivationMaps } from '../report.ts';
import { cornerOf, indexOf, type MapsLayout } from './layout.ts';

interface MapsCanvasProps {
  readonly maps: ActivationMaps;
  readonly layout: MapsLayout;
  readonly axis: ValueAxis;
  readonly width: number;
  readonly height: number;
}

function paint({ context, ratio }: Canvas, { maps, layout, axis }: MapsCanvasProps): void {
  // Edges on whole device pixels leave no seams between two values.
  const edge = (position: number) => Math.round(position * ratio);
  for (let channel = 0; channel < maps.channels; channel++) {
    const corner = cornerOf(layout, maps, channel);
    for (let row = 0; row < maps.height; row++) {
      const [top, bottom] = [edge(corner.y + row * layout.cell), edge(corner.y + (row + 1) * layout.cell)];
      for (let column = 0; column < maps.width; column++) {
        const [left, right] = [edge(corner.x + column * layout.cell), edge(corner.x + (column + 1) * layout.cell)];
        context.fillStyle = css(colorOf(axis, maps.values[indexOf(maps, { channel, row, column })] ?? Number.NaN));
        context.fillRect(left, top, right - left, bottom - top);
      }
    }
  }
}

/** The maps of all channels, each value a square of its colour. */
export const MapsCanvas = memo(function MapsCanvas(props: MapsCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current && cleared(ref.current, props);
    if (canvas) paint(canvas, props);
  });
  return <canvas ref={ref} className="chart-maps" style={{ width: props.width, height: props.height }} />;
});
