import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/scale/axis.ts';
import { BarAxis } from '../bars/BarAxis.tsx';
import type { StackLayout } from './StackRows.tsx';

interface AxisHeadProps {
  readonly layout: Pick<StackLayout, 'width' | 'head' | 'lanes' | 'scale'>;
  readonly axis: ValueAxis;
}

/** Powers of ten are narrow: their labels may stand closer than a rem's full size asks for. */
const LABEL_ROOM = 12;

/** The numbers of the axis; they stay in sight while a deep stack scrolls below them. */
export const AxisHead = memo(function AxisHead({ layout, axis }: AxisHeadProps) {
  const { width, head, lanes, scale } = layout;
  return (
    <svg className="stack-axis" width={width} height={head} aria-hidden="true">
      <text className="stack-label stack-shape" x="0" y={head - 8}>
        {text.stack.input}
      </text>
      <BarAxis
        axis={axis}
        x={lanes.bars.from}
        width={lanes.bars.to - lanes.bars.from}
        y={head - 8}
        bottom={head}
        rem={LABEL_ROOM * scale}
      />
    </svg>
  );
});
