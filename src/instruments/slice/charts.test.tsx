import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { notFiniteColor, shade } from '../../plot/color.ts';
import { scaleOf } from '../../plot/scale.ts';
import { coordinates } from '../../plot/testMarkup.ts';
import { contourLevels, contourLines, lossExtent, lossTicks, sliceAxis } from './contours.ts';
import { LineChart } from './LineChart.tsx';
import { PlaneChart, planePixels } from './PlaneChart.tsx';
import { completeSpacing, distanceOf, indexOf, nearestPoint, type SliceReport } from './report.ts';
import { distanceAxis, lineTable, lossAt, phrasesAt, planeTable, summarySentence } from './slices.ts';

function report(side: number, losses: readonly (number | null)[], changes: Partial<SliceReport> = {}): SliceReport {
  const done = losses.filter((loss) => loss !== null).length;
  return {
    step: 100,
    images: 128,
    done,
    planned: losses.length,
    side,
    radius: 1,
    parameters: 1234,
    losses,
    ...changes,
  };
}

/** A plane of 5 × 5 of which the lattice of spacing 2 is known: 1 to 9, row by row. */
const coarse = report(
  5,
  Array.from({ length: 25 }, (_, index) => {
    const [column, row] = [index % 5, Math.floor(index / 5)];
    return column % 2 === 0 && row % 2 === 0 ? 1 + column / 2 + (3 * row) / 2 : null;
  }),
);
const line = report(3, [Number.NaN, 0.5, 4]);
const slices = [{ id: 'a' as const, name: 'Plain 8', report: line }];

describe('A place of a slice', () => {
  test('has its own loss once that is known, and before that the one of the nearest coarser point', () => {
    expect(nearestPoint(coarse, 2, 4)).toEqual({ column: 2, row: 4, loss: 8 });
    expect(nearestPoint(coarse, 3, 3)).toEqual({ column: 4, row: 4, loss: 9 });
    const middle = report(
      5,
      Array.from({ length: 25 }, (_, index) => (index === 12 ? 7 : null)),
    );
    expect(nearestPoint(middle, 0, 4)).toEqual({ column: 2, row: 2, loss: 7 });
    expect(nearestPoint(report(3, [null, null, null]), 1, 0)).toBeNull();
  });

  test('keeps a loss that is not finite', () => {
    expect(nearestPoint(line, 0, 0)?.loss).toBeNaN();
  });

  test('knows how fine the lattice is that is known as a whole', () => {
    expect(
      completeSpacing(
        report(
          5,
          Array.from({ length: 25 }, () => null),
        ),
      ),
    ).toBeNull();
    expect(completeSpacing(coarse)).toBe(2);
    expect(completeSpacing({ ...coarse, done: 24 })).toBe(2);
    expect(completeSpacing({ ...coarse, done: 25 })).toBe(1);
    expect(completeSpacing(line)).toBe(1);
  });

  test('is at a distance from the weights, and drawn as a cell around it', () => {
    expect([0, 1, 2, 3, 4].map((index) => distanceOf(coarse, index))).toEqual([-1, -0.5, 0, 0.5, 1]);
    // Five cells, each a fifth of the width.
    const scale = scaleOf(distanceAxis(coarse, ''), 0, 200);
    expect(scale.at(-1).px).toBeCloseTo(20, 9);
    expect(scale.at(0).px).toBe(100);
    expect([-9, 21, 139, 1000].map((px) => indexOf(coarse, scale.invert(px)))).toEqual([0, 0, 3, 4]);
    expect(scale.axis.ticks(scale, 10).map(({ label }) => label)).toEqual(['−1', '−0.5', '0', '0.5', '1']);
  });
});

test('The picture has the second direction upwards, and coarse points as blocks', () => {
  const axis = { kind: 'linear', min: 0, max: 4 } as const;
  const corner = report(3, [4, null, Number.NaN, null, 0, null, null, null, null]);
  const pixels = [...planePixels(corner, axis)];
  const colorAt = (index: number) => pixels.slice(4 * index, 4 * index + 3);
  expect(colorAt(6)).toEqual(shade(1));
  expect(colorAt(8)).toEqual(notFiniteColor);
  expect(colorAt(4)).toEqual(shade(0));
  expect(colorAt(0)).toEqual(shade(0));
});

describe('The axis of losses', () => {
  test('holds the finite losses of all slices, and ends at round numbers', () => {
    expect(lossExtent([line, report(3, [30, 2, 0])])).toEqual({ low: 0.5, high: 30 });
    expect(sliceAxis({ low: 0.6, high: 30 }, 'log')).toEqual({ kind: 'log', min: 0.5, max: 50 });
    expect(sliceAxis({ low: 0.6, high: 30 }, 'linear')).toEqual({ kind: 'linear', min: 0, max: 30 });
  });

  test('is there for a single loss, and for none', () => {
    expect(sliceAxis({ low: 2, high: 2 }, 'log')).toEqual({ kind: 'log', min: 2, max: 20 });
    expect(sliceAxis(lossExtent([]), 'log')).toEqual({ kind: 'log', min: 1, max: 10 });
  });

  test('has round numbers, as many as there is room for', () => {
    const labels = (min: number, max: number) => lossTicks({ kind: 'log', min, max }, 5).map(({ label }) => label);
    expect(labels(0.5, 10)).toEqual(['0.5', '1', '2', '5', '10']);
    expect(labels(0.2, 1000)).toEqual(['1', '10', '100', '1000']);
    expect(labels(1, 2e9)).toEqual(['1', '100', '10000', '10⁶', '10⁸']);
  });
});

describe('Contour lines', () => {
  test('are at round losses, the same for every slice', () => {
    expect(contourLevels({ low: 0.3, high: 30 })).toEqual([0.5, 1, 2, 5, 10, 20]);
    expect(contourLevels({ low: 2.1, high: 2.9 })).toEqual([2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8]);
    expect(contourLevels({ low: 2, high: 2 })).toEqual([]);
    expect(contourLevels(lossExtent([]))).toEqual([]);
  });

  test('run where the loss passes their level, and end where the picture does', () => {
    // The loss is the column: 0 to 4. Its contour at 1.5 is upright, halfway from a distance of −0.5 to 0.
    const ramp = report(
      5,
      Array.from({ length: 25 }, (_, index) => index % 5),
    );
    const [[part = []] = []] = contourLines(ramp, [1.5]);
    for (const { x } of part) expect(x).toBeCloseTo(-0.25, 12);
    const heights = part.map(({ y }) => y);
    expect(Math.min(...heights)).toBeCloseTo(-1, 12);
    expect(Math.max(...heights)).toBeCloseTo(1, 12);
  });

  test('go through the lattice that is known as a whole', () => {
    // Rows of 1 2 3, 4 5 6 and 7 8 9 from below: 3.5 lies halfway between the first, at −1, and the second, at 0.
    const [parts = []] = contourLines({ ...coarse, done: 9 }, [3.5]);
    const middle = parts.flat().find(({ x }) => Math.abs(x) < 1e-9);
    expect(middle?.y).toBeCloseTo(-0.5, 9);
    expect(contourLines({ ...coarse, done: 8 }, [3.5])).toEqual([[]]);
  });

  test('enclose what is not finite', () => {
    const hill = report(3, [1, 1, 1, 1, Number.NaN, 1, 1, 1, 1]);
    const [parts = []] = contourLines(hill, [2]);
    expect(parts).toHaveLength(1);
  });
});

describe('Slices in words', () => {
  test('say the loss of every network at a distance', () => {
    expect(phrasesAt(slices, 1)).toEqual(['Plain 8: 4.00']);
    expect(phrasesAt(slices, -1)).toEqual(['Plain 8: not finite (NaN)']);
    expect(lossAt(line, 0.3)).toBeNull();
  });

  test('sum up what is known, overflows included', () => {
    expect(slices.map(summarySentence)).toEqual([
      'Plain 8 at step 100, a one-dimensional slice of a space of 1,234 dimensions: loss 0.500 as it is, from 0.500 to 4.00 up to 1 away along each direction; 1 point is not finite.',
    ]);
    expect(summarySentence({ id: 'b', name: 'Plain 8', report: coarse })).toMatch(/two-dim.*\(9 of 25 points\)\.$/);
  });

  test('are rows, one for each point that is known', () => {
    expect(lineTable(slices).rows).toEqual([
      ['Plain 8', 100, -1, Number.NaN],
      ['Plain 8', 100, 0, 0.5],
      ['Plain 8', 100, 1, 4],
    ]);
    expect(planeTable(coarse).rows).toHaveLength(9);
    expect(planeTable(coarse).rows[5]).toEqual([1, 0, 6]);
  });
});

const row = report(3, [2, 0.5, Number.NaN]);
const plane = report(3, [2, 1, Number.POSITIVE_INFINITY, 1, 0.5, 1, 2, 1, 3]);
const nothing = (count: number) =>
  report(
    3,
    Array.from({ length: count }, () => null),
  );

describe('The chart of a line', () => {
  const draw = (...reports: SliceReport[]) =>
    renderToStaticMarkup(
      <LineChart slices={reports.map((each) => ({ id: 'a', name: 'Plain 8', report: each }))} scale="log" />,
    );

  test('is a slider over the distances, which begins at the weights', () => {
    expect(draw(row)).toMatch(/role="slider"[^>]*aria-valuemin="-1" aria-valuemax="1" aria-valuenow="0"/);
    expect(draw(row)).toContain('aria-valuetext="at 0. Plain 8: 0.500"');
  });

  test('marks what is not finite, and says of how many dimensions it is a slice', () => {
    const markup = draw(row);
    expect(markup).toContain('chart-cross');
    expect(markup).toContain('✕ not finite');
    expect(markup).toContain('of 1,234 dimensions');
  });

  test('has finite coordinates whatever the data', () => {
    for (const reports of [[], [nothing(3)], [row], [report(3, [0, 0, 0])]]) {
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
    for (const shown of [
      plane,
      nothing(9),
      report(
        3,
        Array.from({ length: 9 }, () => Number.NaN),
      ),
    ]) {
      expect(coordinates(draw(shown))).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
