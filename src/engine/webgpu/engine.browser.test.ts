import { beforeAll, describe } from 'vitest';
import type { Engine } from '../engine.ts';
import {
  testDrops,
  testEvaluation,
  testExtremes,
  testSignals,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { networksFor } from './testCover.ts';
import { engineTuned } from './testEngine.ts';

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineTuned(tuning);
  });

  testTraining(() => engine, networksFor('training', tuning));
  testSignals(() => engine, networksFor('signals', tuning));
  testExtremes(() => engine);
  testEvaluation(() => engine);
  testUpdates(() => engine);
  if (tuning === 'software') return;
  // What of the trainer has no part in how work is divided. `drops.browser.test.ts` has the masks with both.
  testUntrained(() => engine);
  testDrops(() => engine);
});
