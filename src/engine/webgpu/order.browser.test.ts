/** What is asked of a trainer happens in the order in which it is asked for, whatever is still under way. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine, UpdateRule } from '../engine.ts';
import { byName, prepare } from '../testSuite.ts';
import { createWebGpuEngine } from './engine.ts';
import { tunings } from './plan/tuning.ts';

const network = prepare(byName('residual blocks, option A, batch norm'));
const rule: UpdateRule = { opt: 'adam', wd: 0, clip: 0, seed: 1 };

async function trainerOf(engine: Engine) {
  const { graph, images, firstBatch, parameters } = network;
  const preparation = { batch: firstBatch.length, calibration: 4 };
  return engine.createTrainer(graph, parameters, rule, images, preparation);
}

describe('the WebGPU engine', () => {
  const { firstBatch } = network;
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(tunings.software);
  });
  afterAll(() => engine.dispose());

  it('copies a network as it was when the copy was asked for', async () => {
    const trainer = await trainerOf(engine);
    const before = trainer.snapshot();
    const step = trainer.step(firstBatch, 0.01);
    const after = trainer.snapshot();
    expect(await before).toMatchObject({ updates: 0, parameters: network.parameters });
    await step;
    expect(await after).toEqual(await trainer.snapshot());
    expect((await after).updates).toBe(1);
    trainer.dispose();
  });

  it('goes back to a copy behind the steps that were asked for before', async () => {
    const trainer = await trainerOf(engine);
    const first = await trainer.step(firstBatch, 0.01);
    const start = { parameters: network.parameters, moments: [], updates: 0 };
    const asked = trainer.step(firstBatch, 0.01);
    trainer.restore(start);
    expect(await trainer.snapshot()).toMatchObject(start);
    expect(await trainer.step(firstBatch, 0.01)).toEqual(first);
    await asked;
    trainer.dispose();
  });

  it('hands a long step over in many submits, and computes the same', async () => {
    const submit = vi.spyOn(GPUQueue.prototype, 'submit');
    const patient = await createWebGpuEngine({ ...tunings.software, submitWork: 1000 });
    const [whole, cut] = [await trainerOf(engine), await trainerOf(patient)];
    const submitsOf = async (trainer: typeof whole) => {
      const before = submit.mock.calls.length;
      const steps = await Promise.all([trainer.step(firstBatch, 0.01), trainer.step(firstBatch, 0.01)]);
      return { steps, submits: submit.mock.calls.length - before };
    };
    const [expected, found] = [await submitsOf(whole), await submitsOf(cut)];
    expect(expected.submits).toBe(1);
    expect(found.submits).toBeGreaterThan(10);
    expect(found.steps).toEqual(expected.steps);
    const sample = Uint32Array.of(0, 1, 2, 3);
    expect(await cut.evaluate(sample, sample, sample)).toEqual(await whole.evaluate(sample, sample, sample));
    submit.mockRestore();
    patient.dispose();
  });
});
