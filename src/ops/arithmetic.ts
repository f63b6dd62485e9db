/**
 * What a formula is written in where both engines of our own compute it: each turns its operations into its own code, four channels at a time. The
 * float64 reference and TensorFlow.js have forms of their own, so that a mistake here is found.
 *
 * @typeParam E an expression of the target
 */
export interface Arithmetic<E> {
  number(value: number): E;
  add(a: E, b: E): E;
  sub(a: E, b: E): E;
  mul(a: E, b: E): E;
  div(a: E, b: E): E;
  /** Of `a` and a bound; an `a` that is not a number stays so where the target can tell. */
  max(a: E, bound: E): E;
  sqrt(a: E): E;
  exp(a: E): E;
  tanh(a: E): E;
  /** One of two values, by whether a third is above 0. */
  ifAbove0(a: E, yes: E, no: E): E;
  /** A value that the formula uses more than once, under a name of its own. */
  named(name: string, a: E): E;
}

/** Formulas of plain numbers. */
export const numbers: Arithmetic<number> = {
  number: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  sqrt: Math.sqrt,
  exp: Math.exp,
  tanh: Math.tanh,
  ifAbove0: (a, yes, no) => (a > 0 ? yes : no),
  named: (_, a) => a,
};
