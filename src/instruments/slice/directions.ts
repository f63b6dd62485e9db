/**
 * Filter-normalised random directions (Li et al. 2018, arXiv 1712.09913, section 4): standard normal numbers, rescaled so that each
 * filter has the norm of the network's own. Without that, a network whose weights are large would seem flat: where batch norm or
 * ReLU follow, the scale of a filter means nothing, and a step of one length means little to it.
 *
 * Biases, and the scales and shifts of batch norm, stay as they are, as in the commands that the authors publish
 * (github.com/tomgoldstein/loss-landscape, `--xignore biasbn`: `net_plotter.py` fills the directions of all parameters of one
 * dimension with zeros).
 */
import type { NetworkGraph } from '../../network/graph.ts';
import { normal, random } from '../../network/random.ts';
import { elements } from '../../ops/shapes.ts';

/** Against a division by zero, as in the authors' code. */
const TINY = 1e-10;

/**
 * A direction before it is normalised. Each weight has its own stream, named as the weight is, so networks have the same directions
 * wherever they have the same layers: twins everywhere.
 *
 * @param which of the directions
 * @returns an array for each parameter, in the graph's order
 */
export function randomDirection({ parameters }: NetworkGraph, seed: number, which: 1 | 2): Float64Array[] {
  return parameters.map(({ name, role, shape }) => {
    const direction = new Float64Array(elements(shape));
    return role === 'weight' ? direction.map(normal(random(seed, 'slice', which, name))) : direction;
  });
}

/**
 * Gives each filter of a direction the norm of the filter in the weights. A filter is what makes one channel of a conv, or one unit
 * of a dense layer.
 *
 * @param direction [..., filters], row-major, as `weight`
 */
export function filterNormalized(direction: Float64Array, weight: ArrayLike<number>, filters: number): Float64Array {
  const norms = filterNorms(weight, filters);
  const own = filterNorms(direction, filters);
  return direction.map((value, i) => {
    const filter = i % filters;
    return (value * (norms[filter] ?? 0)) / ((own[filter] ?? 0) + TINY);
  });
}

/** The norm of each filter; filters are the last dimension. */
function filterNorms(values: ArrayLike<number>, filters: number): Float64Array {
  const squares = new Float64Array(filters);
  for (let i = 0; i < values.length; i++) squares[i % filters] = (squares[i % filters] ?? 0) + (values[i] ?? 0) ** 2;
  return squares.map(Math.sqrt);
}

/**
 * A direction from a network's weights.
 *
 * @param weights the network's parameters, in the graph's order
 * @param seed of the experiment
 */
export function sliceDirection(
  graph: NetworkGraph,
  weights: readonly Float32Array[],
  seed: number,
  which: 1 | 2,
): Float64Array[] {
  return randomDirection(graph, seed, which).map((direction, id) =>
    filterNormalized(direction, weights[id] ?? [], graph.parameters[id]?.shape.at(-1) ?? 1),
  );
}
