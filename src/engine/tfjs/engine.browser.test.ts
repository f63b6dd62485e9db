import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import type { Engine } from '../engine.ts';
import { cover } from '../testCover.ts';
import { testNetworks } from '../testNetworks.ts';
import {
  prepare,
  testDeadUnits,
  testDrops,
  testEvaluation,
  testExtremes,
  testSignals,
  testTraining,
  testUntrained,
  testUpdates,
} from '../testSuite.ts';
import { createTfjsEngine } from './engine.ts';

/** Networks that between them have every op and every activation, of the fewest nodes. */
const bringingOps = cover(
  testNetworks.map((network) => {
    const { nodes } = buildGraph(network.spec, network);
    const ops = nodes.map(({ op }) => (op.kind === 'groupNorm' ? `groups ${op.groups}` : op.kind));
    const costs = new Map([[network.name, nodes.length]]);
    return { network, costs, lines: new Set<string>([...ops, network.spec.act]) };
  }),
).map(({ network }) => network);

describe.each(['cpu', 'wasm', 'webgpu'] as const)('the tfjs engine on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine(backend);
  });
  afterAll(() => engine.dispose());

  // Our part is the same on all, arrangements of blocks among it: on the others, TensorFlow.js’ kernels take several times as long.
  testTraining(() => engine, backend === 'wasm' || inject('propertyRuns') > 1 ? testNetworks : bringingOps);

  it('leaves no tensor behind', async () => {
    const { graph, images, firstBatch, parameters } = prepare('residual blocks, option B, batch norm');
    const before = tf.memory().numTensors;
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'adam', wd: 0.01, clip: 1, seed: 1 }, images);
    await trainer.step(firstBatch, 0.01);
    const afterOne = tf.memory().numTensors;
    await trainer.step(firstBatch, 0.01);
    await trainer.gradients(firstBatch);
    await trainer.evaluate(firstBatch, firstBatch, firstBatch);
    await trainer.logits('test', firstBatch, firstBatch);
    await trainer.signals('test', firstBatch, [graph.logits, 1]);
    await trainer.statistics(firstBatch);
    trainer.restore(await trainer.snapshot());
    expect(tf.memory().numTensors).toBe(afterOne);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives a snapshot as of when it was asked for, though its trainer starts over before it has arrived', async () => {
    const { graph, images, firstBatch, parameters } = prepare('conv, linear, flatten');
    const trainer = await engine.createTrainer(graph, parameters, { opt: 'momentum', wd: 0, clip: 0, seed: 1 }, images);
    await trainer.step(firstBatch, 0.01);
    const asked = trainer.snapshot();
    trainer.restore({ parameters, moments: [], updates: 0 });
    await trainer.step(firstBatch, 0.01);
    expect(await asked).toEqual(await trainer.snapshot());
    trainer.dispose();
  });
});

describe('the tfjs engine on wasm', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createTfjsEngine('wasm');
  });
  afterAll(() => engine.dispose());

  testUpdates(() => engine);
  testUntrained(() => engine);
  testExtremes(() => engine);
  testDeadUnits(() => engine);
  testEvaluation(() => engine);
  testSignals(() => engine);
  testDrops(() => engine);
});
