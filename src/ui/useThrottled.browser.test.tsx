import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useThrottled } from './useThrottled.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('follows a value that changes all the time at a distance, and shows the last', () => {
  let shown = 0;
  const Follower = ({ value }: { readonly value: number }) => {
    shown = useThrottled(value, 1000);
    return null;
  };
  const root = createRoot(document.createElement('div'));
  const pass = (value: number) => flushSync(() => root.render(<Follower value={value} />));
  const wait = (ms: number) => flushSync(() => vi.advanceTimersByTime(ms));
  pass(1);
  wait(5000);
  for (const value of [2, 3]) pass(value);
  wait(999);
  pass(4);
  expect(shown).toBe(1);
  wait(1);
  expect(shown).toBe(4);
  expect(vi.getTimerCount()).toBe(0);
  pass(5);
  wait(1000);
  expect(shown).toBe(5);
  pass(6);
  expect(vi.getTimerCount()).toBe(1);
  flushSync(() => root.unmount());
  expect(vi.getTimerCount()).toBe(0);
});
