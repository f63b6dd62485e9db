/** For tests: what is asked of a trainer happens in the order in which it is asked for, whatever is still under way. */
import { expect, it, vi } from 'vitest';
import type { Engine, UpdateRule } from '../engine.ts';
import { prepare, smallByName } from '../testSuite.ts';
import { createWebGpuEngine } from './engine.ts';
import { tunings } from './plan/tuning.ts';

const network = prepare(smallByName('residual blocks, option A, batch norm'));
const rule: UpdateRule = { opt: 'adam', wd: 0, clip: 0, seed: 1 };

async function trainerOf(engine: Engine, { graph, images, firstBatch, parameters } = network) {
  const preparation = { batch: firstBatch.length, calibration: 4 };
  return engine.createTrainer(graph, parameters, rule, images, preparation);
}

/** @param engine tuned for software, which is there once `beforeAll` has run */
export function testOrder(engine: () => Engine): void {
  const { firstBatch } = network;

  it('copies a network as it was when the copy was asked for', async () => {
    const trainer = await trainerOf(engine());
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
    const trainer = await trainerOf(engine());
    const first = await trainer.step(firstBatch, 0.01);
    const start = { parameters: network.parameters, moments: [], updates: 0 };
    const asked = trainer.step(firstBatch, 0.01);
    trainer.restore(start);
    expect(await trainer.snapshot()).toMatchObject(start);
    expect(await trainer.step(firstBatch, 0.01)).toEqual(first);
    await asked;
    trainer.dispose();
  });

  it('looks at a network as it was when it was asked to, whatever is asked for next', async () => {
    const [trainer, undisturbed] = [await trainerOf(engine()), await trainerOf(engine())];
    const expected = await undisturbed.gradients(firstBatch);
    const logits = await undisturbed.logits('test', Uint32Array.of(0, 1), firstBatch);
    const asked = [trainer.gradients(firstBatch), trainer.logits('test', Uint32Array.of(0, 1), firstBatch)] as const;
    const steps = [trainer.step(firstBatch, 0.01), trainer.step(firstBatch, 0.01)];
    const later = trainer.gradients(firstBatch);
    expect(await asked[0]).toEqual(expected);
    expect(await asked[1]).toEqual(logits);
    expect(await Promise.all(steps)).toEqual([
      await undisturbed.step(firstBatch, 0.01),
      await undisturbed.step(firstBatch, 0.01),
    ]);
    expect(await later).toEqual(await undisturbed.gradients(firstBatch));
    trainer.dispose();
    undisturbed.dispose();
  });

  it('frees a network that is being looked at only when that is over: others go on', async () => {
    const [trainer, other] = [await trainerOf(engine()), await trainerOf(engine())];
    const expected = await other.evaluate(firstBatch, firstBatch, Uint32Array.of(0, 1));
    const asked = trainer.evaluate(firstBatch, firstBatch, Uint32Array.of(0, 1));
    trainer.dispose();
    expect(await asked).toEqual(expected);
    expect(await other.step(firstBatch, 0.01)).toMatchObject({ overflow: null });
    other.dispose();
  });

  it('hands a long step over in many submits, and computes the same', async () => {
    const submit = vi.spyOn(GPUQueue.prototype, 'submit');
    // Of few kernels, as another device compiles them again.
    const small = prepare(smallByName('conv, linear, flatten'));
    const patient = await createWebGpuEngine({ ...tunings.software, submitWork: 1000 });
    const [whole, cut] = [await trainerOf(engine(), small), await trainerOf(patient, small)];
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
}
