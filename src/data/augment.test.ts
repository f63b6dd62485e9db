import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnView, indexOf, take } from './augment.ts';
import { gather } from './gather.ts';

/** How an image is taken, in words of the border: rows and columns that its place is off, and whether it is mirrored. */
function taken(down: number, across: number, isMirrored: boolean, index = 0): number {
  return index + (1 + ((down + 4) * 9 + (across + 4)) * 2 + Number(isMirrored)) * 2 ** 24;
}

const small = { side: 3, channels: 1 };
const image = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);

function view(down: number, across: number, isMirrored: boolean): number[] {
  const into = new Float32Array(9);
  take(taken(down, across, isMirrored), image, into, small);
  return [...into];
}

describe('an image as a step takes it', () => {
  it.each([
    [0, 0, false, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [0, 0, true, [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    [1, 0, false, [4, 5, 6, 7, 8, 9, 0, 0, 0]],
    [0, -1, false, [0, 1, 2, 0, 4, 5, 0, 7, 8]],
    [-1, 1, false, [0, 0, 0, 2, 3, 0, 5, 6, 0]],
    // The mirror image of the place, not the place in the mirror image.
    [0, 1, true, [0, 3, 2, 0, 6, 5, 0, 9, 8]],
    [4, 4, false, [0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('%i down, %i across, mirrored: %s', (down, across, isMirrored, expected) => {
    expect(view(down, across, isMirrored)).toEqual(expected);
  });

  it('keeps the channels of a pixel together', () => {
    const colours = Float32Array.from({ length: 8 * 8 * 3 }, (_, i) => (i % 3) + 1);
    const set = { count: 1, pixels: colours, labels: Uint8Array.of(7) };
    const { pixels, labels } = gather(set, Uint32Array.of(taken(3, -2, true)));
    expect(labels).toEqual(Uint8Array.of(7));
    expect(pixels.filter((value, i) => value !== 0 && value !== (i % 3) + 1)).toHaveLength(0);
    expect(pixels.filter((value) => value !== 0)).toHaveLength(5 * 6 * 3);
  });
});

describe('the draw', () => {
  it('leaves images alone unless it is asked for, and keeps their index', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 100_000 }), fc.nat(2 ** 24 - 1), (seed, step, index) => {
        expect(drawnView({ seed, augment: 'none' }, step, index)).toBe(index);
        for (const augment of ['crop', 'cropflip'] as const) {
          const drawn = drawnView({ seed, augment }, step, index);
          expect(Uint32Array.of(drawn)[0]).toBe(drawn);
          expect(indexOf(drawn)).toBe(index);
        }
      }),
    );
  });

  it('draws each of the 81 places, mirrored half of the time, equally often, and anew for each seed, step and image', () => {
    const draws = 81 * 2 * 400;
    const counts = new Map<number, number>();
    for (let image = 0; image < draws; image++) {
      const how = Math.floor(drawnView({ seed: 5, augment: 'cropflip' }, 3, image) / 2 ** 24);
      counts.set(how, (counts.get(how) ?? 0) + 1);
    }
    expect(counts.size).toBe(162);
    // χ² with 161 degrees of freedom: its mean is 161, its standard deviation 18.
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
    expect(chi).toBeLessThan(161 + 4 * 18);
    const first = drawnView({ seed: 5, augment: 'cropflip' }, 3, 17);
    const others = [
      drawnView({ seed: 6, augment: 'cropflip' }, 3, 17),
      drawnView({ seed: 5, augment: 'cropflip' }, 4, 17),
      drawnView({ seed: 5, augment: 'cropflip' }, 3, 18) - 1,
    ];
    expect(others).not.toContain(first);
    const unmirrored = Array.from({ length: 500 }, (_, image) => drawnView({ seed: 5, augment: 'crop' }, 3, image));
    expect(new Set(unmirrored.map((each) => (Math.floor(each / 2 ** 24) - 1) % 2))).toEqual(new Set([0]));
  });
});
