import { describe, expect, it } from 'vitest';
import { endFor } from '../commandLine.ts';
import { readOptions } from './options.ts';

function refusal(...args: string[]): ReturnType<typeof endFor> | null {
  try {
    readOptions(args);
    return null;
  } catch (error) {
    return endFor(error);
  }
}

describe('the options of the fuzzer', () => {
  it('are, without any, a minute of visits from seed 1 on', () => {
    const visits = Number.POSITIVE_INFINITY;
    expect(readOptions([])).toEqual({ help: false, repeat: false, seed: 1, minutes: 1, visits, actions: 100 });
  });

  it('name how long or how often, from which seed on, and how much a visit', () => {
    const options = readOptions(['--minutes', '10', '--seed', '4294967295', '--actions', '500']);
    expect(options).toMatchObject({ minutes: 10, seed: 4294967295, actions: 500 });
    const endless = { minutes: Number.POSITIVE_INFINITY };
    expect(readOptions(['--visits', '2'])).toMatchObject({ ...endless, visits: 2 });
    const repeated = { ...endless, repeat: true, seed: 7, visits: 1 };
    expect(readOptions(['--repeat', '--seed', '7', '--actions', '3'])).toMatchObject(repeated);
  });

  it.each([
    [['--minutes', '0'], '--minutes is “0”, but must be a whole number from 1 to 1,440.'],
    [['--minutes', '1.5'], '--minutes is “1.5”, but must be a whole number from 1 to 1,440.'],
    [['--seed', 'x'], '--seed is “x”, but must be a whole number from 0 to 4,294,967,295.'],
    [['--actions', '-1'], '--actions'],
    [['--hours', '1'], '--hours'],
    [['--repeat'], '--repeat needs the --seed of the visit to repeat.'],
    [['--visits', '0'], '--visits is “0”, but must be a whole number'],
    [['--repeat', '--seed', '1', '--minutes', '2'], '--repeat makes one visit, so --minutes and --visits cannot'],
    [['--visits', '2', '--minutes', '2'], '--minutes and --visits both say when to end: give one of them.'],
  ])('refuse %j with status 2 and one sentence', (args, words) => {
    const end = refusal(...args);
    expect(end?.status).toBe(2);
    expect(end?.words).toContain(words);
    expect(end?.words).toMatch(/^[^\n]+\.$/);
  });
});
