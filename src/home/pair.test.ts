import { expect, it } from 'vitest';
import { formatLink } from '../experiment/link.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { depthOfPair, depths, pairOf } from './pair.ts';

const data = {
  id: '0123456789abcdef',
  title: 'ours',
  side: 28,
  channels: 3,
  classes: 2,
  train: 100,
  test: 50,
} as const;

const depthOf = (link: string) => depthOfPair(parseLink(link).experiment);

it('opens with the default experiment', () => {
  expect(pairOf(38)).toEqual(defaultExperiment);
});

it('knows its own networks, however they are trained, and no others', () => {
  for (const depth of depths) expect(depthOfPair(pairOf(depth))).toBe(depth);
  expect(depthOf('#a=t7-plain-20&b=t7-residual-20&seed=7&steps=40')).toBe(20);
  expect(depthOf('#a=t7-plain-26&b=t7-residual-26')).toBeNull();
  expect(depthOf('#a=t7-residual-20&b=t7-plain-20')).toBeNull();
  expect(depthOf('#a=t7-plain-20')).toBeNull();
  expect(depthOf('#a=t7-plain-20&b=t7-residual-20&act=tanh')).toBeNull();
  expect(depthOf('#a=plain-20&b=residual-20')).toBeNull();
  // What the first screen says is of the photos that it comes with.
  expect(depthOf(formatLink({ ...pairOf(20), training: { ...pairOf(20).training, data } }))).toBeNull();
});
