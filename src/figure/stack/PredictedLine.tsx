import { createContext, useContext, useMemo } from 'react';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { place } from '../../plot/scale.ts';
import type { Span } from './layout.ts';

/** The gradient that theory predicts of each conv layer, to be drawn over the bars; null for none. */
export type Theory = (graph: NetworkGraph, spec: NetworkSpec) => readonly number[] | null;

/** Lessons bring it: it is in no other part of the page. */
export const PredictedContext = createContext<Theory | null>(null);

interface Predicted {
  readonly spec: NetworkSpec;
  readonly graph: NetworkGraph;
  /** The first and the last of the steps on view. */
  readonly steps: readonly [from: number, to: number];
}

/** What is to be drawn, if anything, and whether it holds at the steps on view: theory speaks of initial weights, which step 1 measures. */
export function usePrediction({ spec, graph, steps: [from, to] }: Predicted) {
  const theory = useContext(PredictedContext);
  const gradients = useMemo(() => theory?.(graph, spec) ?? null, [theory, spec, graph]);
  return gradients && to > 0 ? { gradients, holds: from === 1 && to === 1 } : null;
}

interface PredictedLineProps extends Predicted {
  /** The signal gradient of each weight layer at the step on view. */
  readonly values: ArrayLike<number>;
  readonly axis: ValueAxis;
  readonly rowHeight: number;
  readonly lane: Span;
}

/**
 * Through the end of the last conv layer's bar, as theory says how the gradient changes and not how large it is. At other steps than the
 * first there is no line.
 */
export function PredictedLine({ values, axis, rowHeight, lane, ...predicted }: PredictedLineProps) {
  const theory = usePrediction(predicted);
  const convs = predicted.graph.layers.filter(({ kind }) => kind === 'conv');
  const last = values[convs.at(-1)?.index ?? -1];
  if (!theory?.holds || !(last && last > 0)) return null;
  const points = convs.map(({ row }, index) => {
    const { at } = place(axis, last * (theory.gradients[index] ?? Number.NaN));
    return `${lane.from + at * (lane.to - lane.from)},${(row + 0.5) * rowHeight}`;
  });
  return (
    <polyline
      className="stack-predicted"
      fill="none"
      stroke="var(--ink)"
      strokeDasharray="4 3"
      strokeWidth={1.75}
      paintOrder="stroke"
      points={points.join(' ')}
    />
  );
}
