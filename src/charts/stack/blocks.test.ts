import { describe, expect, it } from 'vitest';
import { arcs, blockGroups, type StackRow, tint } from './blocks.ts';

const conv = (channels: number, shortcutTo: number | null = null): StackRow => ({
  kind: 'conv',
  shape: [7, 7, channels],
  shortcutTo,
});
const lane = { from: 10, to: 30 };

describe('blocks of a stack', () => {
  it('are one path for each width, darker with each doubling', () => {
    const groups = blockGroups([conv(8), conv(8), conv(16), conv(8)], 10, lane);
    expect(groups.map((group) => group.tint)).toEqual([tint(8), tint(16)]);
    expect(groups.map((group) => group.path.split('M').length - 1)).toEqual([3, 1]);
    expect(tint(16) - tint(8)).toBe(tint(32) - tint(16));
    expect(tint(1)).toBeGreaterThan(0);
    expect(tint(512)).toBeLessThan(100);
  });

  it('fill their row but for the gap to its neighbours', () => {
    expect(blockGroups([conv(8), conv(8)], 10, lane)[0]?.path).toBe('M10,1L30,1L30,9L10,9ZM10,11L30,11L30,19L10,19Z');
  });

  it('of identity layers are outlines only, and pools narrow downwards', () => {
    const [identity, pool] = blockGroups(
      [
        { kind: 'identity', shape: [7, 7, 8], shortcutTo: null },
        { kind: 'maxpool', shape: [4, 4, 8], shortcutTo: null },
      ],
      10,
      lane,
    );
    expect(identity?.tint).toBeNull();
    expect(pool?.path).toBe('M10,11L30,11L26,19L14,19Z');
  });

  it('with shortcuts have an arc from the first to the last row of each block, within the lane', () => {
    const path = arcs([conv(8), conv(8, 2), conv(8)], 10, { from: 0, to: 20 });
    // Row 1 is drawn from 11 to 19, row 2 from 21 to 29.
    expect(path).toBe('M20,13.4C-4,13.4 -4,26.6 20,26.6');
    // The curve's own extreme, a quarter of its ends and three quarters of its control points.
    expect(0.25 * 20 + 0.75 * -4).toBe(2);
    expect(arcs([conv(8), conv(8)], 10, lane)).toBe('');
  });
});
