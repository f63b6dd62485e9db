/** Formulas of `ops/`, as code. */
import type { Arithmetic } from '../../../ops/arithmetic.ts';
import { type Code, f32x4, get, set, v128 } from '../assembler/code.ts';
import type { Kernel } from './kernel.ts';

/** @param lines the code that makes `named` values, to stand before the formula's */
export function formulas(kernel: Kernel, lines: Code[] = []): Arithmetic<Code> {
  const { add, sub, mul, div, sqrt } = f32x4;
  return {
    number: f32x4.const,
    add,
    sub,
    mul,
    div,
    sqrt,
    max: (a, bound) => f32x4.pmax(bound, a),
    exp: (a) => kernel.call('exp', [a]),
    tanh: (a) => kernel.call('tanh', [a]),
    expm1: (a) => kernel.call('expm1', [a]),
    normalTail: (a) => kernel.call('normalTail', [a]),
    ifAbove0: (a, yes, no) => v128.select(yes, no, f32x4.gt(a, v128.zero)),
    named: (_, a) => {
      const local = kernel.fn.local('v128');
      lines.push(set(local, a));
      return get(local);
    },
  };
}
