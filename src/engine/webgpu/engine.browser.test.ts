import { beforeAll, describe } from 'vitest';
import type { Engine } from '../engine.ts';
import { testNetworks } from '../testNetworks.ts';
import {
  testDrops,
  testEvaluation,
  testExtremes,
  testSignals,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { engineTuned } from './testEngine.ts';

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineTuned(tuning);
  });

  testTraining(() => engine);
  testUpdates(() => engine);
  testUntrained(() => engine);
  testExtremes(() => engine);
  testEvaluation(() => engine);
  testDrops(() => engine);
  // Which gradients are where is decided alike; how they are made is tested above.
  testSignals(
    () => engine,
    tuning === 'software' ? testNetworks : testNetworks.filter(({ spec }) => spec.shortcut === 'b'),
  );
});
