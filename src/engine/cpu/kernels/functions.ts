/**
 * Functions that kernels call: exp and tanh of four numbers at a time, after S. Moshier's Cephes (expf, tanhf), right to about
 * two units in the last place, and what is made of exp; and the hash by which `drop` nodes choose (`ops/drop/mask.ts`).
 */
import { ERFC } from '../../../ops/arithmetic.ts';
import { type Code, f32x4, get, i32, i32x4, set, v128 } from '../assembler/code.ts';
import { call, FunctionBuilder, type FunctionCode, type FunctionIndex } from '../assembler/module.ts';
import { multiplyAdd } from './product.ts';

export type FunctionName = 'exp' | 'tanh' | 'expm1' | 'normalTail' | 'keep';

const EXP = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];
const TANH = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];
/** expm1(x) / x near 0: its Taylor series. */
const EXPM1 = [1 / 24, 1 / 6, 1 / 2, 1];
/** ln 2, as a float and what that rounds away. */
const [LN2, LN2_REST] = [0.693359375, -2.1219444e-4];

/** A polynomial by Horner's scheme, highest coefficient first. */
function polynomial(fma: boolean, coefficients: readonly number[], x: Code): Code {
  const [first = 0, ...rest] = coefficients;
  return rest.reduce<Code>((sum, each) => multiplyAdd(fma, sum, x, f32x4.const(each)), f32x4.const(first));
}

export function exponentialFunctions(
  name: Exclude<FunctionName, 'keep'>,
  fma: boolean,
  library: (name: FunctionName) => FunctionIndex,
): FunctionCode {
  const fn = new FunctionBuilder();
  const x = fn.parameter('v128');
  const exp = (of: Code) => call(library('exp'), [of]);
  const one = f32x4.const(1);
  switch (name) {
    case 'exp': {
      const [n, r] = [fn.local('v128'), fn.local('v128')];
      const within = f32x4.pmin(f32x4.const(88.37), f32x4.pmax(f32x4.const(-87.33), get(x)));
      return fn.finished(
        name,
        [
          set(x, within),
          set(n, f32x4.nearest(f32x4.mul(get(x), f32x4.const(Math.LOG2E)))),
          set(r, f32x4.sub(get(x), f32x4.mul(get(n), f32x4.const(LN2)))),
          set(r, f32x4.sub(get(r), f32x4.mul(get(n), f32x4.const(LN2_REST)))),
          f32x4.mul(
            f32x4.add(multiplyAdd(fma, polynomial(fma, EXP, get(r)), f32x4.mul(get(r), get(r)), get(r)), one),
            i32x4.shl(i32x4.add(f32x4.toInt(get(n)), i32x4.const(127)), 23),
          ),
        ],
        'v128',
      );
    }
    case 'tanh': {
      const [size, square, far] = [fn.local('v128'), fn.local('v128'), fn.local('v128')];
      const sign = v128.and(get(x), i32x4.const(0x80000000));
      const twice = f32x4.add(get(size), get(size));
      const near = multiplyAdd(fma, f32x4.mul(polynomial(fma, TANH, get(square)), get(square)), get(x), get(x));
      return fn.finished(
        name,
        [
          set(size, f32x4.abs(get(x))),
          set(square, f32x4.mul(get(x), get(x))),
          set(far, f32x4.sub(one, f32x4.div(f32x4.const(2), f32x4.add(exp(twice), one)))),
          v128.select(near, v128.or(get(far), sign), f32x4.lt(get(size), f32x4.const(0.625))),
        ],
        'v128',
      );
    }
    case 'expm1': {
      const near = f32x4.mul(polynomial(fma, EXPM1, get(x)), get(x));
      const isNear = f32x4.gt(get(x), f32x4.const(-0.05));
      return fn.finished(name, v128.select(near, f32x4.sub(exp(get(x)), one), isNear), 'v128');
    }
    // Half of erfc(|x| / √2).
    case 'normalTail': {
      const [u, t] = [fn.local('v128'), fn.local('v128')];
      const half = f32x4.const(0.5);
      return fn.finished(
        name,
        [
          set(u, f32x4.mul(f32x4.abs(get(x)), f32x4.const(Math.SQRT1_2))),
          set(t, f32x4.div(one, multiplyAdd(fma, get(u), half, one))),
          f32x4.mul(f32x4.mul(half, get(t)), exp(f32x4.sub(polynomial(fma, ERFC, get(t)), f32x4.mul(get(u), get(u))))),
        ],
        'v128',
      );
    }
  }
}

/** Whether an element is kept, as a mask: all bits or none. */
export function keepFunction(): FunctionCode {
  const fn = new FunctionBuilder();
  const [element, key, threshold] = [fn.parameter(), fn.parameter(), fn.parameter()];
  const [state, word] = [fn.local('i32'), fn.local('i32')];
  const shift = i32.add(i32.shru(get(state), i32.const(28)), i32.const(4));
  const hash = i32.xor(i32.shru(get(word), i32.const(22)), get(word));
  return fn.finished(
    'keep',
    [
      set(state, i32.add(i32.mul(i32.add(get(element), get(key)), i32.const(747796405)), i32.const(2891336453))),
      set(word, i32.mul(i32.xor(i32.shru(get(state), shift), get(state)), i32.const(277803737))),
      i32.sub(i32.const(0), i32.ltu(i32.shru(hash, i32.const(8)), get(threshold))),
    ],
    'i32',
  );
}
