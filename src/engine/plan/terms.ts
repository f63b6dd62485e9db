/** The terms of sums: how a kernel reads them, and what a sum sends back to them, by their factors. */

import type { Builder } from './builder.ts';
import type { Addend, Contribution, Factor as FactorValue, Term } from './expressions.ts';
import { parameter, type Tensor, tensor } from './refs.ts';
import type { Factor, Input, Segment } from './segments.ts';

export function termOf(builder: Builder, { segment, pad, factors }: Input): Term {
  return { value: builder.reading(segment), pad, factors: factorsOf(builder, factors) };
}

export function factorsOf(builder: Builder, factors: readonly Factor[]): FactorValue[] {
  return factors.map((factor) => factorOf(builder, factor));
}

function factorOf(builder: Builder, factor: Factor): FactorValue {
  switch (factor.kind) {
    case 'constant':
      return factor;
    case 'learned':
      return { kind: 'learned', scale: parameter(factor.scale) };
    case 'gate':
      return { kind: 'gate', part: factor.part, value: builder.reading(factor.by) };
    case 'drop': {
      const { keep, unit } = factor.op;
      const drop = { in: 'drop', node: factor.node } as const;
      return { kind: 'drop', unit: builder.draws ? unit : 'expectation', keep, drop };
    }
  }
}

/** A gradient that is received as it is. */
export function plainly(gradient: Tensor): Addend {
  return { kind: 'same', gradient: tensor(gradient), factors: [] };
}

/** The gradient itself, where a contribution is nothing else. */
export function passedBy(contribution: Contribution): Tensor | null {
  const plain = contribution.kind === 'same' && contribution.factors.length === 0;
  return plain && contribution.gradient.in === 'tensor' ? contribution.gradient.tensor : null;
}

/**
 * What a sum sends back to one of its terms, and to what gates it: the gradient by the sum, which the receivers multiply as they read it.
 * @param byParameters make the gradients by learned scales too
 */
export function sentByTerm(
  builder: Builder,
  sum: Segment,
  term: Input,
  gradient: Tensor,
  byParameters: boolean,
): (readonly [to: Segment, Contribution])[] {
  const { segment, pad, factors } = term;
  const times = { gradient: tensor(gradient), factors: factorsOf(builder, factors) };
  const toTerm: Contribution =
    pad === null ? { kind: 'same', ...times } : { kind: 'pad', stride: pad, shape: sum.shape, ...times };
  const sent: (readonly [to: Segment, Contribution])[] = [[segment, toTerm]];
  for (const [which, factor] of factors.entries()) {
    const others = { ...term, factors: factors.filter((_, i) => i !== which) };
    if (factor.kind === 'gate') {
      const { part, by } = factor;
      const gated = { value: builder.reading(by), term: termOf(builder, others) };
      sent.push([by, { kind: 'gate', gradient: tensor(gradient), part, ...gated }]);
    }
    if (factor.kind === 'learned' && byParameters) {
      const writes = { partial: { in: 'partialGradient', id: factor.scale } } as const;
      const scaled = { gradient: tensor(gradient), term: termOf(builder, others), writes };
      builder.step(sum, { kind: 'scaleGradient', shape: sum.shape, ...scaled }, [1]);
    }
  }
  return sent;
}
