import { describe, expect, it } from 'vitest';
import type { TrainingImages } from '../../data/images.ts';
import type { NetworkSpec, Optimizer } from '../../experiment/experiment.ts';
import { trainingSettings, usualNetwork } from '../../experiment/settings.ts';
import { buildGraph } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { testImages, testParameters } from '../testNetworks.ts';
import { testUntrained } from '../testSuite.ts';
import { createReferenceEngine } from './engine.ts';

const images = testImages(14, 12);
const all = Uint32Array.from({ length: 12 }, (_, i) => i);

const stem = { kind: 'conv', width: 3, stride: 2, count: 1 } as const;
const spec: NetworkSpec = { stack: [stem, { kind: 'residual', width: 4, stride: 2, count: 1 }], ...usualNetwork };
const graph = buildGraph(spec, 14);

function trainerOf(
  opt: Optimizer,
  on = graph,
  parameters = testParameters(graph, spec),
  data: TrainingImages = images,
) {
  return createReferenceEngine().createTrainer(on, parameters, { opt, wd: 0, clip: 0, seed: 1 }, data);
}

describe('training', () => {
  it.each(trainingSettings.opt.choices)('with %s learns a dozen images by heart', async (opt) => {
    const trainer = await trainerOf(opt);
    const rate = { sgd: 0.5, momentum: 0.1, nesterov: 0.1, rmsprop: 0.01, adam: 0.03, adamw: 0.03 }[opt];
    const first = await trainer.step(all, rate);
    for (let i = 0; i < 60; i++) await trainer.step(all, rate);
    const last = await trainer.step(all, rate);
    expect(last.loss).toBeLessThan(first.loss / 3);
    expect(first.overflow).toBeNull();
  });

  it.each(trainingSettings.opt.choices)('with %s goes on from a snapshot as it did', async (opt) => {
    const trainer = await trainerOf(opt);
    const untrained = await trainer.snapshot();
    expect(untrained).toMatchObject({ moments: [], updates: 0 });
    await trainer.step(all, 0.05);
    const snapshot = await trainer.snapshot();
    const losses = async () => {
      const seen: number[] = [];
      for (let i = 0; i < 3; i++) seen.push((await trainer.step(all, 0.05)).loss);
      return seen;
    };
    const before = await losses();
    trainer.restore(snapshot);
    (await losses()).forEach((loss, i) => {
      expect(loss).toBeCloseTo(before[i] ?? 0, 5);
    });
    trainer.restore(untrained);
    expect(await trainer.snapshot()).toEqual(untrained);
  });

  testUntrained(createReferenceEngine);
});

describe('evaluation', () => {
  it('gives each image the same verdict alone as among others, whatever the minibatch', async () => {
    const trainer = await trainerOf('sgd');
    for (let i = 0; i < 10; i++) await trainer.step(all, 0.3);
    const together = await trainer.evaluate(all, all, all);
    let [train, test] = [0, 0];
    for (const image of all) {
      const alone = await trainer.evaluate(all, Uint32Array.of(image), Uint32Array.of(image));
      train += alone.trainError / all.length;
      test += alone.testError / all.length;
    }
    expect(together.trainError).toBeCloseTo(train, 12);
    expect(together.testError).toBeCloseTo(test, 12);
    expect(together.trainError).toBeLessThan(together.testError);
  });

  it('uses the statistics of the calibration images', async () => {
    // The pixels of images 6 to 11 are 3 higher: calibrated on the others, the network sees strange images.
    const pixels = images.train.pixels.map((pixel, i) => pixel + (i >= 6 * 196 ? 3 : 0));
    const shifted: TrainingImages = { ...images, train: { ...images.train, pixels } };
    const trainer = await trainerOf('sgd', graph, testParameters(graph, spec), shifted);
    const second = all.subarray(6);
    for (let i = 0; i < 80; i++) await trainer.step(second, 0.3);
    expect((await trainer.evaluate(second, second, all)).trainError).toBe(0);
    expect((await trainer.evaluate(all.subarray(0, 6), second, all)).trainError).toBeGreaterThan(0.3);
  });

  it('by running averages takes a tenth of each minibatch, by hand: pixels 0, 1, 2, 3 and then 6 twice', async () => {
    const norm: NetworkSpec = { stack: [{ kind: 'dense', width: 1, count: 1 }], ...usualNetwork, head: 'flatten' };
    const oneDense = buildGraph(norm, 14);
    // Each image is grey in one level, so the dense layer of weights 1/196 puts out just that.
    const grey = [0, 1, 2, 3, 6, 6];
    const pixels = new Float32Array(196 * grey.length);
    for (const [i, level] of grey.entries()) pixels.fill(level, 196 * i, 196 * (i + 1));
    const data = testImages(14, grey.length);
    const set = { ...data.train, pixels };
    const start = testParameters(oneDense, norm).map((values, id) =>
      oneDense.parameters[id]?.role === 'weight' ? values.fill(id === 0 ? 1 / 196 : 0) : values,
    );
    const rule = { opt: 'sgd', wd: 0, clip: 0, seed: 1, stats: 'running' } as const;
    const trainer = await createReferenceEngine().createTrainer(oneDense, start, rule, {
      ...data,
      train: set,
      test: set,
    });
    expect((await trainer.statistics(all))[0]).toMatchObject({
      mean: Float32Array.of(0),
      variance: Float32Array.of(1),
    });
    await trainer.step(Uint32Array.of(0, 1, 2, 3), 0);
    const [after] = await trainer.statistics(all);
    // Mean 1.5; squared distances 5, by 3 of 4 values.
    expect(after?.mean[0]).toBeCloseTo(0.15, 6);
    expect(after?.variance[0]).toBeCloseTo(0.9 + 0.1 * (5 / 3), 6);
    await trainer.step(Uint32Array.of(4, 5), 0);
    const [last] = await trainer.statistics(all);
    expect(last?.mean[0]).toBeCloseTo(0.9 * 0.15 + 0.1 * 6, 6);
    expect(last?.variance[0]).toBeCloseTo(0.9 * (0.9 + 0.1 * (5 / 3)), 6);
  });

  it('counts logits that are not numbers as errors', async () => {
    const broken = testParameters(graph, spec).map((values) => values.fill(Number.NaN));
    const trainer = await trainerOf('sgd', graph, broken);
    expect(await trainer.evaluate(all, all, all)).toEqual({ trainError: 1, testError: 1 });
  });
});

describe('logits', () => {
  it('are hand-checkable: grey 2, two convs of factor 3, classifier weights 1 and -1 for two classes', async () => {
    const { linear, parameters, data } = chain(2, 3, [1, -1], 2);
    const trainer = await trainerOf('sgd', linear, parameters, data);
    const logits = await trainer.logits('test', Uint32Array.of(0), Uint32Array.of(0));
    expect([...logits]).toEqual([18, -18, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('of an image do not depend on those beside it, and agree with the errors', async () => {
    const trainer = await trainerOf('sgd');
    for (let i = 0; i < 10; i++) await trainer.step(all, 0.3);
    const together = await trainer.logits('train', all, all);
    const alone = await trainer.logits('train', Uint32Array.of(5), all);
    expect([...together.subarray(50, 60)]).toEqual([...alone]);
    const wrong = all.filter((image) => {
      const row = together.subarray(10 * image, 10 * image + 10);
      return row.indexOf(Math.max(...row)) !== images.train.labels[image];
    });
    expect((await trainer.evaluate(all, all, all)).trainError).toBe(wrong.length / all.length);
  });
});

describe('paths that are dropped', () => {
  const [stem, block] = [
    { kind: 'conv', width: 3, stride: 2, count: 1 },
    { kind: 'residual', width: 3, stride: 1, count: 1 },
  ] as const;
  const networkOf = (how: Partial<NetworkSpec>) => ({ stack: [stem, block], ...usualNetwork, ...how });
  const logitsWith = async (how: Partial<NetworkSpec>) => {
    const on = buildGraph(networkOf(how), 14);
    const trainer = await trainerOf('sgd', on, testParameters(on, networkOf(how)));
    return [...(await trainer.logits('test', all, all))];
  };

  it('leave the plain twin where the shortcut is cut altogether', async () => {
    const plain = { ...networkOf({}), stack: [stem, { ...block, kind: 'plain' as const }] };
    const on = buildGraph(plain, 14);
    const trainer = await trainerOf('sgd', on, testParameters(on, plain));
    expect(await logitsWith({ skipscale: 0 })).toEqual([...(await trainer.logits('test', all, all))]);
  });

  it('are in evaluation their expectation where training drops them by chance: a constant factor', async () => {
    expect(await logitsWith({ dropout: 0.25 })).toEqual(await logitsWith({ skipscale: 0.75 }));
    // The last block, here the only one, survives with the probability of the spec.
    expect(await logitsWith({ survival: 0.5 })).toEqual(await logitsWith({ branchscale: 0.5 }));
  });

  it('follow from the number of updates, which a snapshot brings along', async () => {
    const on = buildGraph(networkOf({ dropout: 0.5 }), 14);
    const trainer = await trainerOf('momentum', on, testParameters(on, networkOf({})));
    await trainer.step(all, 0.1);
    const snapshot = await trainer.snapshot();
    const ahead = await trainer.gradients(all);
    expect(await trainer.gradients(all)).toEqual(ahead);
    await trainer.step(all, 0.1);
    trainer.restore(snapshot);
    expect((await trainer.gradients(all)).loss).toBeCloseTo(ahead.loss, 6);
    trainer.restore({ ...snapshot, updates: 2 });
    expect((await trainer.gradients(all)).loss).not.toBeCloseTo(ahead.loss, 6);
  });
});

/**
 * A chain of one-channel convs that only multiply each pixel, then pooling and the classifier, on
 * images of a single grey.
 */
function chain(layers: number, factor: number, classifier: readonly number[], grey: number) {
  const stack = [{ kind: 'conv', width: 1, stride: 1, count: layers }] as const;
  const linear = buildGraph({ stack, ...usualNetwork, norm: 'none', act: 'linear' }, 14);
  const parameters = linear.parameters.map(({ name, shape }) => {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    if (name === 'classifier weight') values.set(classifier);
    else if (name.endsWith('weight')) values[4] = factor;
    return values;
  });
  const set = { count: 1, pixels: new Float32Array(196).fill(grey), labels: Uint8Array.of(0) };
  return { linear, parameters, data: { size: 14, train: set, test: set } };
}

async function stepOf(on: NetworkGraph, parameters: Float32Array[], data: TrainingImages, learningRate = 0.1) {
  const trainer = await trainerOf('sgd', on, parameters, data);
  const before = await trainer.snapshot();
  const result = await trainer.step(Uint32Array.of(0), learningRate);
  return { ...result, kept: (await trainer.snapshot()).updates === before.updates };
}

describe('overflow', () => {
  it('is in the first layer whose activations are not finite', async () => {
    // Each conv multiplies by 10³⁸; float64 ends at 1.8 · 10³⁰⁸, which the ninth passes.
    const { linear, parameters, data } = chain(10, 1e38, [1], 1);
    const { overflow, kept } = await stepOf(linear, parameters, data);
    expect(overflow).toEqual({ where: 'activation', layer: 8 });
    expect(kept).toBe(true);
  });

  it('is in the loss where logits are finite but further apart than float64 reaches', async () => {
    const { linear, parameters, data } = chain(8, 1e38, [-1.2e4, 1.2e4], 1);
    const { overflow, loss, kept } = await stepOf(linear, parameters, data);
    expect(overflow).toEqual({ where: 'loss', layer: null });
    expect(loss).toBe(Number.POSITIVE_INFINITY);
    expect(kept).toBe(true);
  });

  it('is in the gradient of the layer nearest to the output that has none that is finite', async () => {
    // Black images keep the signal at 0; the gradient passes 10³⁰⁸ nine layers before the last conv, which is layer 11.
    const { linear, parameters, data } = chain(12, 1e38, [1, -1], 0);
    const { overflow, loss, kept } = await stepOf(linear, parameters, data);
    expect(loss).toBeCloseTo(Math.log(10), 12);
    expect(overflow).toEqual({ where: 'gradient', layer: 2 });
    expect(kept).toBe(true);
  });

  it('is in the weights where the update is too large', async () => {
    const { linear, parameters, data } = chain(2, 1, [1, -1], 1);
    const { overflow, loss } = await stepOf(linear, parameters, data, Number.POSITIVE_INFINITY);
    expect(Number.isFinite(loss)).toBe(true);
    expect(overflow).toEqual({ where: 'weight', layer: 0 });
  });
});
