import { describe, expect, it } from 'vitest';
import { numbers } from '../../../ops/arithmetic.ts';
import { maskOf, pcg, thresholdOf } from '../../../ops/drop/mask.ts';
import { get, i32, v128 } from '../assembler/code.ts';
import { call, FunctionBuilder, ModuleBuilder } from '../assembler/module.ts';
import { library } from '../plan/program.ts';
import type { FunctionName } from './functions.ts';

/** One of the functions, of four numbers at a time. */
function vectorFunction(name: Exclude<FunctionName, 'keep'>): (values: readonly number[]) => number[] {
  const module = new ModuleBuilder({ shared: false, least: 1, most: 1 }, []);
  const fn = new FunctionBuilder();
  const body = v128.store(i32.const(0), call(library(module, false)(name), [v128.load(i32.const(0))]));
  module.export('f', module.add(fn.finished('f', body)));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(module.finished()), { host: { memory } }).exports;
  const numbers = new Float32Array(memory.buffer, 0, 4);
  return (values) => {
    numbers.set(values);
    (f as () => void)();
    return [...numbers];
  };
}

const inputs = Array.from({ length: 4000 }, (_, i) => Math.fround((i - 2000) / 50 + 1e-3 * Math.sin(i)));

describe('functions of four numbers at a time', () => {
  it.each([
    ['exp', Math.exp],
    ['tanh', Math.tanh],
  ] as const)('are right to some units in the last place: %s', (name, exact) => {
    const f = vectorFunction(name);
    for (let i = 0; i < inputs.length; i += 4) {
      const four = inputs.slice(i, i + 4);
      f(four).forEach((found, lane) => {
        const value = exact(four[lane] ?? 0);
        expect(Math.abs(found - value), `${name} ${four[lane]}`).toBeLessThanOrEqual(4e-7 * Math.abs(value));
      });
    }
  });

  it('are right to some units in the last place: expm1 below 0, and to what x² rounds away: the normal tail', () => {
    const [expm1, tail] = [vectorFunction('expm1'), vectorFunction('normalTail')];
    for (let i = 0; i < inputs.length; i += 4) {
      const four = inputs.slice(i, i + 4);
      const [found, tails] = [expm1(four), tail(four)];
      four.forEach((x, lane) => {
        const off = Math.abs((found[lane] ?? 0) - Math.expm1(x));
        if (x < 0) expect(off, `expm1 ${x}`).toBeLessThanOrEqual(2e-6 * Math.abs(Math.expm1(x)));
        const exact = numbers.normalTail(x);
        // Beyond, the reference itself is a difference.
        if (Math.abs(x) < 4)
          expect(Math.abs((tails[lane] ?? 0) - exact), `tail ${x}`).toBeLessThanOrEqual(2e-6 * exact);
      });
    }
  });

  it('keep tiny numbers, signs and what is no number', () => {
    expect(vectorFunction('tanh')([1e-30, -1e-20, -50, Number.NaN])).toEqual([
      Math.fround(1e-30),
      Math.fround(-1e-20),
      -1,
      Number.NaN,
    ]);
    expect(vectorFunction('exp')([Number.NaN, 0, 0, 0])).toEqual([Number.NaN, 1, 1, 1]);
  });
});

it('keeps the elements that the mask keeps', () => {
  const module = new ModuleBuilder({ shared: false, least: 1, most: 1 }, []);
  const fn = new FunctionBuilder();
  const parameters = [fn.parameter(), fn.parameter(), fn.parameter()];
  const body = call(library(module, false)('keep'), parameters.map(get));
  module.export('f', module.add(fn.finished('f', body, 'i32')));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(module.finished()), { host: { memory } }).exports;
  const op = { kind: 'drop', keep: 0.3, unit: 'element' } as const;
  const draw = { seed: 4_000_000_000, updates: 17 };
  const expected = [...maskOf({ id: 5, op, inputs: [4], shape: [1, 1, 500] }, draw, 500)];
  const key = pcg(5 + pcg(17 + pcg(4_000_000_000)));
  const found = expected.map((_, element) => -(f as (...of: number[]) => number)(element, key | 0, thresholdOf(0.3)));
  expect(found.map((each) => each + 0)).toEqual(expected);
});
