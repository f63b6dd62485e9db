import { describe, expect, it } from 'vitest';
import { barPaths } from './bars.ts';

const axis = { kind: 'log', min: 1e-4, max: 1 } as const;
const lane = { from: 100, to: 200 };

describe('bars of a stack', () => {
  it('end where their value stands on the axis', () => {
    // 10⁻² is half way from 10⁻⁴ to 1; rows are 10 pixels high, of which 8 are drawn.
    expect(barPaths([1e-2, 1], [0, 2], axis, 10, lane).value).toBe('M100,1h50v8h-50zM100,21h100v8h-100z');
  });

  it('leave rows without a weight layer, and layers without a value, empty', () => {
    const paths = barPaths([1e-2], [3, 4], axis, 10, lane);
    expect(paths.value).toBe('M100,31h50v8h-50z');
    expect(Object.values(barPaths([], [0, 1], axis, 10, lane)).join('')).toBe('');
  });

  it('give what has no length on the axis a mark of its own and no bar', () => {
    const only = (value: number) => {
      const { value: bars, ...marks } = barPaths([value], [0], axis, 10, lane);
      return [bars, ...Object.entries(marks).flatMap(([name, path]) => (path ? [name] : []))];
    };
    expect(only(0)).toEqual(['', 'zero']);
    expect(only(1e-7)).toEqual(['', 'below']);
    expect(only(Number.NaN)).toEqual(['', 'notFinite']);
    expect(only(Number.POSITIVE_INFINITY)).toEqual(['', 'notFinite']);
  });

  it('mark zeros with rings that do not touch, so a few of them where rows are small', () => {
    const rings = (rowHeight: number) => {
      const { zero } = barPaths(Array(12).fill(0), [...Array(12).keys()], axis, rowHeight, lane);
      return [...zero.matchAll(/M([\d.]+),([\d.]+)a3,3/g)].map(([, x, y]) => [Number(x), Number(y)]);
    };
    expect(rings(10)).toHaveLength(12);
    expect(rings(10)[0]).toEqual([102, 5]);
    expect(rings(2).map(([, y]) => y)).toEqual([1, 9, 17]);
  });

  it('cut a value beyond the axis off at its end and mark it', () => {
    const paths = barPaths([1e3], [0], axis, 10, lane);
    expect(paths.value).toBe('M100,1h100v8h-100z');
    expect(paths.above).not.toBe('');
  });
});
