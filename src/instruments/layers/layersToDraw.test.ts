import { expect, test } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { buildGraph } from '../../network/build.ts';
import { layersToDraw } from './layersToDraw.ts';

function drawn(link: string) {
  const { experiment } = parseLink(link);
  const [network] = experiment.networks;
  if (!network) throw new Error(link);
  return layersToDraw(buildGraph(network, experiment.training.size), network);
}

test('every weight layer is drawn, and the factor is fitted to the conv layers alone', () => {
  const { layerNames, layers, fitted, theory } = drawn('#v=1&a=conv-8,maxpool,conv-8,dense-32');
  expect(layerNames).toEqual(['conv 1', 'conv 2', 'dense 1', 'classifier']);
  expect(layers).toEqual([0, 1, 2, 3]);
  expect(fitted).toEqual([0, 1]);
  expect(theory).toBeNull();
});

test('without conv layers the factor is fitted to all', () => {
  const { layerNames, fitted } = drawn('#v=1&a=dense-64*4');
  expect(layerNames).toHaveLength(5);
  expect(fitted).toEqual([0, 1, 2, 3, 4]);
});

test('theory has a value for every layer that is fitted', () => {
  const { layers, fitted, theory } = drawn('#v=1&a=t7-plain-8');
  expect(layers).toHaveLength(8);
  expect(theory).toHaveLength(fitted.length);
});
