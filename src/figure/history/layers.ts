import { ticks } from 'd3';
import type { PlotArea } from '../../plot/area.ts';

export interface LayerTick {
  /** Counted from 1 at the input. */
  readonly layer: number;
  /** Middle of the layer's row. */
  readonly y: number;
}

/** Numbers beside a heat map: the first and the last layer, and round ones between where there is room. */
export function layerTicks(layers: number, area: PlotArea, rem: number): LayerTick[] {
  if (layers === 0) return [];
  const height = (area.bottom - area.top) / layers;
  const y = (layer: number) => area.top + (layer - 0.5) * height;
  const between = ticks(1, layers, Math.min(4, Math.floor((area.bottom - area.top) / (2 * rem)))).filter(
    (layer) => Number.isInteger(layer) && Math.min(y(layer) - y(1), y(layers) - y(layer)) >= 1.2 * rem,
  );
  return [...new Set([1, ...between, layers])].map((layer) => ({ layer, y: y(layer) }));
}
