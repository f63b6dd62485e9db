import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { randomPicks } from './finiteDifferences.ts';

const stack = [
  { kind: 'conv', width: 2, stride: 2, count: 1 },
  { kind: 'residual', width: 2, stride: 1, count: 1 },
] as const;
const spec: NetworkSpec = { stack, ...presets.t7.network };
const graph = buildGraph(spec, 14);
const parameters = initialParameters(graph, spec, 1);

describe('random picks', () => {
  it('fall on every parameter in proportion to its size, within its bounds', () => {
    const picks = randomPicks(graph, 4000, 1);
    const shares = graph.parameters.map(({ id }) => picks.filter(({ parameter }) => parameter === id).length / 4000);
    const total = parameters.reduce((sum, { length }) => sum + length, 0);
    expect(shares.length).toBe(parameters.length);
    for (const [id, { length }] of parameters.entries()) expect(shares[id]).toBeCloseTo(length / total, 1);
    for (const { parameter, index } of picks) expect(parameters[parameter]?.[index]).toBeDefined();
  });

  it('are the same for the same seed only', () => {
    expect(randomPicks(graph, 5, 7)).toEqual(randomPicks(graph, 5, 7));
    expect(randomPicks(graph, 5, 7)).not.toEqual(randomPicks(graph, 5, 8));
  });
});
