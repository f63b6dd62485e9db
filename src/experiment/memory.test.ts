import { expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { checkMemory, memoryBudget } from './memory.ts';

const GiB = 1024 ** 3;

test('the budget is half the device’s memory, and never more than a 32-bit heap can be relied on to hold', () => {
  expect(memoryBudget()).toBe(2 * GiB);
  expect(memoryBudget(8)).toBe(2 * GiB);
  expect(memoryBudget(2)).toBe(GiB);
});

test('networks that fit exactly are no problem', () => {
  expect(checkMemory(() => ({ fixed: 200, perImage: 10 }), 80, 1000)).toBeNull();
});

test('a batch that is too large is answered with the largest that fits', () => {
  const found = checkMemory(() => ({ fixed: 200e6, perImage: 20e6 }), 64, 1e9);
  expect(found && sentence(found)).toBe(
    'This experiment needs 1.48 GB of memory; this device gives 1 GB. A batch of 40 would fit.',
  );
});

test('a batch is offered only where it fits itself: few images may need more memory beside them', () => {
  const needOf = (batch: number) => ({ fixed: batch > 32 ? 600e6 : 900e6, perImage: 20e6 });
  expect(checkMemory(needOf, 64, 1e9)?.values).toEqual({ needed: 1.88e9, budget: 1e9, batch: 5 });
  expect(checkMemory(needOf, 64, 910e6)?.values).toEqual({ needed: 920e6, budget: 910e6 });
});

test('networks too large for one image are told so', () => {
  const found = checkMemory(() => ({ fixed: 990e6, perImage: 20e6 }), 1, 1e9);
  expect(found && sentence(found)).toBe(
    'This experiment needs 1.01 GB of memory even with one image in a batch; this device gives 1 GB. Use fewer or narrower layers, fewer networks or smaller images.',
  );
});
