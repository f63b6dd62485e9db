/**
 * What the float64 references of all ops share. Each op keeps its forward and its backward side by
 * side, as plain loops: they are the definition that the fast engines are tested against, so they
 * prefer to be obvious. `backward` takes what `forward` took and the gradient of the loss by its
 * output, `dy`, and returns the gradient by each of its inputs.
 */

export interface Tensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float64Array;
}

/** The activations of a minibatch. */
export interface Batch extends Tensor {
  readonly shape: readonly [images: number, rows: number, columns: number, channels: number];
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
