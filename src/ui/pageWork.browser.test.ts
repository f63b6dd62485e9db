import { afterEach, expect, it, vi } from 'vitest';
import { giving, saysThatItDraws, sharedPageWork } from './pageWork.ts';

afterEach(() => vi.restoreAllMocks());

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

it('says that the page draws until the frame is there, and that it answers from an input on', async () => {
  const says = new Int32Array(sharedPageWork() as SharedArrayBuffer);
  expect(sharedPageWork()).toBe(says.buffer);
  // Long after the latest input.
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 2000);
  const turns: (number | undefined)[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await frame();
    saysThatItDraws();
    turns.push(says[0]);
    await expect.poll(() => says[0]).toBe(giving.none);
  }
  const [first] = turns;
  expect([giving.one, giving.other]).toContain(first);
  expect(turns).toEqual([first, giving.all - (first ?? 0), first]);
  let heard: number | undefined;
  document.body.addEventListener('keydown', () => {
    heard = says[0];
  });
  document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
  expect(heard).toBe(giving.all);
  // What is drawn soon belongs to the answer.
  says[0] = giving.none;
  saysThatItDraws();
  expect(says[0]).toBe(giving.all);
  await expect.poll(() => says[0]).toBe(giving.none);
});
