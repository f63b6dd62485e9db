import { describe, expect, test } from 'vitest';
import { depthAxis } from './FinalChart.tsx';
import { cell, type FinalRun, groupsOf, summary, summarySentence, tableOf } from './finalRuns.ts';

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
