/**
 * Examines calibrated networks on the embedded images, as the page does, on the engine for processors, and holds what is found against
 * figures from PyTorch. The bands are wider than the spread between seeds and images. What has no such figures is held against the
 * reference engine, on small networks and on the GPU as well.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArrivingImages, openImages } from '../data/openImages.ts';
import { startCpuEngine } from '../engine/cpu/start.ts';
import type { Engine } from '../engine/engine.ts';
import { testParameters } from '../engine/testNetworks.ts';
import { createWebGpuEngine } from '../engine/webgpu/engine.ts';
import { tunings } from '../engine/webgpu/plan/tuning.ts';
import type { NetworkSpec } from '../experiment/experiment.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from '../network/build.ts';
import { initialParameters } from '../network/init.ts';
import type { Subject } from '../session/examination.ts';
import { examine as examineDistributions } from './distributions/examine.ts';
import { binned, linearBins, magnitudeBins } from './distributions/histogram.ts';
import { reportsOf, testSubject } from './examination/testSubject.ts';
import { examine as examineBlocks } from './layers/examine.ts';
import { autocorrelation, innerProducts } from './shattering/autocorrelation.ts';
import { examine as examineShattering } from './shattering/examine.ts';
import { LINE_POINTS } from './shattering/report.ts';

const engines = {
  cpu: startCpuEngine,
  webgpu: () => createWebGpuEngine(tunings.software),
} as const;

let images: ArrivingImages;

beforeAll(async () => {
  const baseUrl = new URL('/data/', location.href).href;
  images = openImages({ baseUrl, size: 14, trainCount: 600, testCount: 1000 });
  await images.until(600, 1000);
});

describe('untrained networks on Fashion-MNIST', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engines.cpu();
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
    const [report] = await reportsOf(examineBlocks, subject, {});
    subject.trainer.dispose();
    const ratios = report?.blocks.map(({ branch, trunk }) => branch / trunk) ?? [];
    expect(ratios).toHaveLength(27);
    expect(Math.abs((ratios[0] ?? 0) - 1.7), `from ${ratios[0]}`).toBeLessThan(0.3);
    expect(Math.abs((ratios[26] ?? 0) - 0.4), `to ${ratios[26]}`).toBeLessThan(0.1);
  });

  /** Mean cosine of neighbouring gradients by the image, along the line between the first two test images. */
  async function neighbours(link: string): Promise<number> {
    const subject = await subjectOf(link);
    const [report] = await reportsOf(examineShattering, subject, { ends: [0, 1] });
    subject.trainer.dispose();
    const products = innerProducts(report?.gradients ?? [], LINE_POINTS);
    return autocorrelation(products, 'cosine', 1)[0] ?? Number.NaN;
  }

  it('have gradients that shatter over depth, and much less so with shortcuts', async () => {
    const expected = { plain: [0.85, 0.34, 0.07, 0.01], residual: [0.91, 0.78, 0.62, 0.58] } as const;
    const found: Record<keyof typeof expected, number[]> = { plain: [], residual: [] };
    for (const [index, depth] of [8, 20, 38, 56].entries()) {
      for (const kind of ['plain', 'residual'] as const) {
        const value = await neighbours(`a=t7-${kind}-${depth}`);
        // Eight seeds spread by up to 0.28, and pairs of images as much.
        expect(Math.abs(value - (expected[kind][index] ?? 0)), `${kind} ${depth}: ${value}`).toBeLessThan(0.2);
        found[kind].push(value);
      }
    }
    // What is left of 38 plain layers and of 56 is noise, which float32 rounds either way.
    for (const values of Object.values(found)) {
      values.slice(1).forEach((value, i) => {
        expect(value, String(values)).toBeLessThan((values[i] ?? 0) + 0.02);
      });
    }
    for (const [index, value] of found.plain.entries()) {
      expect(value).toBeLessThan((found.residual[index] ?? 0) - 0.02);
    }
  });

  it.each(Object.entries(engines))(
    'have the gradients and the distributions that float64 has, on %s',
    async (_, create) => {
      const own = await create();
      const stem = { kind: 'conv', width: 3, stride: 2, count: 1 } as const;
      const block = { kind: 'residual', width: 3, stride: 1, count: 1 } as const;
      const spec: NetworkSpec = { ...presets.t7.network, stack: [stem, block] };
      const parameters = testParameters(buildGraph(spec, 14), spec);
      const [ours, exact] = [
        await testSubject(spec, 40, own, parameters),
        await testSubject(spec, 40, undefined, parameters),
      ];
      const line = { ends: [0, 1] } as const;
      const [found] = await reportsOf(examineShattering, ours, line);
      const [expected] = await reportsOf(examineShattering, exact, line);
      const apart = found?.gradients.map((value, i) => value - (expected?.gradients[i] ?? Number.NaN)) ?? [Number.NaN];
      expect(Math.hypot(...apart)).toBeLessThan(1e-3 * Math.hypot(...(expected?.gradients ?? [])));

      const layers = (await reportsOf(examineDistributions, ours, {})).at(-1)?.layers ?? [];
      const exactly = (await reportsOf(examineDistributions, exact, {})).at(-1)?.layers ?? [];
      expect(layers.map(({ name, dead }) => [name, dead])).toEqual(exactly.map(({ name, dead }) => [name, dead]));
      layers.forEach(({ activations, gradients }, layer) => {
        for (const [one, other, bins] of [
          [activations, exactly[layer]?.activations, linearBins(8, true)],
          [gradients, exactly[layer]?.gradients, magnitudeBins(-8, 2)],
        ] as const) {
          const counts = other && binned(other, bins).counts;
          // Only values at the edge of a bin may have gone to its neighbour.
          const moved = binned(one, bins).counts.reduce(
            (sum, count, i) => sum + Math.abs(count - (counts?.[i] ?? -1)),
            0,
          );
          expect(moved, `layer ${layer}`).toBeLessThanOrEqual(0.005 * one.count);
          expect(one.zeros).toBe(other?.zeros);
        }
      });
      ours.trainer.dispose();
      own.dispose();
    },
  );
});
