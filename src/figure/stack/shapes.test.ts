import { describe, expect, it } from 'vitest';
import { arcSigns, arcs, barPaths, blockGroups, type DrawnRow, tint } from './shapes.ts';

const conv = (channels: number, shortcutTo: number | null = null): DrawnRow => ({
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

  it('carry a sign for each thing that lies on a shortcut, evenly spaced, and none for zero-padding', () => {
    const signed = (...onShortcut: DrawnRow['onShortcut'] & object): DrawnRow[] => [
      { ...conv(8, 1), onShortcut },
      conv(8),
    ];
    // The arc goes from 3.4 to 16.6, and to 12 at its middle; a sign reaches half a pixel less than half of the way to either end.
    expect(arcSigns(signed('conv'), 10, lane)).toBe('M9.2,7.2L14.8,7.2L14.8,12.8L9.2,12.8Z');
    expect(arcSigns(signed('scale'), 10, lane)).toBe('M12,7.2L14.8,10L12,12.8L9.2,10Z');
    expect(arcSigns(signed('padShortcut'), 10, lane)).toBe('');
    const crosses = arcSigns(signed('gate', 'drop'), 10, lane);
    // A third of 13.2 apart, and half of that less half a pixel to each side.
    expect(crosses).toBe('M10.3,6.1L13.7,6.1L10.3,9.5L13.7,9.5ZM10.3,10.5L13.7,13.9M13.7,10.5L10.3,13.9');
  });
});

const axis = { kind: 'log', min: 1e-4, max: 1 } as const;
const barLane = { from: 100, to: 200 };

describe('bars of a stack', () => {
  it('end where their value stands on the axis', () => {
    // 10⁻² is half way from 10⁻⁴ to 1; rows are 10 pixels high, of which 8 are drawn.
    expect(barPaths([1e-2, 1], [0, 2], axis, 10, barLane).value).toBe('M100,1h50v8h-50zM100,21h100v8h-100z');
  });

  it('leave rows without a weight layer, and layers without a value, empty', () => {
    const paths = barPaths([1e-2], [3, 4], axis, 10, barLane);
    expect(paths.value).toBe('M100,31h50v8h-50z');
    expect(Object.values(barPaths([], [0, 1], axis, 10, barLane)).join('')).toBe('');
  });

  it('give what has no length on the axis a mark of its own and no bar', () => {
    const only = (value: number) => {
      const { value: bars, ...marks } = barPaths([value], [0], axis, 10, barLane);
      return [bars, ...Object.entries(marks).flatMap(([name, path]) => (path ? [name] : []))];
    };
    expect(only(0)).toEqual(['', 'zero']);
    expect(only(1e-7)).toEqual(['', 'below']);
    expect(only(Number.NaN)).toEqual(['', 'notFinite']);
    expect(only(Number.POSITIVE_INFINITY)).toEqual(['', 'notFinite']);
  });

  it('mark zeros with rings that do not touch, so a few of them where rows are small', () => {
    const rings = (rowHeight: number) => {
      const { zero } = barPaths(Array(12).fill(0), [...Array(12).keys()], axis, rowHeight, barLane);
      return [...zero.matchAll(/M([\d.]+),([\d.]+)a3,3/g)].map(([, x, y]) => [Number(x), Number(y)]);
    };
    expect(rings(10)).toHaveLength(12);
    expect(rings(10)[0]).toEqual([102, 5]);
    expect(rings(2).map(([, y]) => y)).toEqual([1, 9, 17]);
  });

  it('cut a value beyond the axis off at its end and mark it', () => {
    const paths = barPaths([1e3], [0], axis, 10, barLane);
    expect(paths.value).toBe('M100,1h100v8h-100z');
    expect(paths.above).not.toBe('');
  });
});
