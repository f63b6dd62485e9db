import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { BarAxis } from '../bars/BarAxis.tsx';
import type { StackLayout } from './StackRows.tsx';

interface AxisHeadProps {
  readonly layout: Pick<StackLayout, 'width' | 'head' | 'lanes' | 'scale'>;
  readonly axis: ValueAxis;
}

/** Powers of ten are narrow: their labels may stand closer than a rem's full size asks for. */
const LABEL_ROOM = 14;

/** About how long a character of a label is, and how far the first number reaches to the left of the axis, in pixels at the usual size. */
const CHARACTER = 7;
const HALF_NUMBER = 16;

/** The numbers of the axis; they stay in sight while a deep stack scrolls below them. */
export const AxisHead = memo(function AxisHead({ layout, axis }: AxisHeadProps) {
  const { width, head, lanes, scale } = layout;
  const { input, inputShort } = text.stack;
  const isTight = input.length * CHARACTER * scale > lanes.bars.from - HALF_NUMBER * scale;
  return (
    <svg className="stack-axis" width={width} height={head} aria-hidden="true">
      <text className="stack-label stack-shape" x={isTight ? lanes.blocks.from : 0} y={head - 8}>
        {isTight ? inputShort : input}
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
