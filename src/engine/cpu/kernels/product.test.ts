import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FunctionBuilder, ModuleBuilder } from '../assembler/module.ts';
import { type ProductShape, product } from './product.ts';

/** Runs a product on one memory: `a` from 0, `b` from 64 KiB, `bias` from 128 KiB, `c` from 192 KiB on. */
function run(shape: ProductShape): { readonly before: Float32Array; readonly after: Float32Array } {
  const module = new ModuleBuilder({ shared: false, least: 4, most: 4 }, []);
  const fn = new FunctionBuilder();
  const pointers = { a: fn.parameter(), b: fn.parameter(), c: fn.parameter(), bias: fn.parameter() };
  module.export('run', module.add(fn.finished('product', product(fn, shape, pointers))));
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 });
  const numbers = new Float32Array(memory.buffer);
  // Whole numbers, so that sums are exact in any order.
  numbers.forEach((_, i) => {
    numbers[i] = ((i * 7919) % 13) - 6;
  });
  const before = numbers.slice();
  const made = new WebAssembly.Instance(new WebAssembly.Module(module.finished()), { host: { memory } });
  (made.exports.run as (...addresses: number[]) => void)(0, 65_536, 196_608, 131_072);
  return { before, after: numbers };
}

/** The same by its definition. */
function expected({ outer, rows: together, m, packs, k, start }: ProductShape, before: Float32Array): Float32Array {
  const after = before.slice();
  const rows = together ?? outer[0] ?? { count: 1 };
  const [first = { count: 1 }, second = { count: 1 }] = k;
  for (let row = 0; row < rows.count; row++) {
    for (let i = 0; i < m.count; i++) {
      for (let n = 0; n < 4 * packs; n++) {
        const c = 49_152 + (row * (rows.c ?? 0) + i * (m.c ?? 0)) / 4 + n;
        let sum = start === 'zero' ? 0 : (before[start === 'bias' ? 32_768 + n : c] ?? 0);
        for (let x = 0; x < first.count; x++) {
          for (let y = 0; y < second.count; y++) {
            const a = (row * (rows.a ?? 0) + i * (m.a ?? 0) + x * (first.a ?? 0) + y * (second.a ?? 0)) / 4;
            const b = 16_384 + (x * (first.b ?? 0) + y * (second.b ?? 0)) / 4 + n;
            sum += (before[a] ?? 0) * (before[b] ?? 0);
          }
        }
        after[c] = sum;
      }
    }
  }
  return after;
}

it('is the sum of products, for any number of rows, columns, packs and terms', () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 1, max: 3 }),
    runOn: fc.boolean(),
    columns: fc.integer({ min: 1, max: 15 }),
    packs: fc.integer({ min: 1, max: 5 }),
    taps: fc.integer({ min: 0, max: 3 }),
    inputs: fc.integer({ min: 1, max: 9 }),
    start: fc.constantFrom('zero' as const, 'bias' as const, 'sum' as const),
  });
  fc.assert(
    fc.property(shapes, ({ rows, runOn, columns, packs, taps, inputs, start }) => {
      const row = { count: rows, a: 4 * 40, c: 16 * packs * columns };
      const shape: ProductShape = {
        ...(runOn ? { outer: [], rows: row } : { outer: [row] }),
        m: { count: columns, a: 8, c: 16 * packs },
        packs,
        k: [
          { count: taps, a: 4 * 12, b: 16 * packs * inputs },
          { count: inputs, a: 4, b: 16 * packs },
        ],
        start,
        fma: false,
      };
      const { before, after } = run(shape);
      const exact = expected(shape, before);
      expect(after.findIndex((value, i) => value !== exact[i])).toBe(-1);
    }),
    { numRuns: 60 },
  );
});
