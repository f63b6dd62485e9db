/** The WebGPU engine against TensorFlow.js, and against itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presetExperiment, presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { Engine, StepResult } from '../engine.ts';
import { createReferenceEngine } from '../reference/engine.ts';
import { type TestNetwork, testImages } from '../testNetworks.ts';
import { byName, expectSameStep, plainSgd, prepare, testAnyStack, testTraining } from '../testSuite.ts';
import { createTfjsEngine } from '../tfjs/engine.ts';
import { engineTuned } from './testEngine.ts';

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

/** A network of one shape that is awkward to divide. */
function odd(name: string, how: Partial<NetworkSpec> & Pick<NetworkSpec, 'stack'>, batch: number): TestNetwork {
  return { name, spec: { ...presets.t7.network, ...how }, size: 14, batch };
}

/** Residual blocks with and without a stride, of widths that fill no pack of four. */
const oddWidths = [1, 3, 5, 10].map((width) =>
  odd(
    `residual blocks of width ${width}`,
    {
      act: 'tanh',
      stack: [
        { kind: 'conv', width, stride: 2, count: 1 },
        { kind: 'residual', width, stride: 1, count: 1 },
        { kind: 'residual', width: width + 1, stride: 2, count: 1 },
      ],
    },
    3,
  ),
);

const onePixel = odd(
  'one image, down to one pixel',
  { norm: 'none', stack: [{ kind: 'conv', width: 3, stride: 2, count: 5 }] },
  1,
);

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let ours: Engine;
  beforeAll(async () => {
    ours = await engineTuned(tuning);
  });

  // The small networks are held to float64 in `engine.browser.test.ts`. Each width with one tuning: `testCover.ts` says why.
  testTraining(() => ours, [...oddWidths.filter((_, i) => i % 2 === (tuning === 'software' ? 0 : 1)), onePixel]);

  if (tuning === 'hardware') {
    testTraining(
      () => ours,
      [resNet20()],
      () => tfjs,
    );
  }

  it('repeats a run bit for bit', async () => {
    const { spec, size, batch } = tuning === 'hardware' ? resNet20() : byName('residual blocks, option A, batch norm');
    const graph = buildGraph(spec, size);
    const images = testImages(size, 4 * batch);
    const initial = initialParameters(graph, spec, 1);
    const runs: StepResult[][] = [];
    for (let run = 0; run < 2; run++) {
      const trainer = await ours.createTrainer(graph, initial, { opt: 'momentum', wd: 0, clip: 0, seed: 1 }, images);
      const steps = [0, 1, 2, 3].map((step) => Uint32Array.from({ length: batch }, (_, i) => step * batch + i));
      runs.push(await Promise.all(steps.map((each) => trainer.step(each, 0.05))));
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

  it.each([tuning === 'hardware' ? resNet20() : byName('pre-activation, everything at once')])(
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

  testAnyStack(() => ours, 2);
});
