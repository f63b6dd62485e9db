import { expect, test } from 'vitest';
import { createHovers, linkedHover, linkedLayer, linkedStep, pointAt } from './linkedHover.ts';

const cell = { layers: { a: 3 }, step: 7 };
const row = { layers: { a: 5 }, step: null };

test('A cell of a history marks a layer in its network alone, and its step everywhere', () => {
  const store = createHovers();
  pointAt(store, 'history', cell);
  const all = store.getState();
  expect(linkedLayer(all, 'stack a', 'a')).toBe(3);
  expect(linkedLayer(all, 'stack b', 'b')).toBeNull();
  expect(linkedStep(all, 'error')).toBe(7);
});

test('A rank of several networks marks in each the layer that has it', () => {
  const store = createHovers();
  pointAt(store, 'responses', { layers: { a: 4, b: 0 }, step: null });
  const all = store.getState();
  expect((['a', 'b', 'c'] as const).map((id) => linkedLayer(all, 'history', id))).toEqual([4, 0, null]);
});

test('A chart marks nothing of what it points at itself', () => {
  const store = createHovers();
  pointAt(store, 'history', cell);
  expect(linkedHover(store.getState(), 'history')).toBeNull();
});

test('A history marks a step of all networks, and none of another network', () => {
  const store = createHovers();
  pointAt(store, 'error', { layers: {}, step: 2 });
  expect(linkedStep(store.getState(), 'history', 'b')).toBe(2);
  pointAt(store, 'other history', cell);
  expect(linkedStep(store.getState(), 'history', 'b')).toBeNull();
  expect(linkedStep(store.getState(), 'history', 'a')).toBe(7);
});

test('What was pointed at last counts, and after it what is still pointed at', () => {
  const store = createHovers();
  pointAt(store, 'stack a', row);
  pointAt(store, 'history', cell);
  expect(linkedLayer(store.getState(), 'stack b', 'a')).toBe(3);
  pointAt(store, 'history', null);
  expect(linkedLayer(store.getState(), 'stack b', 'a')).toBe(5);
});

test('Leaving a chart that nobody pointed at changes nothing, so that nothing is drawn', () => {
  const store = createHovers();
  pointAt(store, 'stack a', row);
  const before = store.getState();
  pointAt(store, 'stack b', null);
  expect(store.getState()).toBe(before);
});
