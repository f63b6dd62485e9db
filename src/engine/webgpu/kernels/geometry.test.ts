import { describe, expect, it } from 'vitest';
import { type ConvGeometry, columnName, loadColumns, tapsOf } from './geometry.ts';

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

describe('the loads of a run', () => {
  it('are one for each column that any tap reads, zero where a run can reach over the edge', () => {
    // Six columns in runs of two from columns 0, 2 and 4: one to the left of them and one to the right may be outside.
    expect(loadColumns(geometry, '0.0', (column) => `x[${column}]`).split('\n')).toEqual([
      'var vm1 = 0.0;',
      'if (baseColumn >= 1) { vm1 = x[-1]; }',
      'let v0 = x[0];',
      'let v1 = x[1];',
      'var v2 = 0.0;',
      'if (baseColumn < 4) { v2 = x[2]; }',
    ]);
  });

  it('need no guard where each column of the kernel lies on the run', () => {
    const narrow: ConvGeometry = { ...geometry, kernel: 1 };
    expect(loadColumns(narrow, '0.0', (column) => `x[${column}]`)).toBe('let v0 = x[0];\nlet v1 = x[1];');
  });

  it('guard both ends where one run is the whole row', () => {
    const whole: ConvGeometry = { ...geometry, positions: 6 };
    expect(loadColumns(whole, '0.0', columnName).match(/if \(.+?\)/g)).toEqual([
      'if (baseColumn >= 1)',
      'if (baseColumn < 0)',
    ]);
  });

  it('skip, forwards with stride 2, what no tap reads', () => {
    const strided: ConvGeometry = { ...geometry, kernel: 1, stride: 2, to: [3, 3], positions: 3 };
    expect(loadColumns(strided, '0.0', columnName)).toBe('let v0 = v0;\nlet v2 = v2;\nlet v4 = v4;');
  });
});
