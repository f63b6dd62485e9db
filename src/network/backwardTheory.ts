/** What every prediction of the gradient at initialisation starts from. */
import type { NetworkSpec } from '../experiment/experiment.ts';
import type { Parameter } from './graph.ts';

/** Variance of a layer's initial weights. @see init.ts */
export function weightVariance(
  { fanIn, fanOut, shape }: Pick<Parameter, 'fanIn' | 'fanOut' | 'shape'>,
  { init, std, gain }: Pick<NetworkSpec, 'init' | 'std' | 'gain'>,
): number {
  const variances = {
    he: 2 / fanIn,
    xavier: 2 / (fanIn + fanOut),
    normal: std ** 2,
    orthogonal: 1 / Math.max(fanIn, shape.at(-1) ?? 1),
  };
  return gain ** 2 * variances[init];
}

/**
 * For each of a 3×3 conv's three taps along one side: at what share of its outputs it lies within the map, and not in the zero
 * padding around it.
 * @param outputs positions of the output along the side
 * @param inputs positions of the map it reads
 */
export function tapShares(outputs: number, stride: 1 | 2, inputs: number): readonly number[] {
  return [-1, 0, 1].map((tap) => {
    let inside = 0;
    for (let output = 0; output < outputs; output++) {
      const at = output * stride + tap;
      if (at >= 0 && at < inputs) inside++;
    }
    return inside / outputs;
  });
}

/** Share of all taps along one side that lie within the map. */
export function insideShare(outputs: number, stride: 1 | 2, inputs: number): number {
  return mean(tapShares(outputs, stride, inputs));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
