import { describe, expect, test } from 'vitest';
import { crossLabels } from './crosses.ts';
import { depthAxis } from './DepthChart.tsx';
import { errorY, type FinalPlane, meanLine, placeAt, placeTicks, placeX, rangeBand, seedDots } from './geometry.ts';
import { type FinalRun, groupsOf, summary } from './groups.ts';
import { cell, summarySentence, tableOf } from './reading.ts';

function run(at: number, kind: FinalRun['kind'], trainError: number | null, divergedAt: number | null = null) {
  return { at, kind, seed: 1, trainError, testError: 0.5, divergedAt };
}

const runs = [
  run(20, 'plain', 0.3),
  run(8, 'plain', 0.2),
  run(20, 'plain', 0.4),
  run(56, 'plain', null, 12),
  run(8, 'residual', 0.25),
];
const plain = groupsOf(runs, 'plain', 'train');

describe('Finished runs', () => {
  test('are grouped by place, in order', () => {
    expect(plain.map((group) => [group.at, group.errors, group.divergedAt])).toEqual([
      [8, [0.2], []],
      [20, [0.3, 0.4], []],
      [56, [], [12]],
    ]);
    expect(groupsOf(runs, 'residual', 'test').map((group) => group.errors)).toEqual([[0.5]]);
  });

  test('have a mean and a range where any ended with an error', () => {
    expect(plain.map(summary)).toEqual([{ mean: 0.2, low: 0.2, high: 0.2 }, { mean: 0.35, low: 0.3, high: 0.4 }, null]);
  });

  test('are said in figures', () => {
    expect(plain.map(cell)).toEqual(['20.0%', '35.0% (30.0–40.0%, 2 runs)', 'diverged at step 12']);
    expect(tableOf(runs, depthAxis).rows[1]).toEqual(['8', 'residual', 1, 0.25, 0.5, null]);
    expect(summarySentence(runs, depthAxis, 'train')).toContain('20 layers. plain 35.0%');
  });
});

describe('The plane of final errors', () => {
  const plane: FinalPlane = {
    area: { left: 0, right: 124, top: 0, bottom: 100 },
    axis: { kind: 'linear', min: 0, max: 1 },
    scale: 'linear',
    ends: [8, 56],
  };

  test('is linear, clear of the edges', () => {
    expect([8, 32, 56].map((depth) => placeX(plane, depth))).toEqual([14, 62, 110]);
    expect(placeAt(plane, 62)).toBe(32);
  });

  test('is logarithmic where that is asked for', () => {
    const rates: FinalPlane = { ...plane, scale: 'log', ends: [0.01, 1] };
    expect([0.01, 0.1, 1].map((rate) => placeX(rates, rate))).toEqual([14, 62, 110]);
    expect(placeAt(rates, 62)).toBeCloseTo(0.1, 12);
  });

  test('puts a single place in the middle', () => {
    expect(placeX({ ...plane, ends: [20, 20] }, 20)).toBe(62);
  });

  test('draws means, the band between the extremes, and a dot a run', () => {
    expect(errorY(plane, 0.25)).toBe(75);
    expect(meanLine(plain, plane)).toBe('M14,80L38,65');
    expect(rangeBand(plain, plane)).toBe('M14,80L38,60L38,70L14,80Z');
    expect(plain.map((group) => seedDots(group, plane))).toEqual(['', 'M38.0,70.0h0M38.0,60.0h0', '']);
  });

  test('ticks the places that have runs, with names that do not touch', () => {
    expect(placeTicks(plane, [8, 14, 56], String, 25).map((tick) => tick.label)).toEqual(['8', '', '56']);
  });
});

describe('Crosses in a row', () => {
  const area = { left: 0, right: 400, top: 0, bottom: 100 };
  const widths = { full: 100, short: 30 };
  const label = (...centers: number[]) => crossLabels(centers, widths, area).map(({ text, side }) => `${text} ${side}`);

  test('say in full where they have room, at the left where the plot ends', () => {
    expect(label(50)).toEqual(['full right']);
    expect(label(390)).toEqual(['full left']);
    expect(label(50, 390)).toEqual(['full right', 'full left']);
  });

  test('say only the step, or nothing, rather than touch another cross or label', () => {
    expect(label(300, 390)).toEqual(['full left', 'short left']);
    expect(label(370, 390)).toEqual(['full left', 'null right']);
    expect(label(10, 20, 30)).toEqual(['null right', 'null right', 'full right']);
  });
});
