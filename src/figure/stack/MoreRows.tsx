/** Signs that a stack goes on out of sight; screen readers have the layer cursor, which knows all of its rows. */
import { text } from '../../messages/messages.ts';

interface MoreProps {
  /** Out of sight on this side. */
  readonly rows: number;
}

export function MoreAbove({ rows }: MoreProps) {
  if (rows === 0) return null;
  return (
    <p className="stack-more stack-more-above" aria-hidden="true" data-export="no">
      <span>{text.stack.moreAbove(rows)}</span>
    </p>
  );
}

export function MoreBelow({ rows }: MoreProps) {
  if (rows === 0) return null;
  return (
    <p className="stack-more stack-more-below" aria-hidden="true" data-export="no">
      <span>{text.stack.moreBelow(rows)}</span>
    </p>
  );
}
