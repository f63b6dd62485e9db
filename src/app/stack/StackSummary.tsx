import { memo, useMemo } from 'react';
import type { Quantity } from '../../measurements/records.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { useSeldom } from '../../ui/useSeldom.ts';
import { summaryOf } from './table.ts';

/** While a network trains, its values change with every picture; nobody reads sentences as fast. */
const LAG_MS = 1000;

interface StackSummaryProps {
  readonly graph: NetworkGraph;
  readonly values: Float32Array;
  readonly quantity: Quantity;
  /** The first and the last of the steps whose mean the values are. */
  readonly from: number;
  readonly to: number;
}

/** What the bars show, in a sentence for those who do not see them. It is there to be read, and not announced. */
export const StackSummary = memo(function StackSummary({ graph, values, quantity, from, to }: StackSummaryProps) {
  const newest = useMemo(
    () => ({ graph, values, quantity, steps: [from, to] as const }),
    [graph, values, quantity, from, to],
  );
  const read = useSeldom(newest, LAG_MS);
  const sentence = useMemo(() => summaryOf(read.graph, read.values, read.quantity, read.steps), [read]);
  return <p className="visually-hidden">{sentence}</p>;
});
