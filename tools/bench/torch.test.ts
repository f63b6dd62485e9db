/** PyTorch computes the same training as we do: its losses are those of the float64 reference, step by step. */
import { describe, expect, it } from 'vitest';
import { minibatches } from '../../src/data/minibatches.ts';
import { createReferenceEngine } from '../../src/engine/reference/engine.ts';
import { testImages } from '../../src/engine/testNetworks.ts';
import { familyStack } from '../../src/experiment/families.ts';
import { presets } from '../../src/experiment/presets.ts';
import { buildGraph } from '../../src/network/build.ts';
import { initialParameters } from '../../src/network/init.ts';
import { noPyTorch, pythonWithTorch } from '../python.ts';
import { startTorch } from './entrants.ts';
import type { Setup } from './setup.ts';

const spec = { ...presets.s14.network, stack: familyStack({ preset: 's14', kind: 'residual', layers: 8, width: 4 }) };
const graph = buildGraph(spec, 14);
const initial = initialParameters(graph, spec, 1);
const setup: Setup = { spec, size: 14, graph, depth: 8, initial, images: testImages(14, 12), learningRate: 0.05 };
const batches = minibatches(1, 12, 4);
const rule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 } as const;

const python = pythonWithTorch();
if (python === null) console.warn(`${noPyTorch}.`);

describe.skipIf(python === null)(python === null ? noPyTorch : 'PyTorch in the bench', { timeout: 300_000 }, () => {
  it('trains the same network from the same numbers', async () => {
    const trainer = await createReferenceEngine().createTrainer(graph, initial, rule, setup.images);
    const torch = await startTorch(python ?? '', setup, batches);
    for (let step = 1; step <= 3; step++) {
      const { loss } = await trainer.step(batches.images(step), setup.learningRate);
      const found = await torch.step(step);
      expect(Math.abs(found.loss / loss - 1)).toBeLessThan(1e-4);
      expect(found.ms).toBeGreaterThan(0);
    }
    torch.stop();
  });

  it('says in a line why it cannot', async () => {
    const broken = { ...setup, initial: initial.slice(1) };
    await expect(startTorch(python ?? '', broken, batches)).rejects.toThrow(/^AssertionError: the program has other/);
  });
});
