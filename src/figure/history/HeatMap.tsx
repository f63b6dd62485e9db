import { memo, useLayoutEffect, useRef } from 'react';
import type { PlotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { binning, type Rows } from './grid.ts';
import { type Painted, paint } from './paint.ts';

interface HeatMapProps {
  readonly area: PlotArea;
  readonly rows: Rows;
  readonly steps: number;
  readonly axis: ValueAxis;
  /** Steps of the whole width. */
  readonly lastStep: number;
}

/** How many cells there may be: one a device pixel. */
export function roomFor(area: PlotArea): { readonly columns: number; readonly rows: number } {
  const ratio = globalThis.devicePixelRatio ?? 1;
  return {
    columns: Math.floor((area.right - area.left) * ratio),
    rows: Math.floor((area.bottom - area.top) * ratio),
  };
}

/** The cells of a gradient history on a canvas. */
export const HeatMap = memo(function HeatMap({ area, rows, steps, axis, lastStep }: HeatMapProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted>(null);
  const room = roomFor(area);
  const bins = binning(lastStep, rows.layers, room.columns, room.rows);
  useLayoutEffect(() => {
    let frame = 0;
    const paintOn = () => {
      if (ref.current === null) return;
      painted.current = paint(ref.current, painted.current, { rows, steps, axis, binning: bins });
      if (painted.current.picture.steps < steps) frame = requestAnimationFrame(paintOn);
    };
    paintOn();
    return () => cancelAnimationFrame(frame);
  });
  // The last column and row may hold fewer steps and layers than the others; what they lack is cut off.
  const width = ((area.right - area.left) * bins.columns * bins.stepsPerColumn) / lastStep;
  const height = ((area.bottom - area.top) * bins.rows * bins.layersPerRow) / rows.layers;
  return (
    <div
      className="chart-heat"
      style={{
        left: area.left,
        top: area.top,
        width: area.right - area.left,
        height: area.bottom - area.top,
      }}
    >
      <canvas ref={ref} style={{ width, height }} />
    </div>
  );
});
