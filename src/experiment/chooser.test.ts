import { describe, expect, it } from 'vitest';
import { checkExperiment } from './check.ts';
import { experimentEntries, experimentGroups, experimentKeys } from './chooser.ts';
import { depthOf } from './stack.ts';

describe('the experiments of the chooser', () => {
  it('are all within the limits', () => {
    for (const { experiment } of experimentEntries) expect(checkExperiment(experiment)).toEqual([]);
  });

  it('list every key once, and every group has entries', () => {
    expect(experimentEntries.map((entry) => entry.key)).toEqual(experimentKeys);
    expect(new Set(experimentEntries.map((entry) => entry.group))).toEqual(new Set(experimentGroups));
  });

  it('compare twins of one depth, differing only in the stack', () => {
    const twins = experimentEntries.find((entry) => entry.key === 't7-twins-38')?.experiment.networks ?? [];
    expect(twins.map(({ stack }) => depthOf(stack))).toEqual([38, 38]);
    const [plain, residual] = twins.map(({ stack, ...settings }) => settings);
    expect(plain).toEqual(residual);
  });

  it('set vanishing up as docs/science.md has it: sigmoid, Xavier, 12 layers, learning rate 0.1, 60 steps, no normalisation', () => {
    const { networks, training } = experimentEntries.find((entry) => entry.key === 'f7-sigmoid-12')?.experiment ?? {};
    expect(networks?.[0]).toMatchObject({ act: 'sigmoid', init: 'xavier', norm: 'none', head: 'flatten' });
    expect(depthOf(networks?.[0]?.stack ?? [])).toBe(12);
    expect(training).toMatchObject({ lr: 0.1, steps: 60, batch: 64, schedule: 'constant' });
  });
});
