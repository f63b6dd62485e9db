import { describe, expect, it } from 'vitest';
import { type ConvGeometry, tapsOf } from './geometry.ts';

const geometry = { kernel: 3, stride: 1, from: [6, 6], to: [6, 6], positions: 2, direction: 'forward' } as const;

describe('the taps of a run', () => {
  it('are, forwards, the neighbours of each position', () => {
    expect(tapsOf(geometry)).toEqual([
      [0, 1, 2].map((tap) => ({ tap, column: tap - 1 })),
      [0, 1, 2].map((tap) => ({ tap, column: tap })),
    ]);
  });

  it('are, forwards with stride 2, those of every other column', () => {
    const taps = tapsOf({ ...geometry, stride: 2, to: [3, 3], positions: 3 });
    expect(taps[2]).toEqual([0, 1, 2].map((tap) => ({ tap, column: 3 + tap })));
  });

  it.each([1, 3] as const)('are backwards the same pairs, seen from the input (kernel %i)', (kernel) => {
    for (const stride of [1, 2] as const) {
      const to = Math.ceil(7 / stride);
      const shared = { kernel, stride } as const;
      const forward: ConvGeometry = { ...shared, direction: 'forward', from: [7, 7], to: [to, to], positions: to };
      const back: ConvGeometry = { ...shared, direction: 'inputGradient', from: [to, to], to: [7, 7], positions: 7 };
      const pairs = (taps: ReturnType<typeof tapsOf>, inner: number) =>
        taps.flatMap((each, p) =>
          each.flatMap(({ tap, column }) => (column >= 0 && column < inner ? [[p, tap, column] as const] : [])),
        );
      const found = pairs(tapsOf(back), to).map(([x, tap, y]) => `${x} ${tap} ${y}`);
      const expected = pairs(tapsOf(forward), 7).map(([y, tap, x]) => `${x} ${tap} ${y}`);
      expect(found.sort()).toEqual(expected.sort());
    }
  });
});
