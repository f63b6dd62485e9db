import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluationSample } from './evaluationSample.ts';
import { minibatches } from './minibatches.ts';

const seeds = fc.nat({ max: 2 ** 32 - 1 });
const counts = fc.integer({ min: 1, max: 2500 });

/** The first `length` images of a run, step after step. */
function stream(seed: number, trainCount: number, batch: number, length: number): number[] {
  const { images } = minibatches(seed, trainCount, batch);
  const drawn: number[] = [];
  for (let step = 1; drawn.length < length; step++) drawn.push(...images(step));
  return drawn.slice(0, length);
}

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('minibatches', () => {
  it('draw every image once in every epoch', () => {
    fc.assert(
      fc.property(seeds, counts, fc.integer({ min: 1, max: 300 }), (seed, count, batch) => {
        const drawn = stream(seed, count, batch, 3 * count);
        for (const epoch of [0, 1, 2]) {
          expect(ascending(drawn.slice(epoch * count, (epoch + 1) * count))).toEqual(range(0, count));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('go through the chunks in order in the first epoch', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1001, max: 10_000 }), (seed, count) => {
        const drawn = stream(seed, count, 32, count);
        for (let start = 0; start < count; start += 1000) {
          const end = Math.min(start + 1000, count);
          expect(ascending(drawn.slice(start, end))).toEqual(range(start, end));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('are always full', () => {
    fc.assert(
      fc.property(
        seeds,
        counts,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 200 }),
        (s, n, b, step) => {
          expect(minibatches(s, n, b).images(step)).toHaveLength(b);
        },
      ),
    );
  });

  it('are the same in whatever order the steps are asked for', () => {
    const forward = minibatches(3, 100, 32);
    const expected = range(1, 40).map((step) => forward.images(step));
    const backward = minibatches(3, 100, 32);
    for (const step of range(1, 40).reverse()) expect(backward.images(step)).toEqual(expected[step - 1]);
  });

  it('never need an image that has not arrived', () => {
    fc.assert(
      fc.property(seeds, counts, fc.integer({ min: 1, max: 300 }), (seed, count, batch) => {
        const { images, needed } = minibatches(seed, count, batch);
        for (let step = 1; step <= 30; step++) {
          const enough = needed(step);
          expect(enough).toBeLessThanOrEqual(count);
          expect(images(step).every((index) => index < enough)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('start when the first thousand images are here', () => {
    const { needed } = minibatches(1, 6000, 32);
    expect([1, 31, 32, 62, 63, 187, 188].map(needed)).toEqual([1000, 1000, 2000, 2000, 3000, 6000, 6000]);
  });

  it('differ from seed to seed, and from epoch to epoch', () => {
    expect(stream(1, 500, 50, 500)).not.toEqual(stream(2, 500, 50, 500));
    const twoEpochs = stream(1, 500, 50, 1000);
    expect(twoEpochs.slice(0, 500)).not.toEqual(twoEpochs.slice(500));
  });
});

describe('the evaluation sample', () => {
  it('is the first thousand images, and the first 512 to calibrate batch norm', () => {
    const { calibration, train, test } = evaluationSample(6000);
    expect([...calibration]).toEqual(range(0, 512));
    expect([...train]).toEqual(range(0, 1000));
    expect([...test]).toEqual(range(0, 1000));
  });

  it('is all there is of a small data set', () => {
    const { calibration, train, test } = evaluationSample(300, 200);
    expect([calibration.length, train.length, test.length]).toEqual([300, 300, 200]);
  });
});
