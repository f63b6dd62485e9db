/** For tests: what the WebGPU engine holds to itself: its runs, its answers, and minibatches of any length. */
import { expect, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { Engine, StepResult } from '../engine.ts';
import { createReferenceEngine } from '../reference/engine.ts';
import { testImages } from '../testNetworks.ts';
import { expectSameStep, plainSgd, prepare, smallByName, testAnyStack } from '../testSuite.ts';

const network = smallByName('residual blocks, option A, batch norm');

/** @param engine which is there once `beforeAll` has run */
export function testParity(engine: () => Engine): void {
  it('repeats a run bit for bit', async () => {
    const { spec, batch } = network;
    const graph = buildGraph(spec, network);
    const images = testImages(network, 4 * batch);
    const initial = initialParameters(graph, spec, 1);
    const runs: StepResult[][] = [];
    for (let run = 0; run < 2; run++) {
      const trainer = await engine().createTrainer(
        graph,
        initial,
        { opt: 'momentum', wd: 0, clip: 0, seed: 1 },
        images,
      );
      const steps = [0, 1, 2, 3].map((step) => Uint32Array.from({ length: batch }, (_, i) => step * batch + i));
      runs.push(await Promise.all(steps.map((each) => trainer.step(each, 0.05))));
      trainer.dispose();
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('answers steps that were asked for together in their order, in as many as there are', async () => {
    const { graph, images, firstBatch, parameters } = prepare(network);
    const [together, apart] = [
      await engine().createTrainer(graph, parameters, plainSgd, images),
      await engine().createTrainer(graph, parameters, plainSgd, images),
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

  it('takes minibatches shorter and longer than the one before', async () => {
    const { graph, images, parameters } = prepare(network);
    const found = await engine().createTrainer(graph, parameters, plainSgd, images);
    const expected = await createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
    for (const length of [network.batch, 1, 5]) {
      const batch = Uint32Array.from({ length }, (_, i) => i);
      expectSameStep(await found.step(batch, 0.01), await expected.step(batch, 0.01));
    }
    found.dispose();
  });

  testAnyStack(engine, 2);
}
