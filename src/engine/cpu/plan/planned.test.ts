import { expect, test } from 'vitest';
import { bytesOf, memoryBudget } from '../../../experiment/memory.ts';
import { anyCifar10, paperNetwork } from '../../../experiment/paper.ts';
import { defaultExperiment } from '../../../experiment/presets.ts';
import { buildGraph } from '../../../network/build.ts';
import { testNetworks } from '../../testNetworks.ts';
import { machineOf } from '../features.ts';
import { memoryAtMost, Planned } from './planned.ts';

const rule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 } as const;

test('a deep network is classified a few images at a time, so that it takes no more than to train it', () => {
  const graph = buildGraph(paperNetwork('residual', 56), { size: 32, data: anyCifar10 });
  const planned = new Planned(graph, rule, machineOf(1, false));
  const { fixed, perImage } = planned.memoryNeed(rule, 100);
  const training = planned.training.bytes(100);
  expect(planned.classifying.bytes(250)).toBeGreaterThan(1.5 * training);
  const images = planned.classifiedAtATime(100);
  expect(images).toBeGreaterThan(50);
  expect(planned.classifying.bytes(images)).toBeLessThanOrEqual(training);
  expect(fixed + 100 * perImage).toBeCloseTo(training, 0);
  // Where nothing is trained, and where there is little to keep.
  expect(planned.classifiedAtATime(0)).toBeLessThan(images);
  const shallow = buildGraph(paperNetwork('plain', 8), { size: 8 });
  expect(new Planned(shallow, rule, machineOf(1, false)).classifiedAtATime(1)).toBe(250);
});

test('without a plan no network is thought to need less than with one, and those of the first screen to fit', () => {
  const machine = machineOf(2, false);
  const own = defaultExperiment.networks.map((network) => buildGraph(network, defaultExperiment.training));
  const deep = buildGraph(paperNetwork('residual', 56), { size: 32, data: anyCifar10 });
  const graphs = [...testNetworks.map(({ spec, ...images }) => buildGraph(spec, images)), ...own, deep];
  for (const [index, graph] of graphs.entries())
    for (const batch of [1, 32, 256]) {
      const need = bytesOf(new Planned(graph, rule, machine).memoryNeed(rule, batch), batch);
      expect(memoryAtMost(graph, rule, batch, machine), `network ${index}, batch ${batch}`).toBeGreaterThan(need);
    }
  // On a phone with a gigabyte, too.
  const together = own.reduce((sum, graph) => sum + memoryAtMost(graph, rule, 32, machine), 0);
  expect(together).toBeLessThan(memoryBudget(1));
});
