import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answerWithin, NoAnswer } from './answerWithin.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('asks at once, so that what is asked in turn is asked in order', async () => {
  const asked: string[] = [];
  const answer = answerWithin(10, 'it', async () => asked.push('first'));
  asked.push('second');
  expect(asked).toEqual(['first', 'second']);
  expect(await answer).toBe(1);
});

it('rejects with what is thrown at once, or is rejected', async () => {
  const thrown = () => {
    throw new RangeError('no');
  };
  await expect(answerWithin(10, 'it', thrown)).rejects.toBeInstanceOf(RangeError);
  await expect(answerWithin(10, 'it', () => Promise.reject(new TypeError('no')))).rejects.toBeInstanceOf(TypeError);
});

it('says who did not answer', async () => {
  const answer = answerWithin(1500, 'WebGPU', () => new Promise<never>(() => undefined)).catch(
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(1501);
  expect(await answer).toEqual(new NoAnswer('WebGPU gave no answer within 1.5 seconds'));
});

it('takes an answer that has waited in the queue of a busy thread', async () => {
  let give = (_: string): void => undefined;
  const answer = answerWithin(
    10,
    'it',
    () =>
      new Promise<string>((resolve) => {
        give = resolve;
      }),
  );
  // The time is up, and the task that brings the answer comes next.
  vi.advanceTimersByTime(10);
  give('here');
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toBe('here');
});
