import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { random } from '../../random/random.ts';
import { activations, itemKinds, normalizations, shortcuts } from '../../spec/experiment.ts';
import { testImages, testNetworks, testParameters } from '../testNetworks.ts';
import { createReferenceEngine } from './engine.ts';
import { finiteDifferences, type Pick } from './finiteDifferences.ts';

/** A few numbers of every parameter, chosen at random. */
function somePicks(sizes: readonly number[]): Pick[] {
  const uniform = random(1, 'picks');
  return sizes.flatMap((size, parameter) =>
    Array.from({ length: 4 }, () => ({ parameter, index: Math.floor(size * uniform()) })),
  );
}

describe('the reference engine', () => {
  it.each(testNetworks)('has the gradients that finite differences have: $name', async ({ spec, size, batch }) => {
    const graph = buildGraph(spec, size);
    const parameters = testParameters(graph, spec);
    const images = testImages(size, batch);
    const engine = createReferenceEngine();
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'sgd', wd: 0, clip: 0 }, images);
    const { parameters: gradients } = await trainer.gradients(Uint32Array.from({ length: batch }, (_, i) => i));
    const picks = somePicks(parameters.map(({ length }) => length));
    const expected = finiteDifferences(graph, parameters, images.train.pixels, images.train.labels, picks);
    const scale = Math.hypot(...expected) / Math.sqrt(expected.length);
    picks.forEach(({ parameter, index }, i) => {
      const difference = Math.abs((gradients[parameter]?.[index] ?? Number.NaN) - (expected[i] ?? Number.NaN));
      expect(difference, graph.parameters[parameter]?.name).toBeLessThan(1e-6 * (Math.abs(expected[i] ?? 0) + scale));
    });
  });
});

describe('the test networks', () => {
  it('cover every item, activation, normalisation, shortcut and head', () => {
    const specs = testNetworks.map(({ spec }) => spec);
    const kinds = specs.flatMap(({ stack }) => stack.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(itemKinds));
    expect(new Set(specs.map(({ act }) => act))).toEqual(new Set(activations));
    expect(new Set(specs.map(({ norm }) => norm))).toEqual(new Set(normalizations));
    expect(new Set(specs.map(({ shortcut }) => shortcut))).toEqual(new Set(shortcuts));
  });
});
