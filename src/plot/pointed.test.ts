import { expect, test } from 'vitest';
import { createPointed, layerOutside, pointAt, pointedOutside, stepOutside } from './pointed.ts';

const cell = { layers: { a: 3 }, step: 7 };
const row = { layers: { a: 5 }, step: null };

test('A cell of a history marks a layer in its network alone, and its step everywhere', () => {
  const store = createPointed();
  pointAt(store, 'history', cell);
  const all = store.getState();
  expect(layerOutside(all, 'stack a', 'a')).toBe(3);
  expect(layerOutside(all, 'stack b', 'b')).toBeNull();
  expect(stepOutside(all, 'error')).toBe(7);
});

test('A rank of several networks marks in each the layer that has it', () => {
  const store = createPointed();
  pointAt(store, 'responses', { layers: { a: 4, b: 0 }, step: null });
  const all = store.getState();
  expect((['a', 'b', 'c'] as const).map((id) => layerOutside(all, 'history', id))).toEqual([4, 0, null]);
});

test('A chart marks nothing of what it points at itself', () => {
  const store = createPointed();
  pointAt(store, 'history', cell);
  expect(pointedOutside(store.getState(), 'history')).toBeNull();
});

test('A history marks a step of all networks, and none of another network', () => {
  const store = createPointed();
  pointAt(store, 'error', { layers: {}, step: 2 });
  expect(stepOutside(store.getState(), 'history', 'b')).toBe(2);
  pointAt(store, 'other history', cell);
  expect(stepOutside(store.getState(), 'history', 'b')).toBeNull();
  expect(stepOutside(store.getState(), 'history', 'a')).toBe(7);
});

test('What was pointed at last counts, and after it what is still pointed at', () => {
  const store = createPointed();
  pointAt(store, 'stack a', row);
  pointAt(store, 'history', cell);
  expect(layerOutside(store.getState(), 'stack b', 'a')).toBe(3);
  pointAt(store, 'history', null);
  expect(layerOutside(store.getState(), 'stack b', 'a')).toBe(5);
});

test('Leaving a chart that nobody pointed at changes nothing, so that nothing is drawn', () => {
  const store = createPointed();
  pointAt(store, 'stack a', row);
  const before = store.getState();
  pointAt(store, 'stack b', null);
  expect(store.getState()).toBe(before);
});
