/** The rivals compute the same training as we do: their losses are those of the float64 reference, step by step. */
import { describe, expect, it } from 'vitest';
import { minibatches } from '../../../../src/data/minibatches.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import { testImages } from '../../../../src/engine/testNetworks.ts';
import { familyStack } from '../../../../src/experiment/families.ts';
import { presets } from '../../../../src/experiment/presets.ts';
import { buildGraph } from '../../../../src/network/build.ts';
import { initialParameters } from '../../../../src/network/init.ts';
import type { Setup } from '../../setup.ts';
import type { StartContender } from './contender.ts';
import { startOn } from './jax.ts';
import { start as startStock } from './tfjsStock.ts';

const spec = { ...presets.s14.network, stack: familyStack({ preset: 's14', kind: 'residual', layers: 8, width: 4 }) };
const graph = buildGraph(spec, 14);
const setup: Setup = {
  spec,
  size: 14,
  graph,
  depth: 8,
  initial: initialParameters(graph, spec, 1),
  images: testImages(14, 12),
  learningRate: 0.05,
};
const batches = minibatches(1, 12, 4);

async function losses(start: StartContender): Promise<number[]> {
  const contender = await start(setup);
  const values: number[] = [];
  for (let step = 1; step <= 3; step++) values.push(await contender.step(batches.images(step)));
  return values;
}

const reference: StartContender = async ({ initial, images, learningRate }) => {
  const rule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 } as const;
  const trainer = await createReferenceEngine().createTrainer(graph, initial, rule, images);
  return { step: async (indices) => (await trainer.step(indices, learningRate)).loss };
};

describe('a rival', () => {
  it.each([
    ['stock tfjs', startStock],
    ['jax-js on webgpu', startOn('webgpu')],
    ['jax-js on wasm', startOn('wasm')],
  ])('trains the same network: %s', async (_, start) => {
    const expected = await losses(reference);
    const found = await losses(start);
    found.forEach((loss, i) => {
      expect(loss / (expected[i] ?? 0)).toBeCloseTo(1, 5);
    });
  });
});
