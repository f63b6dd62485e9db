/** From the arrays of the engine interface to the reference's float64 tensors. */
import type { NetworkGraph } from '../../network/graph.ts';
import type { Batch, Tensor } from '../../ops/reference.ts';

/**
 * The value at `index` of a list.
 * @throws RangeError outside it
 */
export function item<T>(list: readonly (T | undefined)[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no item ${index}`);
  return value;
}

/** @param values in the graph's parameter order; copied */
export function parameterTensors(graph: NetworkGraph, values: readonly ArrayLike<number>[]): Tensor[] {
  return graph.parameters.map(({ id, shape }) => ({ shape, values: Float64Array.from(item(values, id)) }));
}

/**
 * @param pixels [N, rows, columns, channels] of the graph's input
 * @param count N
 */
export function inputBatch(graph: NetworkGraph, pixels: ArrayLike<number>, count: number): Batch {
  const [rows, columns, channels] = item(graph.nodes, 0).shape;
  return { shape: [count, rows, columns, channels], values: Float64Array.from(pixels) };
}

/** √(Σ v²) */
export function l2Norm(values: Float64Array): number {
  return Math.sqrt(sumOfSquares(values));
}

export function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

export function allFinite(values: Float64Array): boolean {
  return values.every(Number.isFinite);
}
