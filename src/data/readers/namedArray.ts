/** Numbers in rows, as IDX, NumPy and pickles hold them, and the file they were found in. */
export interface NamedArray {
  /** Its file, with the name that it has in there. */
  readonly file: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: NumberArray;
}

export type NumberArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;
