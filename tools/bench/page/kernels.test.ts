import { expect, it } from 'vitest';
import { parseLink } from '../../../src/experiment/parseLink.ts';
import { buildGraph } from '../../../src/network/build.ts';
import { cpuKernels, flopsOf } from './kernels.ts';

it('counts the arithmetic of a convolution and of its gradients by their names', () => {
  // 9 taps, a multiplication and an addition each, from 8 channels to 16, at 14 · 14 pixels.
  const flops = 2 * 9 * 8 * 16 * 14 * 14;
  const names = ['convolve 3x3/2 8-16 14x14', 'convolve back 3x3/2 8-16 14x14', 'filter gradient 3x3/2 8-16 14x14'];
  expect(names.map(flopsOf)).toEqual([flops, flops, flops]);
  expect(flopsOf('stage, 25088 bytes')).toBeNull();
});

it('times every kernel of a step alone, all calls of it together', async () => {
  const { networks } = parseLink('#v=1&a=conv-4,conv-4&batch=8').experiment;
  const [network] = networks;
  if (!network) throw new Error('no network');
  const kernels = await cpuKernels({ graph: buildGraph(network, 14) }, 8, 0.1);
  const named = (kernel: string) => kernels.find((each) => each.kernel === kernel);
  const inner = 8 * 2 * 9 * 4 * 4 * 14 * 14;
  // Forwards, and backwards to the first layer, which sends nothing to the images.
  expect(named('convolve 3x3/1 4-4 14x14')).toMatchObject({ calls: 1, flops: inner });
  expect(named('convolve back 3x3/1 4-4 14x14')).toMatchObject({ calls: 1, flops: inner });
  expect(named('filter gradient 3x3/1 4-4 14x14')).toMatchObject({ calls: 1, flops: inner });
  expect(named('convolve 3x3/1 1-4 14x14')).toMatchObject({ calls: 1, flops: inner / 4 });
  expect(named('convolve 3x3/1 4-4 14x14')?.ms).toBeGreaterThan(0);
});
