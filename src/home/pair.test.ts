import { expect, it } from 'vitest';
import { parseLink } from '../experiment/parseLink.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { depthOfPair, depths, pairOf } from './pair.ts';

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
});
