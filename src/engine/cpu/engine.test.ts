/** The CPU engine on one thread, in Node. */
import { describe, expect, it, vi } from 'vitest';
import { testAnyGraph } from '../testGraphs.ts';
import {
  byName,
  prepare,
  testAnyStack,
  testDeadUnits,
  testDrops,
  testEvaluation,
  testExtremes,
  testSignals,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { createCpuEngine } from './engine.ts';

// The float64 reference takes its time.
vi.setConfig({ testTimeout: 60_000 });

describe('the cpu engine', () => {
  const engine = createCpuEngine();
  testTraining(() => engine);
  testUpdates(() => engine);
  testUntrained(() => engine);
  testExtremes(() => engine);
  testDeadUnits(() => engine);
  testSignals(() => engine);
  testEvaluation(() => engine);
  testDrops(() => engine);
  testAnyStack(() => engine, 12);
  testAnyGraph(
    () => engine,
    ({ nodes }) => nodes.slice(1).map(({ id }) => id),
    12,
  );

  it('takes no memory and compiles nothing in a thousand steps, evaluations among them', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('pre-activation, everything at once'));
    const rule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 } as const;
    const preparation = { batch: firstBatch.length, calibration: firstBatch.length };
    const trainer = await engine.createTrainer(graph, parameters, rule, images, preparation);
    const grown = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
    const compiled = vi.spyOn(WebAssembly, 'compile');
    for (let step = 0; step < 1000; step++) {
      await trainer.step(firstBatch, 0.001);
      if (step % 100 === 0) await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    }
    expect(grown).not.toHaveBeenCalled();
    expect(compiled).not.toHaveBeenCalled();
    await trainer.signals('train', firstBatch, [1]);
    expect(compiled).toHaveBeenCalledOnce();
    trainer.dispose();
    vi.restoreAllMocks();
  });

  it('gives the memory of a network that is gone to the next, which finds nothing of it there', async () => {
    const { graph, images, firstBatch, parameters } = prepare(byName('residual blocks, option B, batch norm'));
    const losses = async () => {
      const trainer = await engine.createTrainer(
        graph,
        parameters,
        { opt: 'momentum', wd: 0, clip: 0, seed: 1 },
        images,
      );
      const found = [await trainer.step(firstBatch, 0.1), await trainer.step(firstBatch, 0.1)];
      trainer.dispose();
      await trainer.snapshot();
      return found;
    };
    const first = await losses();
    const made = vi.spyOn(WebAssembly, 'Memory');
    expect(await losses()).toEqual(first);
    expect(made).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
