import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { withInputLayer } from '../../network/inputLayer.ts';
import { random } from '../../network/random.ts';
import { elements } from '../../ops/shapes.ts';
import { testImages, testNetworks, testParameters } from '../testNetworks.ts';
import { createReferenceEngine } from './engine.ts';
import { finiteDifferencesByOutput } from './finiteDifferences.ts';

const plainSgd = { opt: 'sgd', wd: 0, clip: 0, seed: 1 } as const;
const range = (length: number) => Uint32Array.from({ length }, (_, i) => i);

/** Two numbers of every node but the input. */
function picksOf({ nodes }: NetworkGraph, batch: number) {
  const uniform = random(1, 'signals');
  return nodes.slice(1).map(({ id, shape }) => {
    const size = batch * elements(shape);
    return { id, indices: [Math.floor(size * uniform()), Math.floor(size * uniform())] };
  });
}

describe('the signals of the reference engine', () => {
  it.each(testNetworks)('are what finite differences by every node are: $name', async (network) => {
    const { spec, batch } = network;
    const graph = buildGraph(spec, network);
    const parameters = testParameters(graph, spec);
    const images = testImages(network, batch);
    const { pixels, labels } = images.test;
    const trainer = await createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
    const picks = picksOf(graph, batch);
    const { gradients } = await trainer.signals(
      'test',
      range(batch),
      picks.map(({ id }) => id),
    );
    picks.forEach(({ id, indices }, i) => {
      const found = gradients[i] ?? new Float32Array();
      const scale = Math.hypot(...found) / Math.sqrt(found.length);
      const draw = { seed: plainSgd.seed, updates: 0 };
      const expected = finiteDifferencesByOutput(graph, parameters, pixels, labels, id, indices, draw);
      indices.forEach((index, k) => {
        const exact = batch * (expected[k] ?? Number.NaN);
        const off = Math.abs((found[index] ?? Number.NaN) - exact);
        expect(off, `node ${id}, ${graph.nodes[id]?.op.kind}`).toBeLessThan(1e-6 * (Math.abs(exact) + scale) + 1e-9);
      });
    });
  });

  it('have the gradient by the images at a layer put in front', async () => {
    const { spec, size, batch } = testNetworks[0] ?? {};
    if (!spec || !size || !batch) throw new Error('no test network');
    const graph = buildGraph(spec, size);
    const parameters = testParameters(graph, spec);
    const images = testImages(size, batch);
    const engine = createReferenceEngine();
    const { pixels, labels } = images.train;
    const front = withInputLayer(graph, parameters);
    const trainer = await engine.createTrainer(front.graph, front.parameters, plainSgd, images);
    const { outputs, gradients } = await trainer.signals('train', range(batch), [front.input]);
    expect(outputs[0]).toEqual(pixels);
    const nudge = 1e-4;
    const lossWith = async (index: number, by: number) => {
      const nudged = Float32Array.from(pixels, (pixel, i) => (i === index ? pixel + by : pixel));
      const other = { ...images, train: { count: batch, pixels: nudged, labels } };
      const { loss } = await (await engine.createTrainer(graph, parameters, plainSgd, other)).gradients(range(batch));
      return { loss, pixel: nudged[index] ?? Number.NaN };
    };
    for (const index of [30, 100, 250, 500]) {
      const [above, below] = [await lossWith(index, nudge), await lossWith(index, -nudge)];
      // Pixels are float32, so the nudge is what it came to.
      const exact = (batch * (above.loss - below.loss)) / (above.pixel - below.pixel);
      expect(gradients[0]?.[index]).toBeCloseTo(exact, 6);
    }
  });
});

describe('the statistics of the reference engine', () => {
  it('are those of what each batch norm reads when the calibration images are one minibatch', async () => {
    const { spec, size } = testNetworks.find(({ name }) => name === 'residual blocks, option B, batch norm') ?? {};
    if (!spec || !size) throw new Error('no test network');
    const graph = buildGraph(spec, size);
    const trainer = await createReferenceEngine().createTrainer(
      graph,
      testParameters(graph, spec),
      plainSgd,
      testImages(size, 6),
    );
    const statistics = await trainer.statistics(range(6));
    const norms = graph.nodes.filter(({ op }) => op.kind === 'batchNorm');
    expect(statistics.map(({ node }) => node)).toEqual(norms.map(({ id }) => id));
    const read = await trainer.activations(
      'train',
      range(6),
      norms.map(({ inputs }) => inputs[0] ?? 0),
    );
    statistics.forEach(({ mean, variance }, i) => {
      mean.forEach((value, channel) => {
        const values = [...(read[i] ?? [])].filter((_, at) => at % mean.length === channel);
        const average = values.reduce((sum, each) => sum + each, 0) / values.length;
        const spread = values.reduce((sum, each) => sum + (each - average) ** 2, 0) / values.length;
        expect(value).toBeCloseTo(average, 5);
        expect(variance[channel]).toBeCloseTo(spread, 5);
      });
    });
  });
});
