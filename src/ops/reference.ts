/**
 * What the float64 references of all ops share. Each op keeps its forward and its backward side by
 * side, as plain loops: they are the definition that the fast engines are tested against, so they
 * prefer to be obvious. `backward` takes what `forward` took and the gradient of the loss by its
 * output, `dy`, and returns the gradient by each of its inputs. `ReferenceOp` is how a graph's interpreter calls them.
 */
import type { Draw } from './drop/mask.ts';
import type { NodeId, OpNode, ParameterId } from './op.ts';

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float64Array;
}

/** The activations of a minibatch. */
export interface Batch extends Tensor {
  readonly shape: readonly [images: number, rows: number, columns: number, channels: number];
}

/** Mean and variance of each channel. */
export interface Statistics {
  readonly mean: Float64Array;
  /** Of the population: divided by the number of values. */
  readonly variance: Float64Array;
}

/** What a pass does where training and evaluation differ. */
export interface Mode {
  /** The statistics that a batch norm node uses for its input. */
  readonly statisticsOf: (node: NodeId, x: Batch) => Statistics;
  /** The masks of a training step; null gives every `drop` node its expectation, as in evaluation. */
  readonly draw: Draw | null;
}

/** Looks up the present value of a parameter. */
export type ParameterLookup = (id: ParameterId) => Tensor;

/** Gradients of the loss. */
export interface OpGradients {
  /** By each input, in order. */
  readonly inputs: readonly Batch[];
  /** By each parameter; absent where there is none. */
  readonly parameters?: readonly (readonly [id: ParameterId, gradient: Tensor])[];
}

export interface ReferenceOp<O> {
  forward(node: OpNode<O>, inputs: readonly Batch[], parameter: ParameterLookup, mode: Mode): Batch;
  /** @param draw of the forward pass */
  backward(
    node: OpNode<O>,
    dy: Batch,
    inputs: readonly Batch[],
    parameter: ParameterLookup,
    draw: Draw | null,
  ): OpGradients;
}

/** The op's only or first input. */
export function single([x]: readonly Batch[]): Batch {
  if (x === undefined) throw new RangeError('an op without its input');
  return x;
}

/** The op's second input. */
export function second([, x]: readonly Batch[]): Batch {
  return single(x === undefined ? [] : [x]);
}

/** The gradients of an op with a weight and perhaps a bias. */
export function weighted(
  op: { readonly weight: ParameterId; readonly bias: ParameterId | null },
  by: { readonly x: Batch; readonly weight: Tensor; readonly bias: Tensor },
): OpGradients {
  const weight = [op.weight, by.weight] as const;
  return { inputs: [by.x], parameters: op.bias === null ? [weight] : [weight, [op.bias, by.bias]] };
}

export function zeros<S extends readonly number[]>(shape: S): { readonly shape: S; readonly values: Float64Array } {
  return { shape, values: new Float64Array(shape.reduce((product, side) => product * side, 1)) };
}

/**
 * Reads one value.
 * @throws RangeError outside the array: an op that computes a wrong index shall not go on with a 0
 */
export function at(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`index ${index} outside ${values.length} values`);
  return value;
}

/** values[index] += amount */
export function addAt(values: Float64Array, index: number, amount: number): void {
  values[index] = at(values, index) + amount;
}

/** A new batch with every value of `x` mapped. */
export function map(x: Batch, f: (value: number, index: number) => number): Batch {
  return { shape: x.shape, values: x.values.map(f) };
}
