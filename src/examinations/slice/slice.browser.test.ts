/** The engines that visitors run, held to the float64 reference: a slice asks of them what training does not. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { byName, plainSgd, prepare } from '../../engine/testSuite.ts';
import { createTfjsEngine } from '../../engine/tfjs/engine.ts';
import { createWebGpuEngine } from '../../engine/webgpu/engine.ts';
import { presets } from '../../spec/presets.ts';
import type { Subject } from '../subject.ts';
import { plane } from './slice.ts';

const network = byName('residual blocks, option B, batch norm');
const { graph, images, firstBatch, parameters } = prepare(network);
const asked = { side: 3, radius: 1, images: firstBatch.length };

async function subjectOn(engine: Engine): Promise<Subject> {
  const trainer = await engine.createTrainer(graph, parameters, plainSgd, images);
  return { spec: network.spec, graph, trainer, step: 0, training: presets.t7.training, images, engine };
}

async function lossesOf(subject: Subject): Promise<number[]> {
  let losses: readonly (number | null)[] = [];
  for await (const report of plane(subject, asked)) losses = report.losses;
  return losses.map((loss) => loss ?? Number.NaN);
}

const engines = [
  { name: 'tfjs on wasm', create: () => createTfjsEngine('wasm') },
  { name: 'WebGPU', create: () => createWebGpuEngine() },
];

describe.each(engines)('a slice of the loss on $name', ({ create }) => {
  it('is that of the float64 reference, and in the middle the loss of a training step', async () => {
    const engine = await create();
    const expected = await lossesOf(await subjectOn(createReferenceEngine()));
    const subject = await subjectOn(engine);
    const found = await lossesOf(subject);
    const { loss } = await subject.trainer.gradients(firstBatch);
    subject.trainer.dispose();
    engine.dispose();
    for (const [index, each] of expected.entries()) expect(Math.abs((found[index] ?? 0) / each - 1)).toBeLessThan(1e-4);
    expect(Math.abs((found[4] ?? 0) / loss - 1)).toBeLessThan(1e-5);
  });
});
