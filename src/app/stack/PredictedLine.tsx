import { createContext, useContext, useMemo } from 'react';
import type { ValueAxis } from '../../charts/scale/axis.ts';
import { place } from '../../charts/scale/place.ts';
import type { Span } from '../../charts/stack/lanes.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { predictedFactor } from '../../network/predictedFactor.ts';
import type { NetworkSpec } from '../../spec/experiment.ts';

/** Whether the gradient that theory predicts is drawn over the bars. */
export const PredictedContext = createContext(false);

interface PredictedLineProps {
  readonly spec: NetworkSpec;
  readonly graph: NetworkGraph;
  /** The signal gradient of each weight layer at the step on view. */
  readonly values: ArrayLike<number>;
  readonly axis: ValueAxis;
  readonly rowHeight: number;
  readonly lane: Span;
}

/** From the last conv layer's bar upwards: what the others would be if every layer multiplied the gradient by the predicted factor. */
export function PredictedLine({ spec, graph, values, axis, rowHeight, lane }: PredictedLineProps) {
  const isShown = useContext(PredictedContext);
  const theory = useMemo(() => predictedFactor(spec, graph), [spec, graph]);
  const convs = graph.layers.filter(({ kind }) => kind === 'conv');
  const last = values[convs.at(-1)?.index ?? -1];
  if (!isShown || !theory || !(last && last > 0)) return null;
  const points = convs.map(({ row }, index) => {
    const { at } = place(axis, last * theory.factor ** (convs.length - 1 - index));
    return `${lane.from + at * (lane.to - lane.from)},${(row + 0.5) * rowHeight}`;
  });
  return <polyline className="stack-predicted" points={points.join(' ')} />;
}
