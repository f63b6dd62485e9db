import { describe, expect, it } from 'vitest';
import type { Item, NetworkSpec } from '../../experiment/experiment.ts';
import { usualNetwork } from '../../experiment/settings.ts';
import { buildGraph } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { Trainer } from '../engine.ts';
import { testImages, testParameters } from '../testNetworks.ts';
import { onlyBiases, testDeadUnits } from '../testSuite.ts';
import { createReferenceEngine } from './engine.ts';

const images = testImages(14, 4);

function graphOf(stack: readonly Item[], how: Partial<NetworkSpec> = {}) {
  const spec: NetworkSpec = { stack, ...usualNetwork, norm: 'none', ...how };
  return { spec, graph: buildGraph(spec, 14) };
}

const conv = (kind: 'conv' | 'residual', width: number): Item => ({ kind, width, stride: 1, count: 1 });

function trainerOf(graph: NetworkGraph, parameters: readonly Float32Array[]): Promise<Trainer> {
  return createReferenceEngine().createTrainer(graph, parameters, { opt: 'sgd', wd: 0, clip: 0, seed: 1 }, images);
}

async function layersOf(graph: NetworkGraph, parameters: readonly Float32Array[], batch: number[], lr = 0.1) {
  const trainer = await trainerOf(graph, parameters);
  return (await trainer.step(Uint32Array.from(batch), lr)).layers;
}

const norm = (values: Iterable<number> = []) => Math.hypot(...values);

describe('the signal gradient', () => {
  it('of one image is the root mean square of the gradient by z, which is that by the bias', async () => {
    const { spec, graph } = graphOf([conv('conv', 3)]);
    const parameters = testParameters(graph, spec);
    const { parameters: gradients } = await (await trainerOf(graph, parameters)).gradients(Uint32Array.of(0));
    const { signalGradient } = await layersOf(graph, parameters, [0]);
    expect(signalGradient[1]).toBeCloseTo(norm(gradients[3]) / Math.sqrt(10), 6);
  });

  it('is an example’s own: the same for an image as for four copies of it', async () => {
    const { spec, graph } = graphOf([conv('conv', 3), conv('residual', 3)]);
    const parameters = testParameters(graph, spec);
    const one = await layersOf(graph, parameters, [0]);
    const four = await layersOf(graph, parameters, [0, 0, 0, 0]);
    one.signalGradient.forEach((value, layer) => {
      expect(four.signalGradient[layer]).toBeCloseTo(value, 6);
    });
  });
});

describe('the weights', () => {
  it('have the norms of their gradient and of themselves, and SGD moves them by the learning rate', async () => {
    const { spec, graph } = graphOf([conv('conv', 3), conv('conv', 4)]);
    const parameters = testParameters(graph, spec);
    const { parameters: gradients } = await (await trainerOf(graph, parameters)).gradients(Uint32Array.of(1, 2));
    const layers = await layersOf(graph, parameters, [1, 2], 0.3);
    for (const { index, weight } of graph.layers) {
      const gradient = norm(gradients[weight]);
      expect(layers.weightGradient[index]).toBeCloseTo(gradient, 5);
      expect(layers.weightNorm[index]).toBeCloseTo(norm(parameters[weight]), 5);
      expect(layers.relativeUpdate[index]).toBeCloseTo((0.3 * gradient) / norm(parameters[weight]), 5);
    }
  });
});

describe('the response', () => {
  it('varies over channels, not only within them', async () => {
    const { graph } = graphOf([conv('conv', 2)]);
    const { responseStd } = await layersOf(graph, onlyBiases(graph, { 'conv 1 bias': [-1, 3] }), [0]);
    expect(responseStd[0]).toBe(2);
  });

  it('is taken after normalisation, whose scale is its standard deviation, and before the addition', async () => {
    const { spec, graph } = graphOf([conv('conv', 2), conv('residual', 2)], { norm: 'batch' });
    const parameters = testParameters(graph, spec).map((values, id) => {
      const { name, role } = graph.parameters[id] ?? {};
      if (role === 'shift') return values.fill(0);
      return role === 'scale' ? values.fill(name === 'conv 3 scale' ? 5 : 1) : values;
    });
    const { responseStd } = await layersOf(graph, parameters, [0, 1, 2]);
    expect(responseStd[0]).toBeCloseTo(1, 3);
    expect(responseStd[2]).toBeCloseTo(5, 3);
  });
});

describe('the dead fraction', () => {
  testDeadUnits(createReferenceEngine);

  it('counts a ReLU unit as alive if one image of the minibatch passes', async () => {
    const { graph } = graphOf([conv('conv', 1)]);
    const parameters = onlyBiases(graph, {});
    // Only the kernel's centre: units are the pixels, and dead where they are negative.
    parameters[0]?.set([1], 4);
    const negative = (image: number, pixel: number) => (images.train.pixels[image * 196 + pixel] ?? 0) <= 0;
    const shareWhere = (f: (pixel: number) => boolean) =>
      Array.from({ length: 196 }, (_, i) => i).filter(f).length / 196;
    const one = await layersOf(graph, parameters, [0]);
    const two = await layersOf(graph, parameters, [0, 1]);
    expect(one.deadFraction[0]).toBeCloseTo(
      shareWhere((pixel) => negative(0, pixel)),
      6,
    );
    expect(two.deadFraction[0]).toBeCloseTo(
      shareWhere((pixel) => negative(0, pixel) && negative(1, pixel)),
      6,
    );
  });

  it('of a block’s last layer is what the addition leaves dead', async () => {
    const { graph } = graphOf([conv('conv', 2), conv('residual', 2)]);
    const biases = { 'conv 1 bias': [3, 1], 'conv 2 bias': [1, -1], 'conv 3 bias': [-2, -2] };
    const { deadFraction } = await layersOf(graph, onlyBiases(graph, biases), [0]);
    expect([...deadFraction]).toEqual([0, 0.5, 0.5, 0]);
  });
});
