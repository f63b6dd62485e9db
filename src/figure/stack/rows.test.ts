import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { band, MAX_ROW_HEIGHT, MIN_ROW_HEIGHT, rowAt, rowHeight } from './rows.ts';

describe('rows of a stack', () => {
  it('share the height there is, in half pixels', () => {
    expect(rowHeight(560, 56)).toBe(10);
    expect(rowHeight(600, 56)).toBe(10.5);
  });

  it('are never too small to tell apart nor so large that a small network looks different', () => {
    expect(rowHeight(300, 110)).toBe(MIN_ROW_HEIGHT);
    expect(rowHeight(900, 8)).toBe(MAX_ROW_HEIGHT);
  });

  it('fit into the height wherever the least height allows it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 400 }), (available, count) => {
        const height = rowHeight(available, count);
        if (height > MIN_ROW_HEIGHT) expect(height * count).toBeLessThanOrEqual(available);
      }),
    );
  });

  it('are found again by the middle of what is drawn of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 109 }), fc.double({ min: 5, max: 28, noNaN: true }), (row, height) => {
        const { top, height: drawn } = band(row, height);
        expect(rowAt(top + drawn / 2, height, 110)).toBe(row);
      }),
    );
  });

  it('are none above the first and below the last', () => {
    expect(rowAt(-0.1, 10, 3)).toBeNull();
    expect(rowAt(30, 10, 3)).toBeNull();
  });
});
