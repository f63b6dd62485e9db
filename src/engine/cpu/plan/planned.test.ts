import { expect, test } from 'vitest';
import { anyCifar10, paperNetwork } from '../../../experiment/paper.ts';
import { buildGraph } from '../../../network/build.ts';
import { machineOf } from '../features.ts';
import { Planned } from './planned.ts';

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
