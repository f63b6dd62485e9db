import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantities } from '../../measurements/records.ts';
import { buildGraph } from '../../network/build.ts';
import type { Engine, UpdateRule } from '../engine.ts';
import { createReferenceEngine } from '../reference/engine.ts';
import { finiteDifferences } from '../reference/finiteDifferences.ts';
import { somePicks, type TestNetwork, testImages, testNetworks, testParameters } from '../testNetworks.ts';
import { createTfjsEngine } from './engine.ts';

const plainSgd: UpdateRule = { opt: 'sgd', wd: 0, clip: 0 };

function prepare({ spec, size, batch }: TestNetwork) {
  const graph = buildGraph(spec, size);
  const images = testImages(size, 4 * batch);
  const firstBatch = Uint32Array.from({ length: batch }, (_, i) => i);
  return { graph, images, firstBatch, parameters: testParameters(graph, spec) };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.hypot(...Array.from(a, (value, i) => value - (b[i] ?? Number.NaN)));
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.hypot(...values) / Math.sqrt(values.length);
}

function byName(name: string): TestNetwork {
  const found = testNetworks.find((network) => network.name === name);
  if (!found) throw new Error(`no test network ${name}`);
  return found;
}

describe.each(['cpu', 'wasm', 'webgpu'] as const)('the tfjs engine on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine(backend);
  });
  afterAll(() => engine.dispose());

  it.each(testNetworks)('has the gradients that float64 finite differences have: $name', async (network) => {
    const { graph, images, firstBatch, parameters } = prepare(network);
    const trainer = await engine.createTrainer(graph, parameters, plainSgd, images);
    const { parameters: gradients } = await trainer.gradients(firstBatch);
    trainer.dispose();
    const picks = somePicks(parameters.map(({ length }) => length));
    const labels = images.train.labels.subarray(0, firstBatch.length);
    const pixels = images.train.pixels.subarray(0, firstBatch.length * network.size ** 2);
    const expected = [...finiteDifferences(graph, parameters, pixels, labels, picks)];
    const scale = rootMeanSquare(expected);
    picks.forEach(({ parameter, index }, i) => {
      const [found, exact] = [gradients[parameter]?.[index] ?? Number.NaN, expected[i] ?? Number.NaN];
      // The second term is float32's: where the true value is nearly zero, its terms still round.
      expect(Math.abs(found - exact), graph.parameters[parameter]?.name).toBeLessThan(
        1e-3 * Math.abs(exact) + 2e-5 * scale,
      );
    });
  });

  it('leaves no tensor behind', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option B, batch norm'));
    const before = tf.memory().numTensors;
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'adam', wd: 0.01, clip: 1 }, images);
    await trainer.step(firstBatch, 0.01);
    const afterOne = tf.memory().numTensors;
    await trainer.step(firstBatch, 0.01);
    await trainer.gradients(firstBatch);
    await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    trainer.restore(await trainer.snapshot());
    expect(tf.memory().numTensors).toBe(afterOne);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('the tfjs engine on wasm', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine('wasm');
  });
  afterAll(() => engine.dispose());

  it.each(testNetworks)('measures what the reference engine measures: $name', async (network) => {
    const { graph, images, firstBatch, parameters } = prepare(network);
    const [ours, reference] = await Promise.all(
      [engine, createReferenceEngine()].map((each) => each.createTrainer(graph, parameters, plainSgd, images)),
    );
    if (!ours || !reference) throw new Error('no trainers');
    for (let step = 0; step < 3; step++) {
      const [found, expected] = [await ours.step(firstBatch, 0.01), await reference.step(firstBatch, 0.01)];
      expect(found.loss).toBeCloseTo(expected.loss, 4);
      expect(found.overflow).toBeNull();
      for (const quantity of quantities) {
        const [a, b] = [found.layers[quantity], expected.layers[quantity]];
        expect(distance(a, b), `${quantity} ${[...a]} for ${[...b]}`).toBeLessThan(1e-3 * Math.hypot(...b) + 1e-7);
      }
    }
    ours.dispose();
  });

  const rules: UpdateRule[] = [
    { opt: 'sgd', wd: 0.1, clip: 0 },
    { opt: 'momentum', wd: 0, clip: 0.1 },
    { opt: 'momentum', wd: 0.1, clip: 0 },
    { opt: 'adam', wd: 0.01, clip: 0.5 },
  ];
  it.each(rules)('updates as the reference engine does: $opt, decay $wd, clipping $clip', async (rule) => {
    const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option A, batch norm'));
    const trainers = await Promise.all(
      [engine, createReferenceEngine()].map((each) => each.createTrainer(graph, parameters, rule, images)),
    );
    for (let step = 0; step < 3; step++) for (const trainer of trainers) await trainer.step(firstBatch, 0.02);
    const [ours, reference] = await Promise.all(trainers.map((trainer) => trainer.snapshot()));
    graph.parameters.forEach(({ id, name }) => {
      const [start = [], a = [], b = []] = [parameters[id], ours?.parameters[id], reference?.parameters[id]];
      // Compared with the way it went, not with its own size.
      expect(distance(a, b), name).toBeLessThan(1e-3 * distance(b, start) + 1e-6);
    });
  });

  it('continues from a snapshot number for number', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option A, batch norm'));
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'adam', wd: 0, clip: 0 }, images);
    await trainer.step(firstBatch, 0.01);
    const snapshot = await trainer.snapshot();
    const first = await trainer.step(firstBatch, 0.01);
    await trainer.step(firstBatch, 0.01);
    trainer.restore(snapshot);
    expect(await trainer.step(firstBatch, 0.01)).toEqual(first);
    trainer.dispose();
  });

  it('measures gradients whose squares are below the smallest float', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('conv, linear, flatten'));
    const tiny = parameters.map((values, id) => {
      const { role, initializer } = graph.parameters[id] ?? {};
      return role === 'weight' && initializer === 'classifier' ? values.map((value) => value * 1e-30) : values;
    });
    const [ours, reference] = await Promise.all(
      [engine, createReferenceEngine()].map((each) => each.createTrainer(graph, tiny, plainSgd, images)),
    );
    const found = (await ours?.step(firstBatch, 0.01))?.layers.signalGradient[0] ?? 0;
    const expected = (await reference?.step(firstBatch, 0.01))?.layers.signalGradient[0] ?? 0;
    expect(expected).toBeGreaterThan(0);
    expect(found / expected).toBeCloseTo(1, 3);
  });

  it('names the layer in which the first number overflows, and keeps the weights it had', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('conv, linear, flatten'));
    const huge = parameters.map((values, id) => (id === graph.layers[1]?.weight ? values.map(() => 1e38) : values));
    const trainer = await engine.createTrainer(graph, huge, plainSgd, images);
    expect((await trainer.step(firstBatch, 0.01)).overflow).toEqual({ where: 'activation', layer: 1 });
    expect((await trainer.snapshot()).parameters).toEqual(huge);
    trainer.dispose();
  });

  it('evaluates as the reference engine does', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('plain blocks, batch norm'));
    const all = Uint32Array.from({ length: images.train.count }, (_, i) => i);
    const results = await Promise.all(
      [engine, createReferenceEngine()].map(async (each) => {
        const trainer = await each.createTrainer(graph, parameters, plainSgd, images);
        await trainer.step(firstBatch, 0.1);
        return trainer.evaluate(all, all, all);
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });
});
