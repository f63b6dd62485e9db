import { erf } from './activation/erf.ts';

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
  /** exp(a) − 1, with all of its digits where a is small, for a ≤ 0. */
  expm1(a: E): E;
  /** The share of normal numbers below −|a|. */
  normalTail(a: E): E;
  /** One of two values, by whether a third is above 0. */
  ifAbove0(a: E, yes: E, no: E): E;
  /** A value that the formula uses more than once, under a name of its own. */
  named(name: string, a: E): E;
}

/**
 * For float32: erfc(x) = t exp(p(t) − x²) for x ≥ 0 and t = 1 / (1 + x/2), with these coefficients of p, the highest first; a Chebyshev fit, right to
 * 1.2 · 10⁻⁷ of itself (Press et al. 1992, Numerical Recipes in C, section 6.2).
 */
export const ERFC = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
  -1.26551223,
];

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
  expm1: Math.expm1,
  normalTail: (a) => (1 - erf(Math.abs(a) / Math.SQRT2)) / 2,
  ifAbove0: (a, yes, no) => (a > 0 ? yes : no),
  named: (_, a) => a,
};
