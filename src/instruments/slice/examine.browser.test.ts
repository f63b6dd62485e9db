/** The engines that visitors run, held to the float64 reference: a slice asks of them what training does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { TestNetwork } from '../../engine/testNetworks.ts';
import { plainSgd, prepare, smallByName } from '../../engine/testSuite.ts';
import { createTfjsEngine } from '../../engine/tfjs/engine.ts';
import { createWebGpuEngine } from '../../engine/webgpu/engine.ts';
import { presets } from '../../experiment/presets.ts';
import type { Subject } from '../../session/examination.ts';
import { plane } from './examine.ts';

const small = smallByName('residual blocks, option B, batch norm');

async function subjectOn(
  engine: Engine,
  network: TestNetwork,
  change: (values: Float32Array, id: number) => Float32Array = (values) => values,
): Promise<Subject> {
  const { graph, images, parameters } = prepare(network);
  const trainer = await engine.createTrainer(graph, parameters.map(change), plainSgd, images);
  return { spec: network.spec, graph, trainer, step: 0, training: presets.t7.training, images, engine };
}

async function lossesOf(subject: Subject, images: number): Promise<number[]> {
  let losses: readonly (number | null)[] = [];
  for await (const report of plane(subject, { side: 3, radius: 1, images })) losses = report.losses;
  return losses.map((loss) => loss ?? 0);
}

const engines = [
  { name: 'tfjs on wasm', create: () => createTfjsEngine('wasm') },
  { name: 'WebGPU', create: () => createWebGpuEngine() },
];

describe.each(engines)('a slice of the loss on $name', ({ create }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await create();
  });
  afterAll(() => engine.dispose());

  it('is that of the float64 reference, and in the middle the loss of a training step', async () => {
    const { firstBatch } = prepare(small);
    const expected = await lossesOf(await subjectOn(createReferenceEngine(), small), small.batch);
    const subject = await subjectOn(engine, small);
    const found = await lossesOf(subject, small.batch);
    const { loss } = await subject.trainer.gradients(firstBatch);
    subject.trainer.dispose();
    for (const [index, each] of expected.entries()) expect(Math.abs((found[index] ?? 0) / each - 1)).toBeLessThan(1e-4);
    expect(Math.abs((found[4] ?? 0) / loss - 1)).toBeLessThan(1e-5);
  });

  it('is not finite where a layer overflows, though the logits look healthy', async () => {
    const network = smallByName('conv, ReLU, He, global pooling');
    const { graph } = prepare(network);
    const [first, second] = graph.layers.map(({ weight }) => weight);
    // The first layer overflows; the second makes −∞ of that, and its ReLU zeros.
    const subject = await subjectOn(engine, network, (values, id) => {
      if (id === first) return values.map(() => 3e38);
      return id === second ? values.map(() => -1) : values;
    });
    const all = Uint32Array.from({ length: network.batch }, (_, index) => index);
    expect((await subject.trainer.logits('train', all, all)).every(Number.isFinite)).toBe(true);
    expect((await lossesOf(subject, network.batch)).every(Number.isNaN)).toBe(true);
    subject.trainer.dispose();
  });
});
