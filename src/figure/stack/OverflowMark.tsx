import { text } from '../../messages/messages.ts';
import type { Run } from '../../records/run.ts';
import { WarningIcon } from './icons.tsx';

/** Its height, in pixels. */
export const SIGN = 16;

/** A warning sign beside the layer whose numbers stopped being finite first; its centre right is at (x, y). */
export function OverflowMark({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <path
      className="stack-overflow-mark"
      transform={`translate(${x - 14},${y - 7})`}
      d="M7 1l6.5 12h-13zM7 5v4M7 10.8v.4"
    />
  );
}

/** When and where the numbers stopped being finite, and the network with them. */
export function OverflowLine({ overflow }: { readonly overflow: NonNullable<Run['overflow']> & { name: string } }) {
  const { where, step, name } = overflow;
  const place = where === 'loss' ? text.stack.overflowOf.loss : text.stack.overflowOf[where](name);
  return (
    <p className="stack-overflow">
      <WarningIcon />
      {text.stack.overflow(step, place)}
    </p>
  );
}
