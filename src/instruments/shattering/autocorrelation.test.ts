import { describe, expect, it } from 'vitest';
import { normal, random } from '../../network/random.ts';
import { autocorrelation, brownNoise, cosine, innerProducts, whiteNoise } from './autocorrelation.ts';

describe('the mean cosine of vectors some places apart', () => {
  it('is that of the angles between them, whatever their lengths', () => {
    // 0°, 60°, 90°, of lengths 1, 2 and 5: neighbours 60° and 30° apart, the outer two 90°.
    const turning = [1, 0, 2 * 0.5, 2 * Math.sqrt(0.75), 0, 5];
    const [neighbours, outer] = autocorrelation(innerProducts(turning, 3), 'cosine', 2);
    expect(neighbours).toBeCloseTo((0.5 + Math.sqrt(0.75)) / 2, 12);
    expect(outer).toBeCloseTo(0, 12);
  });

  it('leaves out vectors without a direction, and is none of them alone', () => {
    expect(autocorrelation(innerProducts([3, 0, 0, 0, 4, 0, 1, 0], 4), 'cosine', 3)).toEqual([1, 1, 1]);
    expect(autocorrelation(innerProducts([0, 0, 1, 0], 2), 'cosine', 1)).toEqual([Number.NaN]);
    expect(cosine(innerProducts([0, 0, 1, 0], 2), 0, 1)).toBeNull();
  });

  it('has the right sign for vectors of 10⁻³⁰ that turn round', () => {
    expect(autocorrelation(innerProducts([1e-30, -2e-30, 1e-30], 3), 'cosine', 2)).toEqual([-1, 1]);
  });
});

describe('the autocorrelation about the mean', () => {
  it('is that of a time series, by hand', () => {
    // 1, 2, 3, 6 about 3: −2, −1, 0, 3. Squares 14; products of neighbours 2 + 0 + 0, two apart 0 − 3, three apart −6.
    const [one, two, three] = autocorrelation(innerProducts([1, 2, 3, 6], 4), 'aboutMean', 3);
    expect(one).toBeCloseTo(2 / 14, 12);
    expect(two).toBeCloseTo(-3 / 14, 12);
    expect(three).toBeCloseTo(-6 / 14, 12);
  });

  it('of vectors adds up what their numbers have, and does not see what all share', () => {
    const series = [1, 2, 3, 6];
    const twice = series.flatMap((value) => [value + 100, 7 - value]);
    const both = autocorrelation(innerProducts(twice, 4), 'aboutMean', 3);
    const one = autocorrelation(innerProducts(series, 4), 'aboutMean', 3);
    both.forEach((value, index) => {
      expect(value).toBeCloseTo(one[index] ?? Number.NaN, 9);
    });
  });
});

describe('noise of many dimensions', () => {
  const count = 12;
  const dimensions = 20_000;
  const next = normal(random(1, 'noise'));
  const white = Float64Array.from({ length: count * dimensions }, () => next());
  const brown = white.slice();
  for (let i = dimensions; i < brown.length; i++) brown[i] = (brown[i] ?? 0) + (brown[i - dimensions] ?? 0);

  it.each(['cosine', 'aboutMean'] as const)('has the autocorrelation that is said of it (%s)', (similarity) => {
    for (const [drawn, expected] of [
      [white, whiteNoise(count)],
      [brown, brownNoise(count)],
    ] as const) {
      const found = autocorrelation(innerProducts(drawn, count), similarity, 8);
      autocorrelation(expected, similarity, 8).forEach((value, index) => {
        expect(Math.abs((found[index] ?? Number.NaN) - value), `lag ${index + 1}`).toBeLessThan(0.03);
      });
    }
  });
});
