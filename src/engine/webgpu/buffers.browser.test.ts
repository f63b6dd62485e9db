/** What the WebGPU engine leaves behind on its device, and what it does when the device refuses. */

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { calibrationImages } from '../../data/evaluationSample.ts';
import { type Engine, EngineRefusal } from '../engine.ts';
import { plainSgd, prepare, smallByName } from '../testSuite.ts';
import { createWebGpuEngine } from './engine.ts';
import { watchDevices } from './testDevices.ts';

const { graph, images, firstBatch, parameters } = prepare(smallByName('residual blocks, option A, batch norm'));
const few = prepare({ ...smallByName('conv, linear, flatten'), batch: 1 });

/** All buffers made from now on that have not been destroyed. */
function watchBuffers(): Set<GPUBuffer> {
  const live = new Set<GPUBuffer>();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, how) {
    const buffer = createBuffer.call(this, how);
    live.add(buffer);
    return buffer;
  });
  vi.spyOn(GPUBuffer.prototype, 'destroy').mockImplementation(function (this: GPUBuffer) {
    live.delete(this);
    destroy.call(this);
  });
  return live;
}

const labels = (buffers: Iterable<GPUBuffer>) => [...buffers].map(({ label }) => label);

afterEach(() => vi.restoreAllMocks());

describe('the WebGPU engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine();
  });
  afterAll(() => engine.dispose());

  it('leaves no buffer behind, and goes on while smaller images come and go', async () => {
    const live = watchBuffers();
    const rule = { opt: 'adam', wd: 0, clip: 0, seed: 1 } as const;
    const trainer = await engine.createTrainer(graph, parameters, rule, images, { batch: 3, calibration: 6 });
    await trainer.step(firstBatch, 0.01);
    await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    const before = new Set(live);

    const other = await engine.createTrainer(few.graph, few.parameters, plainSgd, few.images);
    await other.signals('test', few.firstBatch, [few.graph.logits]);
    await other.statistics(few.firstBatch);
    expect(labels(live)).toContain('pixels');
    const [first, second] = [other.step(few.firstBatch, 0.01), other.step(few.firstBatch, 0.01)];
    await first;
    other.dispose();
    await second;
    expect(labels([...live].filter((buffer) => !before.has(buffer) && !buffer.label.startsWith('block')))).toEqual([]);

    await trainer.signals('test', firstBatch, [1, graph.logits]);
    await trainer.gradients(firstBatch);
    expect((await trainer.step(firstBatch, 0.01)).overflow).toBeNull();
    const last = trainer.step(firstBatch, 0.01);
    // Encoded, not yet submitted.
    trainer.dispose();
    await last;
    expect(labels(live)).toEqual([]);
  });

  it('takes the memory that it said training and evaluation would take', async () => {
    const live = watchBuffers();
    const rule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 } as const;
    const preparation = { batch: 3, calibration: calibrationImages };
    // Shallower and wider: few of its blocks fit into those of the first.
    const narrow = smallByName('plain blocks, batch norm');
    const wide = { ...narrow.spec, stack: [{ kind: 'conv', width: 24, stride: 2, count: 1 } as const] };
    const other = prepare({ ...narrow, spec: wide });
    const trainers = [
      await engine.createTrainer(graph, parameters, rule, images, preparation),
      await engine.createTrainer(other.graph, other.parameters, rule, images, preparation),
    ];
    for (const trainer of trainers) await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    const { fixed, perImage } = engine.memoryNeed([graph, other.graph], rule, 3);
    const ofImages = ({ label }: GPUBuffer) => label === 'pixels' || label === 'labels';
    const taken = [...live].filter((buffer) => !ofImages(buffer)).reduce((sum, { size }) => sum + size, 0);
    // Tables, indices and feeds come on top: a few kilobytes.
    expect(taken).toBeGreaterThanOrEqual(fixed + 3 * perImage);
    expect(taken).toBeLessThan(fixed + 3 * perImage + 65_536);
    for (const trainer of trainers) trainer.dispose();
  });

  it('takes it for networks that are trained together, too, and leaves nothing behind the last', async () => {
    const live = watchBuffers();
    const rule = { opt: 'adam', wd: 0, clip: 0, seed: 1 } as const;
    const members = [1, 2, 3].map((seed) => ({ graph, initial: parameters, seed }));
    const preparation = { batch: 3, calibration: calibrationImages };
    const trainers = await engine.sideBySide?.createTrainers(members, rule, images, preparation);
    for (const trainer of trainers ?? []) await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    const need = engine.sideBySide?.memoryNeed([graph, graph, graph], rule, 3);
    const ofImages = ({ label }: GPUBuffer) => label === 'pixels' || label === 'labels';
    const taken = [...live].filter((buffer) => !ofImages(buffer)).reduce((sum, { size }) => sum + size, 0);
    const said = (need?.fixed ?? 0) + 3 * (need?.perImage ?? 0);
    expect(taken).toBeGreaterThanOrEqual(said);
    expect(taken).toBeLessThan(said + 3 * 65_536);
    for (const trainer of trainers ?? []) trainer.dispose();
    // What evaluates is freed once it is known to be there.
    await vi.waitFor(() => expect(labels(live)).toEqual([]));
  });

  it.each([
    { what: 'training', preparation: { batch: 10_000_000, calibration: 6 } },
    { what: 'calibrating', preparation: { batch: 3, calibration: 10_000_000 } },
  ])('refuses what has no room in the device at the start, for $what, and frees it', async ({ preparation }) => {
    const live = watchBuffers();
    const kept = await engine.createTrainer(graph, parameters, plainSgd, images);
    await kept.step(firstBatch, 0.01);
    const before = labels(live);
    const refused = engine.createTrainer(graph, parameters, plainSgd, images, preparation);
    await expect(refused).rejects.toThrow(EngineRefusal);
    // The layer, and what of it.
    await expect(refused).rejects.toThrow(/the largest being conv \d+ \S+ with [\d.]+ MB/);
    // Blocks that other networks can use may stay as long as there are any.
    const blocks = (all: string[]) => all.filter((label) => !label.startsWith('block'));
    expect(blocks(labels(live))).toEqual(blocks(before));
    expect((await kept.step(firstBatch, 0.01)).overflow).toBeNull();
    kept.dispose();
    expect(labels(live)).toEqual([]);
  });

  it('gives its device up when work fails that nobody has an eye on', async () => {
    const devices = watchDevices();
    const own = await createWebGpuEngine();
    const trainer = await own.createTrainer(few.graph, few.parameters, plainSgd, few.images);
    await trainer.step(few.firstBatch, 0.01);
    devices[0]?.createBuffer({ label: 'impossible', size: 16, usage: 0xffff });
    // Calls reach the device when there is something to do.
    await devices[0]?.queue.onSubmittedWorkDone();
    expect(await own.lost).toMatch(/usage/i);
    await expect(trainer.step(few.firstBatch, 0.01)).rejects.toThrow();
    trainer.dispose();
    own.dispose();
  });
});
