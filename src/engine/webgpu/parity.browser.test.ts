/** The WebGPU engine against TensorFlow.js, and against itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presetExperiment, presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { Engine, StepResult } from '../engine.ts';
import { createReferenceEngine } from '../reference/engine.ts';
import { type TestNetwork, testImages, testNetworks } from '../testNetworks.ts';
import { byName, expectSameGradients, expectSameStep, plainSgd, prepare, testAnyStack } from '../testSuite.ts';
import { createTfjsEngine } from '../tfjs/engine.ts';
import { createWebGpuEngine } from './engine.ts';
import { tunings } from './plan/tuning.ts';

let tfjs: Engine;
beforeAll(async () => {
  tfjs = await createTfjsEngine('wasm');
});
afterAll(() => tfjs.dispose());

function resNet20(): TestNetwork {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers: 20 }]).networks;
  if (!spec) throw new Error('no network');
  return { name: 'ResNet-20 of width 8', spec, size: 14, batch: 8 };
}

/** Three steps on three minibatches, and the gradients before the first and the last. */
async function compare(ours: Engine, network: TestNetwork, other: Engine): Promise<void> {
  const { graph, images, firstBatch, parameters } = prepare(network);
  const found = await ours.createTrainer(graph, parameters, plainSgd, images);
  const expected = await other.createTrainer(graph, parameters, plainSgd, images);
  for (let step = 0; step < 3; step++) {
    const batch = firstBatch.map((image) => image + step * firstBatch.length);
    if (step !== 1) {
      const [a, b] = [await found.gradients(batch), await expected.gradients(batch)];
      expect(Math.abs(a.loss - b.loss), 'loss').toBeLessThan(1e-4 * b.loss);
      expectSameGradients(graph, a.parameters, b.parameters);
    }
    expectSameStep(await found.step(batch, 0.01), await expected.step(batch, 0.01));
  }
  found.dispose();
  expected.dispose();
}

const plain = presets.t7.network;

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let ours: Engine;
  beforeAll(async () => {
    ours = await createWebGpuEngine(tunings[tuning]);
  });
  afterAll(() => ours.dispose());

  // The small networks are held to float64 with both tunings in `engine.browser.test.ts`.
  it.each([...(tuning === 'software' ? testNetworks : []), resNet20()])(
    'computes what tfjs on wasm computes: $name',
    (network) => compare(ours, network, tfjs),
  );

  it('repeats a run bit for bit', async () => {
    const { spec, size } = resNet20();
    const graph = buildGraph(spec, size);
    const images = testImages(size, 32);
    const initial = initialParameters(graph, spec, 1);
    const runs: StepResult[][] = [];
    for (let run = 0; run < 2; run++) {
      const trainer = await ours.createTrainer(graph, initial, { opt: 'momentum', wd: 0, clip: 0, seed: 1 }, images);
      const steps = [0, 8, 16, 24].map((start) => Uint32Array.from({ length: 8 }, (_, i) => start + i));
      runs.push(await Promise.all(steps.map((batch) => trainer.step(batch, 0.05))));
      trainer.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('answers steps that were asked for together in their order, in as many as there are', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option A, batch norm'));
    const [together, apart] = [
      await ours.createTrainer(graph, parameters, plainSgd, images),
      await ours.createTrainer(graph, parameters, plainSgd, images),
    ];
    const asked = Array.from({ length: 11 }, () => together.step(firstBatch, 0.01));
    const snapshot = together.snapshot();
    const found = await Promise.all(asked);
    const expected: StepResult[] = [];
    for (let step = 0; step < 11; step++) expected.push(await apart.step(firstBatch, 0.01));
    expect(found).toEqual(expected);
    expect(await snapshot).toEqual(await apart.snapshot());
    together.dispose();
    apart.dispose();
  });

  it.each(tuning === 'software' ? [1, 3, 5, 10] : [3, 10])(
    'takes odd shapes, of width %i: residual blocks with and without a stride',
    (width) =>
      compare(
        ours,
        {
          name: '',
          spec: {
            ...plain,
            act: 'tanh',
            stack: [
              { kind: 'conv', width, stride: 2, count: 1 },
              { kind: 'residual', width, stride: 1, count: 1 },
              { kind: 'residual', width: width + 1, stride: 2, count: 1 },
            ],
          },
          size: 14,
          batch: 3,
        },
        createReferenceEngine(),
      ),
  );

  it('takes odd shapes, of one image, down to one pixel', () =>
    compare(
      ours,
      {
        name: '',
        spec: { ...plain, norm: 'none', stack: [{ kind: 'conv', width: 3, stride: 2, count: 5 }] },
        size: 14,
        batch: 1,
      },
      createReferenceEngine(),
    ));

  it.each([...(tuning === 'software' ? [resNet20()] : []), byName('pre-activation, everything at once')])(
    'takes minibatches shorter and longer than the one before: $name',
    async (network) => {
      const { graph, images, parameters } = prepare({ ...network, batch: 4 });
      const found = await ours.createTrainer(graph, parameters, plainSgd, images);
      const expected = await createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
      for (const length of [4, 3, 1, 5]) {
        const batch = Uint32Array.from({ length }, (_, i) => i);
        expectSameStep(await found.step(batch, 0.01), await expected.step(batch, 0.01));
      }
      found.dispose();
    },
  );

  testAnyStack(() => ours, tuning === 'software' ? 18 : 7);
});
