/**
 * Examines calibrated networks on the embedded images, as the page does, on the portable engine and on the fused one, and
 * holds what is found against figures from PyTorch. The bands are wider than the spread between seeds and images.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArrivingImages, openImages } from '../data/openImages.ts';
import type { Engine } from '../engine/engine.ts';
import { createTfjsEngine } from '../engine/tfjs/engine.ts';
import { createWebGpuEngine } from '../engine/webgpu/engine.ts';
import { tunings } from '../engine/webgpu/plan/tuning.ts';
import { buildGraph } from '../network/build.ts';
import { initialParameters } from '../network/init.ts';
import { parseLink } from '../spec/parseLink.ts';
import { examine as examineBlocks } from './blocks.ts';
import type { Subject } from './subject.ts';
import { reportsOf } from './testSubject.ts';

const engines = {
  'tfjs wasm': () => createTfjsEngine('wasm'),
  webgpu: () => createWebGpuEngine(tunings.software),
} as const;

let images: ArrivingImages;

beforeAll(async () => {
  const baseUrl = new URL('/data/', location.href).href;
  images = openImages({ baseUrl, size: 14, trainCount: 600, testCount: 1000 });
  await images.until(600, 1000);
});

describe.each(Object.entries(engines))('untrained networks on Fashion-MNIST, on %s', (_, create) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await create();
  });
  afterAll(() => engine.dispose());

  /** The first network of a link, as it starts. */
  async function subjectOf(link: string): Promise<Subject> {
    const { experiment, problems } = parseLink(link);
    expect(problems).toEqual([]);
    const { networks, training } = experiment;
    const [spec] = networks;
    if (!spec) throw new RangeError('no network');
    const graph = buildGraph(spec, training.size);
    const initial = initialParameters(graph, spec, training.seed);
    const trainer = await engine.createTrainer(graph, initial, training, images.images);
    return { spec, graph, trainer, step: 0, training, images: images.images, engine };
  }

  it('add less and less beside the shortcut: std(F) / std(shortcut) falls from 1.7 to 0.4 along 56 layers', async () => {
    const subject = await subjectOf('a=t7-residual-56');
    const [report] = await reportsOf(examineBlocks, subject, { kind: 'blocks' });
    subject.trainer.dispose();
    const ratios = report?.blocks.map(({ branch, trunk }) => branch / trunk) ?? [];
    expect(ratios).toHaveLength(27);
    expect(Math.abs((ratios[0] ?? 0) - 1.7), `from ${ratios[0]}`).toBeLessThan(0.3);
    expect(Math.abs((ratios[26] ?? 0) - 0.4), `to ${ratios[26]}`).toBeLessThan(0.1);
  });
});
