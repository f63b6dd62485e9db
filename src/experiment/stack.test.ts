import { expect, test } from 'vitest';
import type { Item } from './experiment.ts';
import { bareLayersOf, channelsBefore, depthOf, hasShortcuts, stackText } from './stack.ts';

const stack: Item[] = [
  { kind: 'conv', width: 8, stride: 2, count: 1 },
  { kind: 'residual', width: 16, stride: 1, count: 3 },
  { kind: 'identity', count: 4 },
  { kind: 'maxpool', count: 1 },
  { kind: 'dense', width: 64, count: 2 },
];

test('depth counts conv layers, two for a block, dense layers and the classifier', () => {
  expect(depthOf([])).toBe(1);
  expect(depthOf(stack)).toBe(1 + 3 * 2 + 2 + 1);
});

test('layers without weights are counted apart', () => {
  expect(bareLayersOf(stack)).toBe(5);
});

test('channels run from the one of the images through conv and dense items, past identity and pooling', () => {
  expect([0, 1, 2, 3, 4, 5].map((index) => channelsBefore(stack, index))).toEqual([1, 8, 16, 16, 16, 64]);
});

test('a residual item makes a network with shortcuts', () => {
  expect(hasShortcuts(stack)).toBe(true);
  expect(hasShortcuts(stack.filter(({ kind }) => kind !== 'residual'))).toBe(false);
});

test('a stack is written item by item, and a stride or count of 1 is left out', () => {
  expect(stackText(stack)).toBe('conv-8/2,residual-16*3,identity*4,maxpool,dense-64*2');
});
