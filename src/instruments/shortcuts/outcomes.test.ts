import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { formatLink } from '../../experiment/link.ts';
import type { FinishedRun } from '../../records/finished.ts';
import { conditionsOf } from '../../session/store/finishedRuns.ts';
import { cellKey, type FinishedCell } from '../../session/sweeps/finishedCell.ts';
import { knownOutcomes, outcomesOf, spread } from './outcomes.ts';
import { variantExperiment, variantsOf } from './variants.ts';

const [original, , scaled] = variantsOf('normalized').map((variant) => variantExperiment('normalized', [variant], 20));
if (!original || !scaled) throw new Error('no variants');

function seeded(experiment: Experiment, seed: number): Experiment {
  return { ...experiment, training: { ...experiment.training, seed } };
}

const engine: FinishedCell['engine'] = {
  engine: 'tfjs',
  backend: 'wasm',
  device: { kind: 'cpu', simd: true, threads: 1 },
};

function cell(experiment: Experiment, error: number, finishedAt = '2026-01-01T00:00:00Z'): FinishedCell {
  const { steps } = experiment.training;
  return {
    key: cellKey(experiment, engine, finishedAt),
    link: formatLink(experiment),
    engine,
    steps,
    evaluations: [{ step: steps, trainError: error, testError: error + 0.1 }],
    divergedAt: null,
    seconds: null,
    finishedAt,
  };
}

function run(experiment: Experiment, changes: Partial<FinishedRun> = {}): FinishedRun {
  const [network] = experiment.networks;
  if (!network) throw new Error('no network');
  return {
    depth: 20,
    kind: 'residual',
    label: '',
    seed: experiment.training.seed,
    steps: experiment.training.steps,
    conditions: conditionsOf(network, experiment.training),
    trainError: 0.3,
    testError: 0.4,
    divergedAt: null,
    ...changes,
  };
}

describe('the outcomes of a variant', () => {
  it('are those of its own network and training, whatever the seed', () => {
    const cells = [cell(original, 0.2), cell(seeded(original, 2), 0.25), cell(scaled, 0.5)];
    const found = outcomesOf(original, knownOutcomes(cells, []));
    expect(found.map(({ seed, errors }) => [seed, errors?.train])).toEqual([
      [1, 0.2],
      [2, 0.25],
    ]);
    const longer = { ...original, training: { ...original.training, steps: 200 } };
    expect(outcomesOf(longer, knownOutcomes(cells, []))).toEqual([]);
  });

  it('are none that an earlier version of the page computed', () => {
    const earlier = { ...cell(original, 0.2), key: `1 | ${formatLink(original)}` };
    expect(knownOutcomes([earlier, cell(seeded(original, 2), 0.25)], [])).toHaveLength(1);
  });

  it('are of each seed the newest, those of this tab last', () => {
    const cells = [cell(original, 0.2, '2026-01-02T00:00:00Z'), cell(original, 0.25, '2026-01-01T00:00:00Z')];
    expect(outcomesOf(original, knownOutcomes(cells, []))[0]?.errors?.train).toBe(0.2);
    expect(outcomesOf(original, knownOutcomes(cells, [run(original)]))[0]?.errors?.train).toBe(0.3);
    // Not one whose learning rate was changed on the way.
    const adjusted = run(original, { conditions: 'adjusted' });
    expect(outcomesOf(original, knownOutcomes(cells, [adjusted]))[0]?.errors?.train).toBe(0.2);
  });

  it('have no errors where they diverged, and are left out of the spread', () => {
    const diverged = run(seeded(original, 3), { trainError: null, testError: null, divergedAt: 7 });
    const found = outcomesOf(
      original,
      knownOutcomes([cell(original, 0.2), cell(seeded(original, 2), 0.4)], [diverged]),
    );
    expect(found[2]).toMatchObject({ seed: 3, errors: null, divergedAt: 7 });
    const train = spread(found, 'train');
    expect(train?.mean).toBeCloseTo(0.3, 12);
    expect([train?.low, train?.high]).toEqual([0.2, 0.4]);
    expect(spread([], 'test')).toBeNull();
  });
});
