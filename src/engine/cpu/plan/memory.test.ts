import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlanBuffer } from '../kernels/kernel.ts';
import { placeBuffers } from './memory.ts';
import type { Lifetime } from './phases.ts';

function placed(wishes: readonly { readonly bytes: number; readonly first: number; readonly phases: number }[]) {
  const lifetimes = new Map<PlanBuffer, Lifetime>(
    wishes.map(({ bytes, first, phases }, id) => [
      { id, label: `${id}`, per: 'plan', stride: bytes },
      { first, last: first + phases },
    ]),
  );
  const { addresses, end } = placeBuffers(lifetimes, ({ stride }) => stride, 100);
  const all = [...lifetimes].map(([buffer, life]) => ({
    ...life,
    at: addresses.get(buffer) ?? -1,
    bytes: buffer.stride,
  }));
  return { all, end };
}

it('never gives two buffers that are needed at one time the same memory', () => {
  const wish = fc.record({ bytes: fc.integer({ min: 1, max: 50 }), first: fc.nat(9), phases: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
      const { all, end } = placed(wishes);
      all.forEach((a, i) => {
        expect(a.at).toBeGreaterThanOrEqual(100);
        expect(a.at + a.bytes).toBeLessThanOrEqual(end);
        for (const b of all.slice(i + 1)) {
          const together = a.first <= b.last && b.first <= a.last;
          expect(together && a.at < b.at + b.bytes && b.at < a.at + a.bytes).toBe(false);
        }
      });
    }),
  );
});

it('gives the same memory to buffers of different times, and fills gaps', () => {
  const { end } = placed([
    { bytes: 40, first: 0, phases: 0 },
    { bytes: 40, first: 1, phases: 0 },
    { bytes: 10, first: 0, phases: 1 },
    { bytes: 30, first: 2, phases: 0 },
  ]);
  expect(end).toBe(150);
});
