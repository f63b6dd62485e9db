import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { familyStack } from '../../experiment/families.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { gradientTheory } from '../../network/theory.ts';
import { PredictedContext, PredictedLine, usePrediction } from './PredictedLine.tsx';

const spec = { ...presets.f7.network, stack: familyStack({ preset: 'f7', kind: 'plain', layers: 4, width: 8 }) };
const graph = buildGraph(spec, 14);

/** What there is to say of the theory. */
function Told(predicted: Parameters<typeof usePrediction>[0]) {
  const theory = usePrediction(predicted);
  return theory && (theory.holds ? 'holds' : 'holds at step 1');
}

/** What is drawn, and what stands in the legend, with the mean of these steps on view. */
function shown(from: number, to: number, isShown = true): readonly [isDrawn: boolean, legend: string] {
  const predicted = { spec, graph, steps: [from, to] } as const;
  const line = (
    <PredictedLine
      {...predicted}
      values={[1e-3, 1e-2, 1e-1, 1]}
      axis={{ kind: 'log', min: 1e-6, max: 1 }}
      rowHeight={10}
      lane={{ from: 0, to: 100 }}
    />
  );
  const render = (part: React.ReactNode) =>
    renderToStaticMarkup(<PredictedContext value={isShown ? gradientTheory : null}>{part}</PredictedContext>);
  return [render(line).includes('<polyline'), render(<Told {...predicted} />)];
}

describe('the theory’s line', () => {
  it('is drawn at the first step, whose gradients are those of initial weights, and named', () => {
    expect(shown(1, 1)).toEqual([true, 'holds']);
  });

  it('is not drawn at later steps, nor over the mean of several; the legend says where it is', () => {
    expect(shown(2, 2)).toEqual([false, 'holds at step 1']);
    expect(shown(1, 8)).toEqual([false, 'holds at step 1']);
  });

  it('is not mentioned before the first step, or where it is not asked for', () => {
    expect(shown(0, 0)).toEqual([false, '']);
    expect(shown(1, 1, false)).toEqual([false, '']);
  });
});
