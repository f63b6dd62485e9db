/** The CPU engine in a browser: with fused multiply-adds and without, on several threads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageFormat } from '../../experiment/dataRef.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { initialParameters } from '../../network/init.ts';
import { giving } from '../../ui/pageWork.ts';
import type { Engine, UpdateRule } from '../engine.ts';
import { testImages, testNetworks } from '../testNetworks.ts';
import {
  byName,
  prepare,
  testAnyStack,
  testEvaluation,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { createCpuEngine } from './engine.ts';
import { hasFma } from './features.ts';
import { startCpuEngine } from './start.ts';
import { alone, startTeam } from './threads/team.ts';

async function engineOf(threads: number, fma: boolean): Promise<Engine> {
  return createCpuEngine({ team: threads > 1 ? await startTeam(threads) : alone, fma });
}

describe('the cpu engine, with fused multiply-adds and on threads', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOf(2, true);
  });
  afterAll(() => engine.dispose());

  it('finds both in this browser', async () => {
    expect(hasFma()).toBe(true);
    const started = await startCpuEngine();
    const { device } = started;
    started.dispose();
    expect(device).toEqual({ kind: 'cpu', simd: true, threads: expect.any(Number), fma: true });
    expect(device.kind === 'cpu' && device.threads).toBeGreaterThan(navigator.hardwareConcurrency > 1 ? 1 : 0);
  });

  testTraining(() => engine);
  testUpdates(() => engine);
  testUntrained(() => engine);
  testEvaluation(() => engine);
  testAnyStack(() => engine, 4);
});

it('a helper gives way to the page, whose memory it is given', async () => {
  const page = new SharedArrayBuffer(4);
  const says = new Int32Array(page);
  const engine = createCpuEngine({ team: await startTeam(2, page) });
  const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option B, batch norm'));
  const trainer = await engine.createTrainer(graph, parameters, rule, images);
  says[0] = giving.other;
  await trainer.step(firstBatch, 0.01);
  expect(says[0]).toBe(giving.none);
  trainer.dispose();
  engine.dispose();
});

const rule: UpdateRule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 };

/** All that a trainer says of three steps and behind them. */
async function outcome(
  engine: Engine,
  graph: NetworkGraph,
  initial: Float32Array[],
  batch: number,
  fed: ImageFormat = { size: graph.nodes[0]?.shape[0] ?? 14 },
): Promise<unknown> {
  const images = testImages(fed, 4 * batch);
  const trainer = await engine.createTrainer(graph, initial, rule, images);
  const all = Uint32Array.from({ length: 4 * batch }, (_, i) => i);
  const steps = [];
  for (let step = 0; step < 3; step++) {
    steps.push(await trainer.step(all.subarray(step * batch, (step + 1) * batch - step), 0.01));
  }
  const found = {
    steps,
    gradients: await trainer.gradients(all.subarray(0, batch)),
    signals: await trainer.signals('test', all.subarray(0, batch), [graph.layers[0]?.z ?? 1, graph.logits]),
    logits: await trainer.logits('test', all.subarray(0, batch), all),
    statistics: await trainer.statistics(all),
    snapshot: await trainer.snapshot(),
  };
  trainer.dispose();
  return found;
}

describe.each([true, false])('on any number of threads, multiply-adds fused: %s', (fma) => {
  const engines: Engine[] = [];
  beforeAll(async () => {
    for (const threads of [1, 2, 3]) engines.push(await engineOf(threads, fma));
  });
  afterAll(() => {
    for (const engine of engines) engine.dispose();
  });

  it('computes the same to the last bit: ResNet-20', async () => {
    const [spec] = presetExperiment('s14', [{ kind: 'residual', layers: 20 }]).networks;
    if (!spec) throw new Error('no network');
    const graph = buildGraph(spec, 14);
    const initial = initialParameters(graph, spec, 1);
    const found = [];
    for (const engine of engines) found.push(await outcome(engine, graph, initial, 35));
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  // What threads share does not depend on how products are added.
  it.each(fma ? testNetworks : [])('computes the same to the last bit: $name', async (network) => {
    const { graph, parameters } = prepare(network);
    const found = [];
    for (const engine of engines) found.push(await outcome(engine, graph, parameters, 5, network));
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });
});
