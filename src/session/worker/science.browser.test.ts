/**
 * Trains on the embedded images, as the page does, and holds the outcome against figures from
 * PyTorch on the same data set. The bands are wider than the spread between seeds and images, and
 * far narrower than what a wrong gradient, normalisation or update leaves standing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArrivingImages, openImages } from '../../data/openImages.ts';
import { startCpuEngine } from '../../engine/cpu/start.ts';
import type { Engine } from '../../engine/engine.ts';
import { formatLink } from '../../experiment/link.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { defaultExperiment } from '../../experiment/presets.ts';
import type { EvaluationRecord, MeasurementRecord, StepRecord } from '../../records/records.ts';
import { factorPerLayer } from '../../records/summary.ts';
import { buildNetworks } from './networks.ts';
import { Training } from './training.ts';

const MEMORY_BUDGET = 2 ** 30;

describe('training on Fashion-MNIST', () => {
  let engine: Engine;
  let images: ArrivingImages;
  beforeAll(async () => {
    engine = await startCpuEngine();
    images = openImages({
      baseUrl: new URL('/data/', location.href).href,
      size: 14,
      trainCount: 6000,
      testCount: 1000,
    });
  });
  afterAll(() => engine.dispose());

  async function run(link: string): Promise<{ layerNames: readonly string[]; records: MeasurementRecord[] }> {
    const { experiment, problems } = parseLink(link);
    expect(problems).toEqual([]);
    const built = await buildNetworks(engine, experiment, images.images, { budget: MEMORY_BUDGET });
    const records: MeasurementRecord[] = [];
    const training = new Training({
      spec: () => experiment.training,
      ...built,
      arriving: images,
      emit: (record) => records.push(record),
      signal: new AbortController().signal,
    });
    while (!training.finished) {
      await training.untilPossible();
      await training.advance();
    }
    await training.dispose();
    return { layerNames: built.networks[0]?.info.layerNames ?? [], records };
  }

  it('degrades in a plain network and not in its residual twin: the first screen as it ships', async () => {
    const { records } = await run(formatLink(defaultExperiment));
    const evaluations = records.filter((record): record is EvaluationRecord => record.type === 'evaluation');
    const [plain, residual] = (['a', 'b'] as const).map((id) => evaluations.findLast(({ network }) => network === id));
    const report = `training errors ${[plain?.trainError, residual?.trainError]}`;
    expect(Math.abs((residual?.trainError ?? 1) - 0.273), report).toBeLessThan(0.05);
    expect((plain?.trainError ?? 0) - (residual?.trainError ?? 1), report).toBeGreaterThan(0.25);
    for (const each of [plain, residual])
      expect(Math.abs((each?.testError ?? 1) - (each?.trainError ?? 0))).toBeLessThan(0.04);
  });

  // That it does not train is held by lesson 2 (`lessons/story/asShipped.browser.test.ts`).
  it('loses the signal gradient by ×0.22 a layer in a sigmoid stack (F7, 12 layers)', async () => {
    const { layerNames, records } = await run('a=f7-12&act=sigmoid&init=xavier&lr=0.1&steps=1');
    const steps = records.filter((record): record is StepRecord => record.type === 'step');
    const first = steps[0]?.layers;
    const convs = first?.signalGradient.filter((_, layer) => layerNames[layer]?.startsWith('conv')) ?? [];
    const factor = factorPerLayer(convs) ?? Number.NaN;
    expect(Math.abs(factor - 0.22), `×${factor} per layer`).toBeLessThan(0.02);
    const weightGradient = first?.weightGradient ?? new Float32Array();
    expect(Math.abs(Math.log10((weightGradient[10] ?? 0) / 0.16))).toBeLessThan(0.4);
    expect(Math.abs(Math.log10((weightGradient[0] ?? 0) / 2e-8))).toBeLessThan(0.6);
  });
});
