/** Where the crosses of diverged runs have room to say at which step. */
import type { PlotArea } from '../../plot/area.ts';

export interface CrossLabel {
  /** `full` says "diverged at step 12", `short` the step alone. */
  readonly text: 'full' | 'short' | null;
  readonly side: 'left' | 'right';
}

/** Pixels that a label takes beside its cross. */
export interface LabelWidths {
  readonly full: number;
  readonly short: number;
}

type Interval = readonly [from: number, to: number];

/** Half a cross and the space around it. */
const CROSS = 8;

function touches([from, to]: Interval, others: readonly Interval[]): boolean {
  return others.some(([otherFrom, otherTo]) => from < otherTo && to > otherFrom);
}

/**
 * The labels of crosses in a row: in full where there is room beside the other crosses and labels, else short, else none.
 * They stand at the right, or at the left where the plot ends.
 *
 * @param centers of the crosses, in pixels
 */
export function crossLabels(centers: readonly number[], widths: LabelWidths, { right }: PlotArea): CrossLabel[] {
  const crosses = centers.map((x): Interval => [x - CROSS, x + CROSS]);
  const taken: Interval[] = [];
  return centers.map((x, index) => {
    const others = [...crosses.filter((_, other) => other !== index), ...taken];
    for (const text of ['full', 'short'] as const) {
      const side = x + CROSS + widths[text] > right ? 'left' : 'right';
      const place: Interval =
        side === 'right' ? [x + CROSS, x + CROSS + widths[text]] : [x - CROSS - widths[text], x - CROSS];
      if (touches(place, others)) continue;
      taken.push(place);
      return { text, side };
    }
    return { text: null, side: 'right' };
  });
}
