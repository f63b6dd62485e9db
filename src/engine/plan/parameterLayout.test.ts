import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { elements } from '../../ops/shapes.ts';
import { testNetworks } from '../testNetworks.ts';
import { packParameter, parameterLayout, unpackParameter } from './parameterLayout.ts';

describe('the layout of parameters', () => {
  it.each(testNetworks)('gives back what was put in, and fills up with zeros: $name', (network) => {
    const { spec } = network;
    const graph = buildGraph(spec, network);
    const layout = parameterLayout(graph);
    const all = new Float32Array(layout.packs * 4);
    const values = initialParameters(graph, spec, 1).map((each) => each.map((value) => value + 3));
    values.forEach((each, id) => {
      const region = layout.regions[id];
      if (region) packParameter(region, each, all);
    });
    expect(layout.regions.map((region) => unpackParameter(region, all))).toEqual(values);
    const count = graph.parameters.reduce((sum, { shape }) => sum + elements(shape), 0);
    expect(all.filter((value) => value !== 0)).toHaveLength(count);
    for (const { first } of layout.regions) expect((first * 16) % 256).toBe(0);
  });

  it('rounds channels up to whole packs, but for the one channel of the images', () => {
    const stack = [{ kind: 'conv', width: 3, stride: 1, count: 2 }] as const;
    const [network] = testNetworks;
    if (!network) throw new Error('no network');
    const graph = buildGraph({ ...network.spec, stack }, 14);
    const [first, , second] = parameterLayout(graph).regions;
    // [3, 3, 1, 3]: 9 rows of one pack; in 256 bytes are 16. [3, 3, 3, 3]: 9 taps of 4 rows each.
    expect(first).toMatchObject({ packs: 16, channels: 3, paddedChannels: 4, rows: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    expect(second?.packs).toBe(48);
    expect(second?.rows.slice(0, 6)).toEqual([0, 1, 2, 4, 5, 6]);
  });
});
