import { expect, test } from 'vitest';
import { neighbour } from './Controls.tsx';

const labels = [3, 1, 3, 2, 1];

test('one walks from image to image, and from the last to the first', () => {
  expect(neighbour(labels, 0, 1, null)).toBe(1);
  expect(neighbour(labels, 4, 1, null)).toBe(0);
  expect(neighbour(labels, 0, -1, null)).toBe(4);
});

test('one walks among the images of a class, wherever one starts', () => {
  expect(neighbour(labels, 0, 1, 3)).toBe(2);
  expect(neighbour(labels, 2, 1, 3)).toBe(0);
  expect(neighbour(labels, 1, -1, 1)).toBe(4);
  expect(neighbour(labels, 3, -1, 1)).toBe(1);
  expect(neighbour(labels, 3, 1, 1)).toBe(4);
});

test('one stays where there is no other image', () => {
  expect(neighbour(labels, 3, 1, 2)).toBe(3);
  expect(neighbour(labels, 0, 1, 9)).toBe(0);
  expect(neighbour([], 0, 1, null)).toBe(0);
});
