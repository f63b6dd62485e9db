import { describe, expect, test } from 'vitest';
import { backwardPass, forwardPass, ofMinibatch } from '../../engine/reference/passes.ts';
import { inputBatch, parameterTensors } from '../../engine/reference/tensors.ts';
import { testImages } from '../../engine/testNetworks.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { remarksOf } from './remarks.ts';

function remarks(link: string) {
  const { networks, training } = parseLink(`#v=1&${link}`).experiment;
  const [network] = networks;
  if (!network) throw new Error(link);
  return remarksOf(buildGraph(network, training.size), network, training.batch);
}

test('padding eats the taps of 3×3 filters on maps of 1×1, and of 5×5 ones on 2×2 as well', () => {
  // VGG-16 at 14 pixels: its last three convs read 1×1, at 28 pixels 2×2.
  expect(remarks('a=vgg-16')).toEqual([{ key: 'padding', layer: 'conv 11', convs: 3, kernel: 3, side: 1 }]);
  expect(remarks('a=vgg-16&size=28')).toEqual([]);
  expect(remarks('a=t7-plain-8')).toEqual([]);
  expect(remarks('a=t7-plain-8&kernel=5')).toMatchObject([{ key: 'padding', kernel: 5, side: 2 }]);
});

test('batch norm over one image is named, and over one number, which is all that a dense layer has of it', () => {
  expect(remarks('a=conv-16,maxpool,conv-32,maxpool&batch=1')).toEqual([{ key: 'oneImage' }]);
  expect(remarks('a=conv-16,maxpool,dense-96&batch=1')).toEqual([
    { key: 'oneNumber', layer: 'dense 1', norm: 'batch' },
  ]);
  expect(remarks('a=conv-16,maxpool,dense-96&batch=1&norm=none')).toEqual([]);
  expect(remarks('a=conv-16,maxpool,dense-96&batch=2')).toEqual([]);
});

test('group and layer norm over one number are named, however many images there are', () => {
  expect(remarks('a=conv-16,dense-8&norm=group&groups=8')).toEqual([
    { key: 'oneNumber', layer: 'dense 1', norm: 'group' },
  ]);
  expect(remarks('a=conv-16,dense-8&norm=group&groups=4')).toEqual([]);
  expect(remarks('a=conv-16,dense-1&norm=layer')).toEqual([{ key: 'oneNumber', layer: 'dense 1', norm: 'layer' }]);
});

test('groups that do not divide the channels of a layer are named, with those that it has', () => {
  expect(remarks('a=conv-8,conv-6,conv-9&norm=group&groups=4')).toEqual([
    { key: 'fewerGroups', layer: 'conv 2', groups: 2, channels: 6, wanted: 4 },
  ]);
  expect(remarks('a=conv-8,conv-6,conv-9&norm=layer&groups=4')).toEqual([]);
});

describe('branches that start at 0', () => {
  const branches = (settings: string) => {
    const link = `a=conv-8/2,zeroresidual-8*2&${settings}`;
    const [network] = parseLink(`#v=1&${link}`).experiment.networks;
    if (!network) throw new Error(link);
    const graph = buildGraph(network, 14);
    const tensors = parameterTensors(graph, initialParameters(graph, network, 1));
    const { pixels, labels } = testImages(14, 3).train;
    const outputs = forwardPass(graph, tensors, inputBatch(graph, pixels, 3), {
      statisticsOf: ofMinibatch,
      draw: null,
    });
    const gradients = backwardPass(graph, tensors, outputs, labels, null).parameters;
    const moved = graph.parameters.filter(
      ({ id, name }) => name.startsWith('conv 3') && gradients[id]?.values.some((value) => value !== 0),
    );
    return { remarks: remarks(link), learn: moved.length > 0 };
  };

  test.each([
    ['', 'conv 3'],
    ['&norm=none', 'conv 3'],
    ['&norm=group', 'conv 3'],
    ['&span=1', 'conv 2'],
    ['&norm=none&init=pytorch', 'conv 3'],
  ])('behind which a ReLU stands never learn, which is said: order=actbefore%s', (settings, layer) => {
    const expected = { remarks: [{ key: 'staysZero', layer }], learn: false };
    expect(branches(`order=actbefore${settings}`)).toEqual(expected);
  });

  test.each(['order=actbefore&act=leaky', 'order=actbefore&act=gelu', 'order=post', 'order=normafter', 'order=pre'])(
    'do learn otherwise: %s',
    (settings) => {
      expect(branches(settings)).toEqual({ remarks: [], learn: true });
    },
  );
});
