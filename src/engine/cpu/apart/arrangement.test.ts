import { expect, it } from 'vitest';
import { mostEqual, quickest } from './arrangement.ts';

// All threads take 1, 0.605, 0.473, 0.408 and 0.309 of the time of one, where they are 1, 2, 3, 4 and 8.
it.each([
  { what: 'one thread', costs: [1, 1], threads: 1, each: 1, places: [0, 0] },
  { what: 'twins: 1 instead of 2 × 0.605', costs: [1, 1], threads: 2, each: 1, places: [0, 1] },
  { what: '20 layers beside 56: 3 instead of 4 × 0.605', costs: [1, 3], threads: 2, each: 2, places: [0, 0] },
  { what: 'too little to be gained: 3 instead of 5 × 0.605', costs: [2, 3], threads: 2, each: 2, places: [0, 0] },
  { what: 'enough: 4 instead of 7 × 0.605', costs: [3, 4], threads: 2, each: 1, places: [1, 0] },
  { what: 'one thread to spare: 1 instead of 2 × 0.473', costs: [1, 1], threads: 3, each: 3, places: [0, 0] },
  { what: 'teams of two: 0.605 instead of 2 × 0.408', costs: [1, 1], threads: 4, each: 2, places: [0, 1] },
  { what: 'teams of four: 0.408 instead of 2 × 0.309', costs: [1, 1], threads: 8, each: 4, places: [0, 1] },
  { what: 'three on two threads: 2 instead of 3 × 0.605', costs: [1, 1, 1], threads: 2, each: 2, places: [0, 0, 0] },
  { what: 'three on three: 1 instead of 3 × 0.473', costs: [1, 1, 1], threads: 3, each: 1, places: [0, 1, 2] },
  { what: 'two a thread: 2 instead of 4 × 0.605', costs: [1, 1, 1, 1], threads: 2, each: 1, places: [0, 1, 0, 1] },
  { what: 'four on three: 2 instead of 4 × 0.473', costs: [1, 1, 1, 1], threads: 3, each: 3, places: [0, 0, 0, 0] },
  { what: 'four on four: 1, in pairs 2 × 0.605', costs: [1, 1, 1, 1], threads: 4, each: 1, places: [0, 1, 2, 3] },
  { what: 'four on eight: 0.605, in pairs 2 × 0.408', costs: [1, 1, 1, 1], threads: 8, each: 2, places: [0, 1, 2, 3] },
  {
    what: 'three beside a long one: 3 instead of 6 × 0.605',
    costs: [1, 3, 1, 1],
    threads: 2,
    each: 1,
    places: [1, 0, 1, 1],
  },
])('networks side by side have the threads with which they are quickest: $what', ({ costs, threads, each, places }) => {
  expect(quickest(costs, threads)).toEqual({ threads: each, places });
});

it.each([
  { what: 'all threads for the last: 0.605 instead of 1', costs: [1], threads: 2, now: [1], each: 2, places: [0] },
  {
    what: 'nothing where that is no quicker: 2 as before',
    costs: [1, 1, 1],
    threads: 2,
    now: [0, 1, 0],
    each: 2,
    places: [0, 0, 0],
  },
  {
    what: 'nothing for one that had a place with others',
    costs: [1, 1],
    threads: 2,
    now: [0, 1],
    each: 1,
    places: [0, 1],
  },
])('those that are left get $what', ({ costs, threads, now, each, places }) => {
  expect(quickest(costs, threads, { threads: 1, places: now })).toEqual({ threads: each, places });
});

// By the table above; on six, three in teams of two take 0.605 / 3 = 0.202 each, and four take 2 × 0.473 / 4 = 0.237 in teams of three.
it.each([
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 4],
  [6, 3],
  [8, 4],
])('as many equal networks at a time as are quickest for each: on %i threads %i', (threads, networks) => {
  expect(mostEqual(threads)).toBe(networks);
});
