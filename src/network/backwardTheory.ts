/** What every prediction of the gradient at initialisation starts from. */
import type { NetworkSpec } from '../spec/experiment.ts';
import type { Parameter } from './graph.ts';

/** Growth of the gradient a layer towards the input behind batch norm, in wide ReLU networks (Yang et al. 2019, arXiv 1902.08129). */
export const BATCH_NORM_GROWTH = Math.sqrt(Math.PI / (Math.PI - 1));

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
 * Share of a 3×3 conv's taps along one side that lie within the map it reads, and not in the zero padding around it.
 * @param outputs positions of the output along the side
 * @param inputs positions of the map it reads
 */
export function insideShare(outputs: number, stride: 1 | 2, inputs: number): number {
  let inside = 0;
  for (let output = 0; output < outputs; output++) {
    for (let tap = -1; tap <= 1; tap++) {
      const at = output * stride + tap;
      if (at >= 0 && at < inputs) inside++;
    }
  }
  return inside / (3 * outputs);
}
