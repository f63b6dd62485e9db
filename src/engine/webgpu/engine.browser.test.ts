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
import { plannedNetworks } from './testPlanned.ts';

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(tunings[tuning]);
  });
  afterAll(() => engine.dispose());

  testGradients(() => engine, plannedNetworks);
  testMeasurements(() => engine, plannedNetworks);
  testUpdates(() => engine);
  testExtremes(() => engine);
  testEvaluation(() => engine);
  // Which gradients are where is decided alike; how they are made is tested above.
  testSignals(
    () => engine,
    tuning === 'software' ? plannedNetworks : plannedNetworks.filter(({ spec }) => spec.shortcut === 'b'),
  );
});
