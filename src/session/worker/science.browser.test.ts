/**
 * Trains on the embedded images, as the page does, and holds the outcome against figures from
 * PyTorch on the same data set. The bands are wider than the spread between seeds and images, and
 * far narrower than what a wrong gradient, normalisation or update leaves standing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ArrivingImages, openImages } from '../../data/openImages.ts';
import { startCpuEngine } from '../../engine/cpu/engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { networkIds } from '../../experiment/experiment.ts';
import { parseLink } from '../../experiment/parseLink.ts';
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
    const networks = await buildNetworks(engine, experiment, images.images, MEMORY_BUDGET);
    const records: MeasurementRecord[] = [];
    const training = new Training({
      spec: () => experiment.training,
      networks,
      engine,
      arriving: images,
      emit: (record) => records.push(record),
      signal: new AbortController().signal,
    });
    while (!training.finished) {
      await training.untilPossible();
      await training.advance();
    }
    await training.dispose();
    return { layerNames: networks[0]?.info.layerNames ?? [], records };
  }

  it('degrades with depth in plain networks and not in residual ones (T7, 100 steps)', async () => {
    const { records } = await run('a=t7-plain-20&b=t7-residual-20&c=t7-plain-38&d=t7-residual-38');
    const evaluations = records.filter((record): record is EvaluationRecord => record.type === 'evaluation');
    const final = networkIds.map((id) => evaluations.findLast(({ network }) => network === id));
    const [plain20 = 0, residual20 = 0, plain38 = 0, residual38 = 0] = final.map((each) => each?.trainError);
    const report = `training errors ${[plain20, residual20, plain38, residual38]}`;
    expect(Math.abs(residual20 - 0.249), report).toBeLessThan(0.04);
    expect(Math.abs(residual38 - 0.273), report).toBeLessThan(0.05);
    expect(plain20 - residual20, report).toBeGreaterThan(0.04);
    expect(plain38 - plain20, report).toBeGreaterThan(0.15);
    expect(plain38 - residual38, report).toBeGreaterThan(0.25);
    for (const each of final) expect(Math.abs((each?.testError ?? 1) - (each?.trainError ?? 0))).toBeLessThan(0.04);
  });

  it('loses the signal gradient by ×0.22 a layer in a sigmoid stack, which does not train (F7, 12 layers)', async () => {
    const { layerNames, records } = await run('a=f7-12&act=sigmoid&init=xavier&lr=0.1&steps=60');
    const steps = records.filter((record): record is StepRecord => record.type === 'step');
    const first = steps[0]?.layers;
    const convs = first?.signalGradient.filter((_, layer) => layerNames[layer]?.startsWith('conv')) ?? [];
    const factor = factorPerLayer(convs) ?? Number.NaN;
    expect(Math.abs(factor - 0.22), `×${factor} per layer`).toBeLessThan(0.02);
    const weightGradient = first?.weightGradient ?? new Float32Array();
    expect(Math.abs(Math.log10((weightGradient[10] ?? 0) / 0.16))).toBeLessThan(0.4);
    expect(Math.abs(Math.log10((weightGradient[0] ?? 0) / 2e-8))).toBeLessThan(0.6);
    expect(steps.at(-1)?.loss).toBeCloseTo(Math.log(10), 1);
  });
});
