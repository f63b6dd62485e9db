/** On every backend, layers that are the identity change not a single bit of the logits, and fresh ones do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { testImages, testParameters } from '../../engine/testNetworks.ts';
import { createTfjsEngine } from '../../engine/tfjs/engine.ts';
import { createWebGpuEngine } from '../../engine/webgpu/engine.ts';
import { baseKinds, familyStack } from '../../experiment/families.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import type { TrainedBase } from '../../network/graft.ts';
import { graftReport } from './grafting.ts';
import { buildNetworks } from './networks.ts';

/** Of the first stage: those behind it have twice and four times as much, one pack of channels and two. */
const WIDTH = 2;

const images = testImages(14, 30);
const { network, training } = presets.t7;
const spec = { stack: familyStack({ preset: 't7', kind: 'plain', layers: 8, width: WIDTH }), ...network };
const base: TrainedBase = { spec, size: 14, parameters: testParameters(buildGraph(spec, 14), spec) };

const engines: readonly (readonly [name: string, create: () => Promise<Engine>])[] = [
  ['TensorFlow.js, cpu', () => createTfjsEngine('cpu')],
  ['TensorFlow.js, wasm', () => createTfjsEngine('wasm')],
  ['TensorFlow.js, webgpu', () => createTfjsEngine('webgpu')],
  ['the WebGPU engine', () => createWebGpuEngine()],
];

describe.each(engines)('grafts on %s', (_, create) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await create();
  });
  afterAll(() => engine.dispose());

  it('change no logit where the inserted layers are the identity', async () => {
    const experiment = {
      networks: baseKinds.map((kind) => ({
        ...network,
        stack: familyStack({ preset: 't7', kind, layers: 6, width: WIDTH }),
      })),
      training: { ...training, train: 30 },
    };
    const { networks } = await buildNetworks(engine, experiment, images, { budget: 1e9, base });
    const report = await graftReport({ engine, base, networks, images, training: experiment.training });
    const changes = Object.fromEntries(baseKinds.map((kind, i) => [kind, report.networks[i]?.logitChange]));
    expect(changes).toMatchObject({ 'base+identity': 0, 'base+dirac': 0, 'base+zeroresidual': 0 });
    expect(changes['base+conv']).toBeGreaterThan(0.1);
    expect(report.images).toBe(30);
    for (const { trainer } of networks) trainer.dispose();
  });
});
