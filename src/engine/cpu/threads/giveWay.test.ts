import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { giving } from '../../../ui/pageWork.ts';
import { byName, prepare } from '../../testSuite.ts';
import { createCpuEngine } from '../engine.ts';
import { giveWay, watchPage } from './giveWay.ts';

afterEach(() => watchPage(undefined, 0));

function pageThatAsks(asked: number) {
  const memory = new SharedArrayBuffer(8);
  new Int32Array(memory)[0] = asked;
  return { memory, numbers: new Int32Array(memory) };
}

it('waits until the page has done, and only for as much as concerns this thread', async () => {
  const { memory, numbers } = pageThatAsks(giving.other);
  watchPage(memory, 0);
  giveWay();
  expect(numbers[0]).toBe(giving.other);
  const page = new Worker(
    `const numbers = new Int32Array(require('node:worker_threads').workerData);
    Atomics.wait(numbers, 1, 0);
    numbers[1] = 2;
    Atomics.store(numbers, 0, 0);
    Atomics.notify(numbers, 0);`,
    { eval: true, workerData: memory },
  );
  await once(page, 'online');
  Atomics.store(numbers, 1, 1);
  Atomics.notify(numbers, 1);
  // On a busy machine it may say so only after a while, and be taken as one that never will.
  do {
    watchPage(memory, 1);
    giveWay();
    expect(Atomics.load(numbers, 0) & giving.other).toBe(0);
    if (numbers[1] !== 2) Atomics.store(numbers, 0, giving.other);
  } while (numbers[1] !== 2);
  await page.terminate();
});

it('takes a page that never says so as one that has done, and computes half as long before it gives way again', () => {
  const clock = vi.spyOn(performance, 'now');
  const { memory, numbers } = pageThatAsks(giving.all);
  watchPage(memory, 0);
  clock.mockReturnValueOnce(1000).mockReturnValueOnce(1100);
  giveWay();
  expect(numbers[0]).toBe(giving.none);
  numbers[0] = giving.all;
  clock.mockReturnValueOnce(1149);
  giveWay();
  expect(numbers[0]).toBe(giving.all);
  clock.mockReturnValueOnce(1150).mockReturnValueOnce(1250);
  giveWay();
  expect(numbers[0]).toBe(giving.none);
  clock.mockRestore();
});

it('a network gives way while it is made ready, and in every step', async () => {
  const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option B, batch norm'));
  const rule = { opt: 'sgd', wd: 0, clip: 0, seed: 1 } as const;
  const batch = firstBatch.length;
  const whileItIs = async (under: () => Promise<unknown>) => {
    const { memory, numbers } = pageThatAsks(giving.all);
    watchPage(memory, 0);
    await under();
    return numbers[0];
  };
  const trainer = await createCpuEngine().createTrainer(graph, parameters, rule, images);
  expect(await whileItIs(async () => {})).toBe(giving.all);
  expect(await whileItIs(() => trainer.gradients(firstBatch))).toBe(0);
  expect(await whileItIs(() => trainer.step(firstBatch, 0.01))).toBe(0);
  trainer.dispose();
  const makes = createCpuEngine();
  const made = await whileItIs(() =>
    makes.createTrainer(graph, parameters, rule, images, { batch, calibration: batch }),
  );
  expect(made).toBe(0);
});
