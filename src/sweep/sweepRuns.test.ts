import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseLink } from '../experiment/parseLink.ts';
import { sweepCells } from '../experiment/sweep/cells.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import { type CellState, cellId, initialSweep, type SweepState } from '../session/sweeps/state.ts';
import { testEngine, testRun } from '../session/testRuns.ts';
import { aboutSweep, seedsInMeans, stepSeries } from './sweepRuns.ts';

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://example.org/' });
});
afterEach(() => vi.unstubAllGlobals());

const { experiment } = parseLink('#v=1&a=t7-plain-8');

function done(divergedAt: number | null = null): CellState {
  const evaluations = [{ step: 100, trainError: 0.2, testError: 0.3 }];
  const result = {
    key: '',
    link: '',
    engine: testEngine,
    steps: 100,
    evaluations,
    divergedAt,
    seconds: 1,
    finishedAt: '',
  };
  return { kind: 'done', result, isFound: false };
}

/** @param states of the cells, in the order in which they are trained */
function sweepOf(changes: Partial<Sweep>, states: readonly (CellState | null)[]): SweepState {
  const sweep: Sweep = { ...defaultSweep(experiment), kinds: ['plain'], ...changes };
  const cells = sweepCells(experiment, sweep);
  if (!cells.ok) throw new Error(cells.problem.code);
  const known = cells.value.flatMap((cell, index) => {
    const state = states[index];
    return state ? [[cellId(cell), state] as const] : [];
  });
  return { ...initialSweep(experiment, sweep), cells: cells.value, states: new Map(known), engine: testEngine };
}

describe('an export of a sweep that is under way', () => {
  it('names the seeds that are drawn, not those that are planned', () => {
    const running: CellState = {
      kind: 'running',
      run: testRun('a=t7-plain-8&seed=2', 0, { evaluations: [], isFinished: false }),
    };
    const state = sweepOf({ values: [8, 20], seeds: [1, 2, 3] }, [
      done(),
      done(),
      running,
      null,
      { kind: 'cancelled' },
    ]);
    expect(aboutSweep(state, null).seeds).toEqual([1, 2]);
  });

  it('names every size of the training set, where that is what varies', () => {
    const state = sweepOf({ axis: 'train', values: [1000, 2000], seeds: [1] }, [done(), done()]);
    expect(aboutSweep(state, 'Kana').data).toBe('Kana · 1,000 train / 1,000 test; Kana · 2,000 train / 1,000 test');
  });
});

describe('the means of its curves', () => {
  it('are of the runs that have finished, and not diverged', () => {
    const means = (states: readonly (CellState | null)[]) =>
      seedsInMeans(stepSeries(sweepOf({ values: [8, 20], seeds: [1, 2, 3] }, states), 'plain'));
    expect(means([])).toEqual({ fewest: 0, most: 0 });
    expect(means([done(), null])).toEqual({ fewest: 1, most: 1 });
    // Seed by seed, and in each 8 layers and then 20.
    expect(means([done(), done(), done(), done(7), done()])).toEqual({ fewest: 1, most: 3 });
    expect(means([done(), done(), done(), done()])).toEqual({ fewest: 2, most: 2 });
  });
});
