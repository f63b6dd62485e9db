/** Activation functions and their derivatives as both engines of our own compute them. */
import type { Activation } from '../../experiment/experiment.ts';
import type { Arithmetic } from '../arithmetic.ts';
import { LEAKY_SLOPE } from './op.ts';

interface ActivationFormula {
  /** f(x). */
  readonly value: <E>(m: Arithmetic<E>, x: E) => E;
  /** f′(x) in terms of y = f(x), so that x need not be kept, or of x where f is `Dipping`; at a kink the one on the left. */
  readonly slope: <E>(m: Arithmetic<E>, y: E) => E;
}

function sigmoid<E>(m: Arithmetic<E>, x: E): E {
  return m.div(m.number(1), m.add(m.number(1), m.exp(m.sub(m.number(0), x))));
}

/** The share of normal numbers below x. */
function normalShare<E>(m: Arithmetic<E>, x: E): E {
  const tail = m.named('tail', m.normalTail(x));
  return m.ifAbove0(x, m.sub(m.number(1), tail), tail);
}

export const activationFormulas: Readonly<Record<Activation, ActivationFormula>> = {
  linear: { value: (_, x) => x, slope: (m) => m.number(1) },
  sigmoid: {
    value: sigmoid,
    slope: (m, y) => m.mul(y, m.sub(m.number(1), y)),
  },
  tanh: { value: (m, x) => m.tanh(x), slope: (m, y) => m.sub(m.number(1), m.mul(y, y)) },
  relu: { value: (m, x) => m.max(x, m.number(0)), slope: (m, y) => m.ifAbove0(y, m.number(1), m.number(0)) },
  leaky: {
    value: (m, x) => m.max(x, m.mul(x, m.number(LEAKY_SLOPE))),
    slope: (m, y) => m.ifAbove0(y, m.number(1), m.number(LEAKY_SLOPE)),
  },
  elu: {
    value: (m, x) => m.ifAbove0(x, x, m.expm1(x)),
    slope: (m, y) => m.ifAbove0(y, m.number(1), m.add(y, m.number(1))),
  },
  gelu: {
    value: (m, x) => m.mul(x, normalShare(m, x)),
    slope: (m, x) => {
      const density = m.mul(m.number(1 / Math.sqrt(2 * Math.PI)), m.exp(m.mul(m.number(-0.5), m.mul(x, x))));
      return m.add(normalShare(m, x), m.mul(x, density));
    },
  },
  silu: {
    value: (m, x) => m.mul(x, sigmoid(m, x)),
    slope: (m, x) => {
      const open = m.named('open', sigmoid(m, x));
      return m.mul(open, m.add(m.number(1), m.mul(x, m.sub(m.number(1), open))));
    },
  },
};
