import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { NetworkSpec } from '../../spec/experiment.ts';
import { presets } from '../../spec/presets.ts';
import { testImages } from '../testNetworks.ts';
import { blockSizes, randomPicks } from './examine.ts';

const stack = [
  { kind: 'conv', width: 2, stride: 2, count: 1 },
  { kind: 'residual', width: 2, stride: 1, count: 1 },
  { kind: 'zeroresidual', width: 2, stride: 1, count: 1 },
] as const;
const spec: NetworkSpec = { stack, ...presets.t7.network };
const graph = buildGraph(spec, 14);
const parameters = initialParameters(graph, spec, 1);
const { pixels } = testImages(14, 8).train;

describe('block sizes', () => {
  const blocks = blockSizes(graph, parameters, pixels, 8);

  it('are found at the last layer of every block', () => {
    expect(blocks.map(({ layer }) => layer)).toEqual([2, 4]);
  });

  it('have a branch of std 1 behind a batch norm of scale 1, and of 0 behind one of scale 0', () => {
    expect(blocks[0]?.branch).toBeCloseTo(1, 3);
    expect(blocks[1]?.branch).toBe(0);
  });

  it('have a trunk with the std of a rectified normal behind batch norm and ReLU', () => {
    // Of max(0, z), z standard normal: √(1/2 − 1/2π) = 0.584; the stem's responses are only nearly normal.
    expect(blocks[0]?.trunk).toBeGreaterThan(0.4);
    expect(blocks[0]?.trunk).toBeLessThan(0.75);
  });

  it('are none without shortcuts', () => {
    const plain = { ...spec, stack: stack.slice(0, 1) };
    const alone = buildGraph(plain, 14);
    expect(blockSizes(alone, initialParameters(alone, plain, 1), pixels, 8)).toEqual([]);
  });
});

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
