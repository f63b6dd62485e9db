import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { band, hiddenRows, MAX_ROW_HEIGHT, MIN_ROW_HEIGHT, rowAt, rowHeight } from './rows.ts';

describe('rows of a stack', () => {
  it('share the height there is, in half pixels', () => {
    expect(rowHeight(560, 56)).toBe(10);
    expect(rowHeight(600, 56)).toBe(10.5);
  });

  it('are never too small to tell apart nor so large that a small network looks different', () => {
    expect(rowHeight(150, 110)).toBe(MIN_ROW_HEIGHT);
    expect(rowHeight(900, 8)).toBe(MAX_ROW_HEIGHT);
  });

  it('leave the whole of 110 layers in view in 220 pixels', () => {
    expect(110 * rowHeight(220, 110)).toBe(220);
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
      fc.property(fc.integer({ min: 0, max: 109 }), fc.double({ min: 2, max: 28, noNaN: true }), (row, height) => {
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

describe('rows out of sight', () => {
  it('are none where all fit', () => {
    expect(hiddenRows(0, 220, 2, 110)).toEqual({ above: 0, below: 0 });
  });

  it('are counted on either side, one that is cut among them', () => {
    // 110 rows of 2 pixels in 140: 70 are seen.
    expect(hiddenRows(0, 140, 2, 110)).toEqual({ above: 0, below: 40 });
    expect(hiddenRows(31, 140, 2, 110)).toEqual({ above: 16, below: 25 });
    expect(hiddenRows(80, 140, 2, 110)).toEqual({ above: 40, below: 0 });
    // Scrolled beyond either end, as some browsers do for a moment.
    expect(hiddenRows(-30, 140, 2, 110)).toEqual({ above: 0, below: 40 });
    expect(hiddenRows(99, 140, 2, 110)).toEqual({ above: 40, below: 0 });
  });
});
