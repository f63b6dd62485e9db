import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { lossExtent, sliceAxis } from './axis.ts';
import { LineChart } from './LineChart.tsx';
import { PlaneChart } from './PlaneChart.tsx';
import type { SliceReport } from './report.ts';

function report(losses: readonly (number | null)[]): SliceReport {
  const done = losses.filter((loss) => loss !== null).length;
  return { step: 100, images: 128, done, planned: losses.length, side: 3, radius: 1, parameters: 1234, losses };
}

const line = report([2, 0.5, Number.NaN]);
const plane = report([2, 1, Number.POSITIVE_INFINITY, 1, 0.5, 1, 2, 1, 3]);
const nothing = (count: number) => report(Array.from({ length: count }, () => null));

/** Numbers in attributes: coordinates must be finite, whatever was measured. */
function coordinates(markup: string): string {
  return [...markup.matchAll(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform)="([^"]*)"/g)]
    .map((m) => m[1])
    .join(' ');
}

describe('The chart of a line', () => {
  const draw = (...reports: SliceReport[]) =>
    renderToStaticMarkup(
      <LineChart slices={reports.map((each) => ({ id: 'a', name: 'Plain 8', report: each }))} scale="log" />,
    );

  test('is a slider over the distances, which begins at the weights', () => {
    expect(draw(line)).toMatch(/role="slider"[^>]*aria-valuemin="-1" aria-valuemax="1" aria-valuenow="0"/);
    expect(draw(line)).toContain('aria-valuetext="at 0. Plain 8: 0.500"');
  });

  test('marks what is not finite, and says of how many dimensions it is a slice', () => {
    const markup = draw(line);
    expect(markup).toContain('chart-cross');
    expect(markup).toContain('✕ not finite');
    expect(markup).toContain('of 1,234 dimensions');
  });

  test('has finite coordinates whatever the data', () => {
    for (const reports of [[], [nothing(3)], [line], [report([0, 0, 0])]]) {
      expect(coordinates(draw(...reports))).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(draw()).toContain('Press Compute');
  });
});

describe('The chart of a plane', () => {
  const draw = (shown: SliceReport) =>
    renderToStaticMarkup(
      <PlaneChart
        slice={{ id: 'a', name: 'Plain 8', report: shown }}
        axis={sliceAxis(lossExtent([shown]), 'log')}
        levels={[0.7, 1.5]}
      />,
    );

  test('is labelled as a slice of the space that it is of', () => {
    expect(draw(plane)).toContain('a two-dimensional slice of a space of 1,234 dimensions · step 100');
  });

  test('is a slider that says the loss at the weights first, and how keys move', () => {
    const markup = draw(plane);
    expect(markup).toMatch(/aria-label="Loss around Plain 8: values at the cursor\. Left and right arrows/);
    expect(markup).toContain('aria-valuetext="at 0, 0. Plain 8: 0.500"');
  });

  test('draws contours, crosses where the loss is not finite, and a note while it is coarse', () => {
    const markup = draw(plane);
    expect(markup).toMatch(/class="chart-contour" d="M/);
    expect(markup).toMatch(/class="chart-overflow" d="M/);
    expect(markup).not.toContain('9 points');
    expect(draw({ ...plane, done: 5, losses: plane.losses.with(0, null) })).toContain('5 of 9 points');
  });

  test('has finite coordinates whatever the data', () => {
    for (const shown of [plane, nothing(9), report(Array.from({ length: 9 }, () => Number.NaN))]) {
      expect(coordinates(draw(shown))).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
