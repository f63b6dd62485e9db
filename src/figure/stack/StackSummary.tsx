import { memo, useMemo } from 'react';
import { useSeldom } from '../../ui/useSeldom.ts';
import { type BarsShown, summaryOf } from './table.ts';

/** While a network trains, its values change with every picture; nobody reads sentences as fast. */
const LAG_MS = 1000;

/** What the bars show, in a sentence for those who do not see them. It is there to be read, and not announced. */
export const StackSummary = memo(function StackSummary({ graph, values, quantity, from, to, isDead }: BarsShown) {
  const newest = useMemo(
    () => ({ graph, values, quantity, from, to, isDead }),
    [graph, values, quantity, from, to, isDead],
  );
  const read = useSeldom(newest, LAG_MS);
  const sentence = useMemo(() => summaryOf(read), [read]);
  return <p className="visually-hidden">{sentence}</p>;
});
