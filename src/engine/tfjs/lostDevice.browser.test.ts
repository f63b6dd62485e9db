/** The tfjs engine on webgpu owns its device: it frees it, starts again on another, and says when it is gone. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { expectSameStep, plainSgd, prepare } from '../testSuite.ts';
import { createWebGpuEngine } from '../webgpu/engine.ts';
import { createTfjsEngine } from './engine.ts';

const { graph, images, firstBatch, parameters } = prepare('conv, linear, flatten');

function trainerOn(engine: Engine) {
  return engine.createTrainer(graph, parameters, plainSgd, images);
}

function deviceOfTfjs(): GPUDevice {
  return (tf.backend() as WebGPUBackend).device;
}

describe('the tfjs engine on webgpu', () => {
  it('says that its device is lost, of which tfjs takes no notice, and fails in the step', async () => {
    const engine = await createTfjsEngine('webgpu');
    const trainer = await trainerOn(engine);
    await trainer.step(firstBatch, 0.1);
    const underWay = expect(trainer.step(firstBatch, 0.1)).rejects.toThrow();
    deviceOfTfjs().destroy();
    expect(await engine.lost).toMatch(/destroyed/i);
    await underWay;
    await expect(trainer.step(firstBatch, 0.1)).rejects.toThrow();
    trainer.dispose();
    engine.dispose();
  });

  it('frees its device when it is stopped, and starts again on another', async () => {
    const first = await createTfjsEngine('webgpu');
    const before = deviceOfTfjs();
    const expected = await (await trainerOn(first)).step(firstBatch, 0.1);
    first.dispose();
    await before.lost;
    const second = await createTfjsEngine('webgpu');
    expect(deviceOfTfjs()).not.toBe(before);
    expect(second.device).toEqual(first.device);
    expect(await (await trainerOn(second)).step(firstBatch, 0.1)).toEqual(expected);
    second.dispose();
  });

  it('trains beside the WebGPU engine, and after it', async () => {
    const [ours, theirs] = [await createWebGpuEngine(), await createTfjsEngine('webgpu')];
    const [one, other] = [await trainerOn(ours), await trainerOn(theirs)];
    for (let step = 0; step < 2; step++) {
      const [found, expected] = await Promise.all([one.step(firstBatch, 0.1), other.step(firstBatch, 0.1)]);
      expectSameStep(found, expected);
    }
    ours.dispose();
    await ours.lost;
    expect((await other.step(firstBatch, 0.1)).overflow).toBeNull();
    theirs.dispose();
  });
});
