import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../engine.ts';
import {
  testEvaluation,
  testExtremes,
  testGradients,
  testMeasurements,
  testSignals,
  testUpdates,
} from '../testSuite.ts';
import { createWebGpuEngine } from './engine.ts';
import { tunings } from './plan/tuning.ts';

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(tunings[tuning]);
  });
  afterAll(() => engine.dispose());

  testGradients(() => engine);
  testMeasurements(() => engine);
  testUpdates(() => engine);
  testExtremes(() => engine);
  testEvaluation(() => engine);
  testSignals(() => engine);
});
