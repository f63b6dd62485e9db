import { describe, expect, test } from 'vitest';
import { buildGraph } from '../network/build.ts';
import { architectureNames, architectures, recognizeArchitecture } from './architectures.ts';
import { formatLink } from './link.ts';
import { parseLink } from './parseLink.ts';
import { depthOf } from './stack.ts';

describe('architectures', () => {
  test('have as many weight layers as their papers count', () => {
    expect(architectureNames.map((name) => depthOf(architectures[name]))).toEqual([8, 16, 19]);
  });

  test('end on a map of one position behind five poolings, as VGG ends on 7×7 from 224×224', () => {
    const { experiment } = parseLink('#a=vgg-16');
    const network = experiment.networks[0];
    const rows = network ? buildGraph(network, 14).rows : [];
    const pools = rows.filter(({ kind }) => kind === 'maxpool').map(({ shape }) => shape[0]);
    expect(pools).toEqual([7, 4, 2, 1, 1]);
  });

  test.each(architectureNames)('%s is read from a link by its name, and written so', (name) => {
    const { experiment, problems } = parseLink(`#v=1&a=${name}&b=plain-8`);
    expect(problems).toEqual([]);
    expect(recognizeArchitecture(experiment.networks[0]?.stack ?? [])).toBe(name);
    expect(formatLink(experiment)).toBe(`#v=1&a=${name}&b=plain-8`);
  });

  test('a stack that differs in one item is none', () => {
    expect(recognizeArchitecture(architectures.alexnet.slice(1))).toBeNull();
  });
});
