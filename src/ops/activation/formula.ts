/** Activation functions and their derivatives as both engines of our own compute them. */
import type { Activation } from '../../experiment/experiment.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { LEAKY_SLOPE } from './op.ts';

interface ActivationFormula {
  /** f(x). */
  readonly value: <E>(m: Arithmetic<E>, x: E) => E;
  /** f′(x) in terms of y = f(x), so that x need not be kept; at a kink the one on the left. */
  readonly slope: <E>(m: Arithmetic<E>, y: E) => E;
}

export const activationFormulas: Readonly<Record<Activation, ActivationFormula>> = {
  linear: { value: (_, x) => x, slope: (m) => m.number(1) },
  sigmoid: {
    value: (m, x) => m.div(m.number(1), m.add(m.number(1), m.exp(m.sub(m.number(0), x)))),
    slope: (m, y) => m.mul(y, m.sub(m.number(1), y)),
  },
  tanh: { value: (m, x) => m.tanh(x), slope: (m, y) => m.sub(m.number(1), m.mul(y, y)) },
  relu: { value: (m, x) => m.max(x, m.number(0)), slope: (m, y) => m.ifAbove0(y, m.number(1), m.number(0)) },
  leaky: {
    value: (m, x) => m.max(x, m.mul(x, m.number(LEAKY_SLOPE))),
    slope: (m, y) => m.ifAbove0(y, m.number(1), m.number(LEAKY_SLOPE)),
  },
};
