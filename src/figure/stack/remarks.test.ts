import { expect, test } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { buildGraph } from '../../network/build.ts';
import { remarksOf } from './remarks.ts';

function remarks(link: string) {
  const { networks, training } = parseLink(`#v=1&${link}`).experiment;
  const [network] = networks;
  if (!network) throw new Error(link);
  return remarksOf(buildGraph(network, training.size), training.batch);
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
  expect(remarks('a=conv-16,maxpool,dense-96&batch=1')).toEqual([{ key: 'oneNumber', layer: 'dense 1' }]);
  expect(remarks('a=conv-16,maxpool,dense-96&batch=1&norm=none')).toEqual([]);
  expect(remarks('a=conv-16,maxpool,dense-96&batch=2')).toEqual([]);
});
