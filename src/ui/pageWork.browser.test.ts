import { expect, it } from 'vitest';
import { giving, saysThatItDraws, sharedPageWork } from './pageWork.ts';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

it('says that the page draws until the frame is there, and that it answers from an input on', async () => {
  const says = new Int32Array(sharedPageWork() as SharedArrayBuffer);
  expect(sharedPageWork()).toBe(says.buffer);
  for (const turn of [giving.one, giving.other, giving.one]) {
    await frame();
    saysThatItDraws();
    expect(says[0]).toBe(turn);
    await expect.poll(() => says[0]).toBe(giving.none);
  }
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
