/** Every TensorFlow.js program, as it is written: it computes what our network computes, forwards and backwards, and can be trained. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { testImages } from '../engine/testNetworks.ts';
import { channelsOf, classCount } from '../experiment/dataRef.ts';
import { presets } from '../experiment/presets.ts';
import { laterText } from '../messages/laterText.ts';
import { costOf } from '../network/cost.ts';
import type { NetworkGraph, ParameterId } from '../network/graph.ts';
import { random } from '../network/random.ts';
import { programOf } from './program.ts';
import {
  difference,
  expectLearning,
  IMAGES,
  ours,
  RATE,
  STEPS,
  type TestProgram,
  testPrograms,
  weighted,
} from './testPrograms.ts';

/** The `cpu` backend, the only one of TensorFlow.js that trains in Node without more, is plain JavaScript. */
const SLOW = 120_000;
/** Images that a network is trained on: more where chance drops values, and makes losses rise and fall. */
const trainedOn = ({ spec }: TestProgram) => (spec.dropout > 0 || spec.survival < 1 ? IMAGES : 2);

/** Gradients by filters read each of their numbers by this, which takes half of the test's time as TensorFlow.js has it. */
tf.TensorBuffer.prototype.get = function (...place) {
  return this.values[place.reduce((index, at, axis) => index + at * (this.strides[axis] ?? 1), 0)] as never;
};

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'depthscope-programs-'));
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'), 'junction');
  await tf.setBackend('cpu');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  // TensorFlow.js draws initial weights and dropout from here, as the programs name no seed.
  vi.spyOn(Math, 'random').mockImplementation(random(1, 'programs'));
  tf.engine().startScope();
});
afterEach(() => {
  tf.engine().endScope();
  vi.restoreAllMocks();
});

/** The model that a program builds: loaded from a file, like anybody's. */
async function modelOf(program: TestProgram): Promise<tf.LayersModel> {
  const file = join(folder, `${files++}.mjs`);
  writeFileSync(file, programOf('tensorflowJs', program.spec, program, program.name));
  const { buildModel } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return buildModel();
}

/** Layers are numbered in the order in which they were made, which is that of the graph's nodes. */
function inOrder(model: tf.LayersModel, className: string): tf.layers.Layer[] {
  const number = ({ name }: tf.layers.Layer) => Number(/(\d+)$/.exec(name)?.[1]);
  const found = model.layers.filter((layer) => layer.getClassName() === className);
  return found.sort((one, other) => number(one) - number(other));
}

const classNames = {
  conv: 'Conv2D',
  dense: 'Dense',
  batchNorm: 'BatchNormalization',
  groupNorm: 'GroupNorm',
  learnedScale: 'LearnedScale',
};

/** The model's variable of each of the graph's parameters. */
function variablesOf(model: tf.LayersModel, graph: NetworkGraph): Map<ParameterId, tf.Variable> {
  const found = new Map<ParameterId, tf.Variable>();
  for (const { kind, nodes } of weighted(graph)) {
    const layers = inOrder(model, classNames[kind]);
    expect(layers).toHaveLength(nodes.length);
    nodes.forEach(({ parameters }, i) => {
      const variables = layers[i]?.trainableWeights as unknown as { val: tf.Variable }[];
      expect(variables).toHaveLength(parameters.length);
      parameters.forEach((id, place) => {
        if (variables[place]) found.set(id, variables[place].val);
      });
    });
  }
  return found;
}

/** Moving averages count as parameters in TensorFlow.js, and are none that training changes by gradients. */
function movingAverages(model: tf.LayersModel): number {
  return inOrder(model, 'BatchNormalization').reduce((sum, layer) => sum + layer.countParams() / 2, 0);
}

it.each(testPrograms)(
  '$name: computes what our network computes, and the same gradients',
  { timeout: SLOW },
  async (program) => {
    const { graph, parameters, pixels, labels, logits, gradients, largest } = ours(program);
    const model = await modelOf(program);
    expect(model.countParams() - movingAverages(model)).toBe(costOf(graph).parameters);
    for (const layer of inOrder(model, 'Dropout') as (tf.layers.Layer & { rate: number })[]) layer.rate = 0;
    const variables = variablesOf(model, graph);
    expect(variables.size).toBe(graph.parameters.length);
    for (const [id, variable] of variables) variable.assign(tf.tensor(parameters[id] ?? [], variable.shape));

    const images = tf.tensor4d(pixels, [IMAGES, program.size, program.size, channelsOf(program)]);
    let found: tf.Tensor | undefined;
    const { grads } = tf.variableGrads(() => {
      found = tf.keep(model.apply(images, { training: true }) as tf.Tensor);
      return tf.losses.softmaxCrossEntropy(
        tf.oneHot(tf.tensor1d(labels, 'int32'), classCount(program)),
        found,
      ) as tf.Scalar;
    });
    expect(difference(found?.dataSync() ?? [], logits, 1)).toBeLessThan(1e-5);
    for (const [id, { name }] of variables) {
      const expected = gradients[id]?.values ?? [];
      expect(
        difference(grads[name]?.dataSync() ?? [], expected, 1e-2 * largest),
        graph.parameters[id]?.name,
      ).toBeLessThan(1e-4);
    }
  },
);

it.each(testPrograms)('$name: can be trained, and all of its parameters move', { timeout: SLOW }, async (program) => {
  const count = trainedOn(program);
  const { pixels, labels } = testImages(program, count).train;
  const images = tf.tensor4d(pixels, [count, program.size, program.size, channelsOf(program)]);
  const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), classCount(program));
  const model = await modelOf(program);
  model.compile({
    optimizer: tf.train.adam(RATE),
    loss: (wanted, logits) => tf.losses.softmaxCrossEntropy(wanted, logits) as tf.Scalar,
  });
  const before = model.trainableWeights.map((weight) => weight.read().dataSync());
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) losses.push((await model.trainOnBatch(images, targets)) as number);
  expectLearning(losses);
  model.trainableWeights.forEach((weight, i) => {
    const after = weight.read().dataSync();
    expect(
      after.some((value, at) => value !== before[i]?.[at]),
      weight.name,
    ).toBe(true);
  });
});

it('is the version that the programs name', () => {
  expect(laterText.code.needs.tensorflowJs).toContain(tf.version.tfjs.split('.').slice(0, 2).join('.'));
});

it('zero residual blocks and Dirac layers start as the identity', async () => {
  const stack = [
    { kind: 'conv', width: 3, stride: 2, count: 1 },
    { kind: 'dirac', width: 3, stride: 1, count: 2 },
    { kind: 'zeroresidual', width: 3, stride: 1, count: 2 },
  ] as const;
  const model = await modelOf({ name: 'grown', spec: { ...presets.t7.network, stack }, size: 14 });
  const inner = model.layers.filter((layer) => layer.getClassName() === 'ReLU');
  const both = tf.model({ inputs: model.inputs, outputs: [inner[0], inner.at(-1)].map((l) => l?.output as never) });
  const images = tf.tensor4d(testImages(14, 2).train.pixels, [2, 14, 14, 1]);
  const [first, last] = both.predict(images) as tf.Tensor[];
  expect([...(last?.dataSync() ?? [])]).toEqual([...(first?.dataSync() ?? [1])]);
});
