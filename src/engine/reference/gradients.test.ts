import { describe, expect, inject, it } from 'vitest';
import { itemKinds } from '../../experiment/experiment.ts';
import { networkSettingKeys, networkSettings, type Setting } from '../../experiment/settings.ts';
import { buildGraph } from '../../network/build.ts';
import { somePicks, testImages, testNetworks, testParameters } from '../testNetworks.ts';
import { createReferenceEngine } from './engine.ts';
import { finiteDifferences } from './finiteDifferences.ts';

describe('the reference engine', () => {
  it.each(testNetworks)('has the gradients that finite differences have: $name', async (network) => {
    const { spec, batch } = network;
    const graph = buildGraph(spec, network);
    const parameters = testParameters(graph, spec);
    const images = testImages(network, batch);
    const engine = createReferenceEngine();
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'sgd', wd: 0, clip: 0, seed: 1 }, images);
    const { parameters: gradients } = await trainer.gradients(Uint32Array.from({ length: batch }, (_, i) => i));
    const picks = somePicks(
      parameters.map(({ length }) => length),
      2 * inject('propertyRuns'),
    );
    const expected = finiteDifferences(graph, parameters, images.train.pixels, images.train.labels, picks, {
      seed: 1,
      updates: 0,
    });
    const scale = Math.hypot(...expected) / Math.sqrt(expected.length);
    picks.forEach(({ parameter, index }, i) => {
      const difference = Math.abs((gradients[parameter]?.[index] ?? Number.NaN) - (expected[i] ?? Number.NaN));
      expect(difference, graph.parameters[parameter]?.name).toBeLessThan(1e-6 * (Math.abs(expected[i] ?? 0) + scale));
    });
  });
});

describe('the test networks', () => {
  it('cover every kind of item, every choice of a setting, and a number of each other than the usual one', () => {
    const specs = testNetworks.map(({ spec }) => spec);
    const kinds = specs.flatMap(({ stack }) => stack.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(itemKinds));
    for (const key of networkSettingKeys) {
      const setting: Setting = networkSettings[key];
      const values = new Set(specs.map((spec) => spec[key]));
      if (setting.kind === 'choice') expect(values, key).toEqual(new Set(setting.choices));
      else expect(values.size, key).toBeGreaterThan(1);
    }
  });
});
