import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import { finalErrors, type NetworkRun, summaryOf } from '../../session/runs.ts';
import { cellKey, type FinishedCell, keptRuns, runOfCell } from '../../session/sweeps/finishedCell.ts';
import { testEngine } from '../../session/testRuns.ts';
import { knownRuns, runsOfVariant } from './outcomes.ts';
import { variantExperiment, variantsOf } from './variants.ts';

const [original, , scaled] = variantsOf('normalized').map((variant) => variantExperiment('normalized', [variant], 20));
if (!original || !scaled) throw new Error('no variants');

function seeded(experiment: Experiment, seed: number): Experiment {
  return { ...experiment, training: { ...experiment.training, seed } };
}

function cell(experiment: Experiment, error: number, finishedAt = '2026-01-01T00:00:00Z'): FinishedCell {
  const { steps } = experiment.training;
  return {
    key: cellKey(experiment, testEngine, finishedAt),
    link: formatLink(experiment),
    engine: testEngine,
    steps,
    evaluations: [{ step: steps, trainError: error, testError: error + 0.1 }],
    divergedAt: null,
    seconds: null,
    finishedAt,
  };
}

function run(experiment: Experiment, changes: Partial<NetworkRun> = {}): NetworkRun {
  return { ...runOfCell(cell(experiment, 0.3)), ...changes };
}

/** The training error of the first seed. */
const newest = (runs: readonly NetworkRun[]) => summaryOf(runs.slice(0, 1), 'trainError')?.mean;

describe('the runs of a variant', () => {
  it('are those of its own network and training, whatever the seed', () => {
    const cells = [cell(original, 0.2), cell(seeded(original, 2), 0.25), cell(scaled, 0.5)];
    const found = runsOfVariant(original, knownRuns(keptRuns(cells), []));
    expect(found.map((each) => [each.experiment.training.seed, finalErrors(each)?.trainError])).toEqual([
      [1, 0.2],
      [2, 0.25],
    ]);
    const longer = { ...original, training: { ...original.training, steps: 200 } };
    expect(runsOfVariant(longer, knownRuns(keptRuns(cells), []))).toEqual([]);
  });

  it('are none that an earlier version of the page computed', () => {
    const earlier = { ...cell(original, 0.2), key: `1 | ${formatLink(original)}` };
    expect(knownRuns(keptRuns([earlier, cell(seeded(original, 2), 0.25)]), [])).toHaveLength(1);
  });

  it('are of each seed the newest, those of this tab last', () => {
    const cells = [cell(original, 0.2, '2026-01-02T00:00:00Z'), cell(original, 0.25, '2026-01-01T00:00:00Z')];
    expect(newest(runsOfVariant(original, knownRuns(keptRuns(cells), [])))).toBe(0.2);
    expect(newest(runsOfVariant(original, knownRuns(keptRuns(cells), [run(original)])))).toBe(0.3);
    // Not one whose learning rate was changed on the way.
    const adjusted = run(original, { isRepeatable: false });
    expect(newest(runsOfVariant(original, knownRuns(keptRuns(cells), [adjusted])))).toBe(0.2);
  });

  it('have no errors where they diverged, and are left out of the summary', () => {
    const diverged = run(seeded(original, 3), { divergedAt: 7 });
    const cells = [cell(original, 0.2), cell(seeded(original, 2), 0.4)];
    const found = runsOfVariant(original, knownRuns(keptRuns(cells), [diverged]));
    expect(found.map(({ divergedAt }) => divergedAt)).toEqual([null, null, 7]);
    const train = summaryOf(found, 'trainError');
    expect(train?.mean).toBeCloseTo(0.3, 12);
    expect([train?.low, train?.high]).toEqual([0.2, 0.4]);
    expect(summaryOf([], 'testError')).toBeNull();
  });
});
