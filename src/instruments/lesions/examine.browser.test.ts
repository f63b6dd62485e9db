/** Takes trained networks apart on the embedded images, on the engine for processors and on that for GPUs: both find the same. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { minibatches } from '../../data/minibatches.ts';
import { type ArrivingImages, openImages } from '../../data/openImages.ts';
import { startCpuEngine } from '../../engine/cpu/start.ts';
import type { Engine } from '../../engine/engine.ts';
import { createWebGpuEngine } from '../../engine/webgpu/engine.ts';
import { tunings } from '../../engine/webgpu/plan/tuning.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { learningRate } from '../../experiment/schedule.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { median } from '../../records/summary.ts';
import type { Subject } from '../../session/examination.ts';
import { reportsOf } from '../examination/testSubject.ts';
import { confusion as examineConfusion, inside as examineInside } from '../inside/examine.ts';
import { removals, swaps } from './examine.ts';
import type { ErrorPair } from './report.ts';

const TRAIN = 500;
const TEST = 200;

let images: ArrivingImages;
let processor: Engine;
let gpu: Engine;

beforeAll(async () => {
  const baseUrl = new URL('/data/', location.href).href;
  images = openImages({ baseUrl, size: 14, trainCount: TRAIN, testCount: TEST });
  [processor, gpu] = await Promise.all([startCpuEngine(), createWebGpuEngine(tunings.software)]);
  await images.until(TRAIN, TEST);
});
afterAll(() => {
  processor.dispose();
  gpu.dispose();
});

/** The first network of a link, trained on the processor. */
async function trained(link: string): Promise<Subject> {
  const { networks, training } = parseLink(`${link}&train=${TRAIN}`).experiment;
  const [spec] = networks;
  if (!spec) throw new RangeError('no network');
  const graph = buildGraph(spec, training.size);
  const trainer = await processor.createTrainer(
    graph,
    initialParameters(graph, spec, training.seed),
    training,
    images.images,
  );
  const batches = minibatches(training.seed, TRAIN, training.batch);
  for (let step = 1; step <= training.steps; step++)
    await trainer.step(batches.images(step), learningRate(training, step - 1));
  return { spec, graph, step: training.steps, training, images: images.images, trainer, engine: processor };
}

/** The same, and its copy on the GPU. */
async function trainedOnBoth(link: string): Promise<readonly [Subject, Subject]> {
  const one = await trained(link);
  const { parameters } = await one.trainer.snapshot();
  const copy = await gpu.createTrainer(one.graph, parameters, one.training, one.images);
  return [one, { ...one, trainer: copy, engine: gpu }];
}

/** Up to three images may fall to the other side of a border between classes. */
function expectSameErrors(one: readonly ErrorPair[], other: readonly ErrorPair[]): void {
  expect(one).toHaveLength(other.length);
  for (const [index, { train, test }] of one.entries()) {
    expect(Math.abs(test - (other[index]?.test ?? 1)), `test error ${index}`).toBeLessThanOrEqual(3 / TEST);
    expect(Math.abs(train - (other[index]?.train ?? 1)), `training error ${index}`).toBeLessThanOrEqual(3 / TRAIN);
  }
}

async function errorsOf(subject: Subject, statistics: 'kept' | 'reestimated'): Promise<ErrorPair[]> {
  const removed = (await reportsOf(removals, subject, { statistics })).at(-1);
  return [removed?.whole ?? { train: 1, test: 1 }, ...(removed?.lesions ?? [])];
}

it('a plain network loses what it has learned with any block, a residual one does not', async () => {
  const harm: number[] = [];
  for (const kind of ['plain', 'residual']) {
    const { trainer, ...shared } = await trained(`a=t7-${kind}-14&steps=60`);
    const errors = await errorsOf({ ...shared, trainer }, 'kept');
    const [whole, , ...blocks] = errors.map(({ train }) => train);
    expect(blocks).toHaveLength(6);
    harm.push((median(blocks) ?? 0) - (whole ?? 1));
    trainer.dispose();
  }
  const [plain = 0, residual = 1] = harm;
  expect(plain - residual, `plain +${plain}, residual +${residual}`).toBeGreaterThan(0.2);
});

it('blocks are swapped, and statistics taken anew, alike', async () => {
  const [one, other] = await trainedOnBoth('a=conv-8/2,residual-8*2,residual-16/2&a.norm=batch&steps=40');
  expectSameErrors(await errorsOf(other, 'reestimated'), await errorsOf(one, 'reestimated'));
  const [swapped, swappedToo] = await Promise.all(
    [one, other].map(async (subject) =>
      (await reportsOf(swaps, subject, { statistics: 'kept' })).flatMap(({ lesions }) => lesions),
    ),
  );
  expect(swapped).toHaveLength(1);
  expectSameErrors(swappedToo ?? [], swapped ?? []);
});

it('the same images are confused, and the same is seen inside', async () => {
  const [one, other] = await trainedOnBoth('a=t7-residual-8&steps=40');
  const confusions = [one, other].map(async (subject) => (await reportsOf(examineConfusion, subject, {})).at(-1));
  const [ours, theirs] = await Promise.all(confusions);
  const apart = ours?.counts.reduce((sum, count, cell) => sum + Math.abs(count - (theirs?.counts[cell] ?? 0)), 0);
  expect(apart).toBeLessThanOrEqual(6);
  expect(ours?.worst[0]?.image).toBe(theirs?.worst[0]?.image);
  expect(ours?.worst[0]?.loss).toBeCloseTo(theirs?.worst[0]?.loss ?? 0, 2);
  for (const layer of [0, 3, 7]) {
    const looks = [one, other].map(async (subject) =>
      (await reportsOf(examineInside, subject, { image: 11, layer, at: 'response' })).at(-1),
    );
    const [seen, seenToo] = await Promise.all(looks);
    const largest = Math.max(...(seen?.maps.values ?? []).map(Math.abs));
    const difference = Math.max(
      ...(seen?.maps.values ?? []).map((value, i) => Math.abs(value - (seenToo?.maps.values[i] ?? 0))),
    );
    expect(difference, `layer ${layer}`).toBeLessThan(1e-3 * largest);
    for (const [k, probability] of (seen?.probabilities ?? []).entries())
      expect(seenToo?.probabilities[k]).toBeCloseTo(probability, 3);
  }
});
