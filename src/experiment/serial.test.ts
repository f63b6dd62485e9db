import { expect, it } from 'vitest';
import { serial } from './serial.ts';

it('does one piece of work after the other, also after one that fails, and hands each its outcome', async () => {
  const log: string[] = [];
  let open: () => void = () => undefined;
  const queue = serial(
    new Promise<void>((resolve) => {
      open = resolve;
    }),
  );
  const first = queue(async () => {
    log.push('first begins');
    await new Promise((resolve) => setTimeout(resolve));
    log.push('first ends');
    return 1;
  });
  const second = queue(() => {
    log.push('second');
    throw new Error('no');
  });
  const third = queue(() => log.push('third'));
  log.push('nothing has begun');
  open();
  expect(await first).toBe(1);
  await expect(second).rejects.toThrow('no');
  expect(await third).toBe(5);
  expect(log).toEqual(['nothing has begun', 'first begins', 'first ends', 'second', 'third']);
});
