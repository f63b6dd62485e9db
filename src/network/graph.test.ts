import { expect, it } from 'vitest';
import { usualNetwork } from '../experiment/settings.ts';
import { buildGraph } from './build.ts';
import { owningLayers } from './graph.ts';

it('biases, scales and shifts belong to the layer before them, a projection’s to the last of its block', () => {
  const stack = [{ kind: 'residual', width: 2, stride: 2, count: 1 }] as const;
  const spec = { stack, ...usualNetwork, shortcut: 'b' } as const;
  const graph = buildGraph(spec, 14);
  const owners = owningLayers(graph).map((layer, id) => `${graph.parameters[id]?.name}: ${graph.layers[layer]?.name}`);
  expect(owners).toEqual([
    'conv 1 weight: conv 1',
    'conv 1 scale: conv 1',
    'conv 1 shift: conv 1',
    'conv 2 weight: conv 2',
    'conv 2 scale: conv 2',
    'conv 2 shift: conv 2',
    'projection 1 weight: conv 2',
    'projection 1 scale: conv 2',
    'projection 1 shift: conv 2',
    'classifier weight: classifier',
    'classifier bias: classifier',
  ]);
});
