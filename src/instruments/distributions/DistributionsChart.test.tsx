import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { DistributionsChart } from './DistributionsChart.tsx';
import { axisOf, binned, histogramOf, isSigned, linearBins, rangesOf, sharedBins, usualRange } from './histogram.ts';
import type { LayerDistributions } from './report.ts';
import { besideText, binText, pixelsOf, rowsOf, shareColor, shareText, summarySentence, tableOf } from './rows.ts';

function layer(name: string, activations: readonly number[], gradients: readonly number[]): LayerDistributions {
  return {
    name,
    activation: name === 'classifier' ? 'linear' : 'relu',
    activations: histogramOf(activations),
    gradients: histogramOf(gradients),
    dead: 0.25,
  };
}

const relu = layer('conv 1', [0, 0, 0.3, 0.9], [1e-5, -2e-5, 0, 3e-2]);
const logits = layer('classifier', [-0.5, 0.5, 1.5, Number.NaN], [1, -1, 2, -2]);

describe('Bins that layers share', () => {
  test('hold negative values only where there are some', () => {
    expect(isSigned([relu.activations])).toBe(false);
    expect(isSigned([relu.activations, logits.activations])).toBe(true);
    const { edges } = sharedBins([histogramOf([0.001, 0.999])], 'linear', null);
    expect([edges[0], edges.at(-1), edges.length]).toEqual([0, 1, 65]);
  });

  test('have a range that leaves a hundredth outside at most, or the one that is chosen', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 5 ? 7.5 : (i % 10) / 10));
    const one = histogramOf(values);
    expect(rangesOf([one])).toEqual([0.5, 1, 2, 4, 8]);
    expect(usualRange([one])).toBe(1);
    expect(usualRange([one, histogramOf([3, 0.1])])).toBe(4);
    const endOf = (range: number | null) => sharedBins([one], 'linear', range).edges.at(-1);
    // 7.5 lies in the bin that ends at 7.625, and 0.9 in the one that ends at 0.90625.
    expect([endOf(null), endOf(8), endOf(1)]).toEqual([0.90625, 7.625, 0.90625]);
    // Too small for its bins to be filled.
    expect(endOf(0.25)).toBe(0.90625);
    expect(rangesOf([histogramOf([0])])).toEqual([1]);
  });

  test('end where the last values are, on either side', () => {
    const bins = sharedBins([histogramOf([-0.2, 0.9]), histogramOf([0.5])], 'linear', null);
    expect([bins.edges[0], bins.edges.at(-1)]).toEqual([-0.21875, 0.90625]);
    expect(binned(histogramOf([-0.2, 0.9]), bins)).toMatchObject({ below: 0, above: 0 });
    expect(binned(histogramOf([-0.2, 0.9]), bins).counts.flatMap((count, i) => (count > 0 ? [i] : []))).toEqual([
      0,
      bins.edges.length - 2,
    ]);
  });

  test('are whole decades of magnitudes, twenty at most', () => {
    const axis = (values: readonly number[]) => axisOf(sharedBins([histogramOf(values)], 'magnitude', null));
    expect(axis([3e-7, -0.2])).toEqual({ kind: 'log', min: 1e-7, max: 1 });
    expect(axis([1e-40, 0.2])).toEqual({ kind: 'log', min: 1e-20, max: 1 });
    expect(axis([])).toEqual({ kind: 'log', min: 1e-4, max: 1 });
  });
});

describe('Rows of layers', () => {
  const bins = linearBins(1, true);
  const rows = rowsOf([relu, logits], 'activations', bins);

  test('say what lies beside their bins', () => {
    expect(rows.map(besideText)).toEqual([
      '50.0% exactly 0, 25.0% of units dead or saturated',
      'none exactly 0, 25.0% above the range, 25.0% not finite',
    ]);
    expect(shareText(rows[0] ?? rows[1] ?? ({} as never), 41)).toBe('25.0%, 1 value');
    expect(binText(bins, 41)).toBe('0.281 to 0.313');
  });

  test('have colours only where values are', () => {
    const pixels = pixelsOf(rows, 64);
    const filled = Array.from({ length: 128 }, (_, i) => i).filter((i) => pixels[4 * i + 3] === 255);
    expect(filled).toEqual([41, 60, 64 + 16, 64 + 48]);
    expect([...pixels.subarray(4 * 41, 4 * 41 + 3)]).toEqual(shareColor(0.25));
    expect(shareColor(0)).toBeNull();
  });

  test('account for every value in the table', () => {
    const { columns, rows: table } = tableOf(rows, bins);
    const own = table.filter(([index, , what]) => index === 2 && !String(what).startsWith('units'));
    expect(own.reduce((sum, row) => sum + Number(row[5]), 0)).toBe(4);
    expect(own.reduce((sum, row) => sum + Number(row[6]), 0)).toBe(1);
    expect(table.filter(([, , what]) => what === 'units dead or saturated')).toEqual([
      [1, 'conv 1', 'units dead or saturated', null, null, null, 0.25],
    ]);
    expect(table[0]).toHaveLength(columns.length);
  });

  test('are summed up by the first and the last', () => {
    const sentence = summarySentence(rowsOf([relu, logits], 'gradients', bins), 'Plain 8', 'gradients', 3);
    expect(sentence).toContain('Signal gradients of Plain 8 at step 3. conv 1: half of the values');
    expect(summarySentence([], 'Plain 8', 'gradients', 3)).toBeNull();
  });

  test('are read bin by bin', () => {
    const draw = (layers: readonly LayerDistributions[]) =>
      renderToStaticMarkup(
        <DistributionsChart
          name="Plain 8"
          signal="activations"
          rows={rowsOf(layers, 'activations', bins)}
          bins={bins}
          step={3}
        />,
      );
    expect(draw([relu, logits])).toContain(
      'aria-valuetext="layer 1, conv 1: 0.0%, 0 values, from −0.0313 to 0. 50.0% exactly 0, 25.0% of units dead or saturated"',
    );
    expect(draw([relu, logits]).replaceAll(/>[^<]*</g, '')).not.toContain('NaN');
    expect(draw([])).toContain('Press Compute');
  });
});
