import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { signedShade } from '../../plot/color.ts';
import { innerProducts } from './autocorrelation.ts';
import { LagsChart } from './LagsChart.tsx';
import {
  LAGS,
  lagAxis,
  summarySentence as lagsSentence,
  tableOf as lagsTable,
  networkSeries,
  noiseSeries,
} from './lags.ts';
import { LINE_POINTS } from './report.ts';
import { TilesChart } from './TilesChart.tsx';
import { figuresText, gradientPixels, phrasesAt, type ShatteredNetwork, summarySentence, tableOf } from './tiles.ts';

/** Images of 2×2, whose gradients have two numbers that are not 0. */
function network(id: 'a' | 'b', name: string, at: (point: number) => readonly [number, number]): ShatteredNetwork {
  const gradients = Float32Array.from({ length: LINE_POINTS * 4 }, (_, i) => at(Math.floor(i / 4))[i % 4] ?? 0);
  const report = {
    step: 3,
    images: LINE_POINTS,
    done: 1,
    planned: 1,
    ends: [0, 1],
    labels: [2, 9],
    size: 2,
    line: new Uint8Array(LINE_POINTS * 4).fill(128),
    gradients,
  } as const;
  return { id, name, report, products: innerProducts(gradients, LINE_POINTS) };
}

const steady = network('a', 'Plain 8', () => [3, 4]);
const flipping = network('b', 'Plain 56', (point) => [point % 2 === 0 ? 1 : -1, 0]);

describe('Autocorrelation against the lag', () => {
  test('is 1 for a gradient that stays, and turns its sign with one that flips', () => {
    const [one, other] = networkSeries([steady, flipping], 'cosine');
    expect(one?.values).toEqual(Array(LAGS).fill(1));
    expect(other?.values).toEqual(Array.from({ length: LAGS }, (_, index) => (index % 2 === 0 ? -1 : 1)));
  });

  test('has the two noises beside it: white at 0, brown as a random walk is', () => {
    expect(noiseSeries('white', 'cosine').values).toEqual(Array(LAGS).fill(0));
    // Between the i-th and the i+1-th place: √(i / (i + 1)), over 32 pairs.
    const expected = Array.from({ length: 32 }, (_, i) => Math.sqrt((i + 1) / (i + 2))).reduce((a, b) => a + b) / 32;
    expect(noiseSeries('brown', 'cosine').values[0]).toBeCloseTo(expected, 12);
  });

  test('has an axis that reaches as low as the lowest value', () => {
    expect(lagAxis(networkSeries([steady], 'cosine'))).toEqual({ kind: 'linear', min: -0.25, max: 1 });
    expect(lagAxis(networkSeries([flipping], 'cosine')).min).toBe(-1);
  });

  test('says itself in words and as a table, about the mean, too', () => {
    expect(lagsSentence(networkSeries([flipping], 'cosine'), [], 'cosine', [3])).toContain(
      'Plain 56: −1.00 for neighbours, 1.00 at a lag of 20',
    );
    expect(lagsSentence([], [], 'cosine', [])).toBeNull();
    const { rows } = lagsTable([steady]);
    expect(rows).toHaveLength(3 * LAGS);
    // A gradient that does not change has nothing about its mean.
    expect(rows[0]).toEqual(['Plain 8', 1, 1, Number.NaN]);
    expect(rows[LAGS]?.slice(0, 3)).toEqual(['white noise', 1, 0]);
  });

  test('is a slider over the lags, and asks for what is missing', () => {
    const draw = (networks: readonly ShatteredNetwork[]) =>
      renderToStaticMarkup(<LagsChart networks={networks} similarity="cosine" steps={[3]} />);
    expect(draw([steady, flipping])).toContain(
      'aria-valuetext="Lag 1. Plain 8: 1.00; Plain 56: −1.00; white noise: 0; brown noise: 0.949"',
    );
    expect(draw([])).toContain('Press Compute');
    const broken = network('a', 'Plain 8', () => [Number.NaN, 0]);
    expect(draw([broken]).replaceAll(/aria-valuetext="[^"]*"|>[^<]*</g, '')).not.toContain('NaN');
  });
});

describe('Pictures along the line', () => {
  test('have each the full range of colours, whatever the size of the gradient', () => {
    const pixels = gradientPixels(network('a', '', (point) => (point === 0 ? [2e-9, -1e-9] : [0, 0])).report);
    const color = (index: number) => [...pixels.subarray(4 * index, 4 * index + 3)];
    expect(color(0)).toEqual(signedShade(1));
    expect(color(1)).toEqual(signedShade(-0.5));
    expect(color(2)).toEqual(signedShade(0));
    expect(color(4)).toEqual(signedShade(0));
  });

  test('say how long the gradient is, and how it turns', () => {
    expect(figuresText(steady, 0)).toBe('5.00 · 1.00');
    expect(figuresText(steady, LINE_POINTS - 1)).toBe('5.00 · –');
    expect(phrasesAt([flipping], 4)).toEqual(['Plain 56: |∂L/∂x| 1.00, cosine with the next −1.00']);
    expect(summarySentence([steady, flipping])).toMatch(/Plain 8 .* nowhere; Plain 56 .* at 32 points\.$/);
  });

  test('do not take a gradient without a direction for one that does not turn', () => {
    const broken = network('a', 'Plain 38', () => [Number.NaN, 0]);
    const dead = network('b', 'Plain 56', (point) => (point === 7 ? [0, 0] : [point % 2 === 0 ? 1 : -1, 0]));
    // The two pairs around point 7 have no angle.
    expect(summarySentence([broken, dead])).toMatch(
      /Plain 38 has no angle anywhere: .*; Plain 56 .* at 30 points, with an angle at 30 of 32 points\.$/,
    );
  });

  test('are a row a pixel, with every network’s gradient', () => {
    const { columns, rows } = tableOf([steady, flipping]);
    expect([columns.length, rows.length]).toEqual([6, LINE_POINTS * 4]);
    expect(rows[5]).toEqual([2, 1, 2, 128, 4, 0]);
  });

  test('are a slider over the points', () => {
    const markup = renderToStaticMarkup(<TilesChart networks={[steady]} />);
    expect(markup).toContain(
      'aria-valuetext="point 1 of 33, 0.0% of the way. Plain 8: |∂L/∂x| 5.00, cosine with the next 1.00"',
    );
    expect(renderToStaticMarkup(<TilesChart networks={[]} />)).toContain('Press Compute');
  });
});
