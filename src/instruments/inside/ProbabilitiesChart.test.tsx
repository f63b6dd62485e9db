import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ProbabilitiesChart } from './ProbabilitiesChart.tsx';
import type { InsideReport } from './report.ts';

const report: InsideReport = {
  ...{ step: 9, images: 1, done: 1, planned: 1, image: 1, layer: 0, at: 'output', size: 1 },
  ...{ pixels: Uint8Array.of(0), labels: Uint8Array.of(3, 6) },
  probabilities: [0, 0, 0.125, 0, 0.625, 0, 0.25, 0, 0, 0],
  maps: { values: Float32Array.of(1), height: 1, width: 1, channels: 1 },
};
/** The rows of the kana table, after which Kuzushiji-MNIST has its classes. */
const classes = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];
const draw = (shown: InsideReport | null) =>
  renderToStaticMarkup(<ProbabilitiesChart id="a" name="Plain 8" report={shown} classes={classes} />);

describe('The class probabilities of an image', () => {
  test('are said with the image’s own class, and whether the network is right', () => {
    const markup = draw(report);
    expect(markup).toContain(
      'Test image 2 is of class ma. At step 9, Plain 8 takes it for na, with a probability of 62.5%, which is wrong.',
    );
    expect(markup).toContain('aria-valuetext="na: 62.5%"');
    expect(draw({ ...report, labels: Uint8Array.of(3, 4) })).toContain('which is right.');
  });

  test('mark the own class with more than a colour', () => {
    expect(draw(report)).toMatch(/chart-tick-strong"[^>]*>✓ ma</);
  });

  test('are bars as long as they are large', () => {
    const lengths = [...draw(report).matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect((lengths[2] ?? 0) / (lengths[4] ?? 0)).toBeCloseTo(0.2, 6);
  });

  test('are not made up where the network’s outputs are no numbers, or nothing was looked at', () => {
    const undecided = draw({ ...report, probabilities: report.probabilities.map(() => Number.NaN) });
    expect(undecided).toContain('the outputs of Plain 8 are not numbers');
    expect(undecided).not.toMatch(/(?:width|x|y)="(?:NaN|Infinity)/);
    expect(draw(null)).toContain('Press Compute');
    expect(draw(null)).not.toContain('slider');
    // Nothing stands where it is said.
    expect(draw(null)).not.toContain('chart-tick');
  });
});
