/** All in one file, and so in one page: what several of them train is compiled once. */
import { beforeAll, describe } from 'vitest';
import type { Engine } from '../engine.ts';
import {
  smallByName,
  testDeadUnits,
  testDrops,
  testEvaluation,
  testExtremes,
  testSignals,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { createWebGpuEngine } from './engine.ts';
import { tunings } from './plan/tuning.ts';
import { networksFor } from './testCover.ts';
import { testGangs } from './testGangs.ts';
import { testMasks } from './testMasks.ts';
import { testOrder } from './testOrder.ts';
import { testParity } from './testParity.ts';

/** Both ways of dividing the work, whatever this machine has: they share the arithmetic, not the sums. */
describe.each(['software', 'hardware'] as const)('the WebGPU engine, tuned for %s', (tuning) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGpuEngine(tunings[tuning]);
  });

  testTraining(() => engine, networksFor('training', tuning));
  testSignals(() => engine, networksFor('signals', tuning), smallByName);
  testExtremes(() => engine, smallByName);
  testDeadUnits(() => engine);
  testEvaluation(() => engine, smallByName);
  testUpdates(() => engine, smallByName);
  testParity(() => engine);
  testMasks(() => engine);
  testGangs(() => engine, tuning);
  // What of the trainer has no part in how work is divided.
  if (tuning === 'software') {
    testOrder(() => engine);
    return;
  }
  testUntrained(() => engine, smallByName);
  testDrops(() => engine, smallByName);
});
