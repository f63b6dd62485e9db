import type { Look } from '../../plot/looks.ts';

interface MarkProps {
  readonly look: Look;
  /** Where the lesion changes the shape. */
  readonly isHollow: boolean;
}

/** The mark of a lesion around the origin, in the plot and in the legend. */
export function Mark({ look, isHollow }: MarkProps) {
  return (
    <path
      className="chart-mark chart-mark-lesion"
      d={look.shape}
      fill={isHollow ? 'var(--panel)' : look.color}
      stroke={look.color}
    />
  );
}
