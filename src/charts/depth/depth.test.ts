import { describe, expect, test } from 'vitest';
import type { FinishedRun } from '../../measurements/finished.ts';
import { type DepthPlane, depthAt, depthTicks, depthX, errorY, meanLine, rangeBand, seedDots } from './geometry.ts';
import { groupsOf, summary } from './groups.ts';
import { cell, summarySentence } from './reading.ts';

function run(depth: number, kind: FinishedRun['kind'], trainError: number | null, divergedAt: number | null = null) {
  return { depth, kind, label: '', seed: 1, steps: 100, conditions: '', trainError, testError: 0.5, divergedAt };
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
  test('are grouped by depth, shallowest first', () => {
    expect(plain.map((group) => [group.depth, group.errors, group.divergedAt])).toEqual([
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
    expect(summarySentence(runs, 'train')).toContain('20 layers. plain 35.0%');
  });
});

describe('The plane of depths', () => {
  const plane: DepthPlane = {
    area: { left: 0, right: 124, top: 0, bottom: 100 },
    axis: { kind: 'linear', min: 0, max: 1 },
    depths: [8, 56],
  };

  test('is linear in depth, clear of the edges', () => {
    expect([8, 32, 56].map((depth) => depthX(plane, depth))).toEqual([14, 62, 110]);
    expect(depthAt(plane, 62)).toBe(32);
  });

  test('puts a single depth in the middle', () => {
    expect(depthX({ ...plane, depths: [20, 20] }, 20)).toBe(62);
  });

  test('draws means, the band between the extremes, and a dot a run', () => {
    expect(errorY(plane, 0.25)).toBe(75);
    expect(meanLine(plain, plane)).toBe('M14,80L38,65');
    expect(rangeBand(plain, plane)).toBe('M14,80L38,60L38,70L14,80Z');
    expect(plain.map((group) => seedDots(group, plane))).toEqual(['', 'M38.0,70.0h0M38.0,60.0h0', '']);
  });

  test('ticks the depths that have runs, with numbers that do not touch', () => {
    expect(depthTicks(plane, [8, 14, 56], 25).map((tick) => tick.label)).toEqual(['8', '', '56']);
  });
});
