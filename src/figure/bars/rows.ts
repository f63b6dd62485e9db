import type { ValueAxis } from '../../plot/axis.ts';
import { type Mark, place } from '../../plot/scale.ts';

/** One bar, in the units of the frame. */
export interface BarRow {
  /** Index of the weight layer, 0 at the input. */
  readonly layer: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  /** 0 for marks that have no length. */
  readonly width: number;
  readonly height: number;
  readonly mark: Mark;
}

export interface BarFrame {
  /** Where the axis begins and how long it is. */
  readonly x: number;
  readonly width: number;
  /** Distance from one row to the next. */
  readonly rowHeight: number;
  /** Empty space between two bars; rows of a few pixels give up theirs first. */
  readonly gap: number;
}

/** The bar of one value in a row whose top is at `y`. */
export function barRow(value: number, axis: ValueAxis, frame: BarFrame, layer = 0, y = 0): BarRow {
  const { at, mark } = place(axis, value);
  const gap = Math.min(frame.gap, frame.rowHeight / 4);
  return {
    layer,
    value,
    x: frame.x,
    y: y + gap / 2,
    width: at * frame.width,
    height: frame.rowHeight - gap,
    mark,
  };
}
