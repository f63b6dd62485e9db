/** A session whose GPU is lost in the middle of its training: on the engine itself, not on one that plays it. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createTfjsEngine } from '../../engine/tfjs/engine.ts';
import { createWebGpuEngine } from '../../engine/webgpu/engine.ts';
import { watchDevices } from '../../engine/webgpu/testDevices.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { evaluationsOf, experiment, range, stepRecords, stepsOf, TestSession, tiny } from './testSession.ts';

const STEPS = 20;
/** Steps that are trained one by one, with a pause and a copy after each. */
const COPIED = 3;

const residual: NetworkSpec = {
  ...tiny,
  norm: 'batch',
  stack: [
    { kind: 'conv', width: 2, stride: 2, count: 1 },
    { kind: 'residual', width: 3, stride: 2, count: 1 },
  ],
};

/** Destroys a device behind so many submits, while they are under way. */
function destroyAfter(device: GPUDevice | undefined, submits: number): void {
  if (!device) throw new Error('no device has been requested');
  const { queue } = device;
  const { submit } = GPUQueue.prototype;
  let done = 0;
  queue.submit = (commands) => {
    submit.call(queue, commands);
    if (++done === submits) device.destroy();
  };
}

afterEach(() => vi.restoreAllMocks());

/** With submits after which to destroy the device: more than until the last copy has arrived, fewer than until the end. */
describe.each([
  { name: 'the WebGPU engine', startEngine: () => createWebGpuEngine(), network: residual, submits: 20 },
  { name: 'the tfjs engine on webgpu', startEngine: () => createTfjsEngine('webgpu'), network: tiny, submits: 40 },
])('a session on $name whose device is destroyed', ({ startEngine, network, submits }) => {
  const wanted = experiment([network], { steps: STEPS, opt: 'adam', lr: 0.01 });

  it('goes on from its latest copy on another device, says so, and has the numbers of an undisturbed run', async () => {
    const devices = watchDevices();
    // The undisturbed run has compiled its kernels.
    const first = await startEngine();
    const expected = await new TestSession({ engine: () => first }).finish(wanted);
    let latest: Engine = first;
    const engineOf = async (_: unknown, time: number) => {
      if (time > 1) latest = await startEngine();
      return latest;
    };
    const at = new TestSession({ engine: engineOf }).load(wanted);
    await at.steps(COPIED);
    destroyAfter(devices[0], submits);
    await at.play().until('finished');

    const notices = at.notices();
    expect(notices).toEqual([
      {
        code: 'engine.lost',
        values: { reason: expect.stringMatching(/destroyed/i), step: COPIED, lost: expect.any(Number) },
      },
    ]);
    expect(notices[0]?.code === 'engine.lost' && notices[0].values.lost).toBeGreaterThan(0);
    expect(devices).toHaveLength(2);

    // Every step that was told, before the loss and again after it, is bit for bit the one of the undisturbed run.
    const undisturbed = new Map(stepRecords(expected).map((record) => [`${record.network} ${record.step}`, record]));
    expect(undisturbed.size).toBe(STEPS);
    const found = stepRecords(at.records());
    for (const record of found) expect(record).toEqual(undisturbed.get(`${record.network} ${record.step}`));
    expect(stepsOf(found).slice(-(STEPS - COPIED))).toEqual(range(COPIED + 1, STEPS));
    const last = ({ step }: { step: number }) => step === STEPS;
    expect(evaluationsOf(at.records()).filter(last)).toEqual(evaluationsOf(expected).filter(last));
    // A session that has lost its engine has disposed of it.
    latest.dispose();
  });
});

/** Lets a device go while kernels are compiled on it: they are rejected, as when the process of the GPU dies. */
function destroyInCompiling(device: GPUDevice): void {
  device.createComputePipelineAsync = () => {
    device.destroy();
    return Promise.reject(new DOMException('A valid external Instance reference no longer exists.', 'OperationError'));
  };
}

describe('a session on the WebGPU engine whose device goes while kernels are compiled', () => {
  it('builds its networks on another device, and stays with the engine', async () => {
    const { requestDevice } = GPUAdapter.prototype;
    const devices: GPUDevice[] = [];
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, how) {
      const device = await requestDevice.call(this, how);
      if (devices.push(device) === 1) destroyInCompiling(device);
      return device;
    });
    const at = new TestSession({ engine: () => createWebGpuEngine() });
    const records = await at.finish(experiment([residual], { steps: 3 }));
    expect(stepsOf(records)).toEqual([1, 2, 3]);
    expect(at.notices().map(({ code }) => code)).toEqual(['engine.lostBuilding']);
    expect(devices).toHaveLength(2);
    for (const device of devices) device.destroy();
  });
});
