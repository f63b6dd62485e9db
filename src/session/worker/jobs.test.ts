import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';

/** Jobs with a log of what happened. */
function bench() {
  const log: string[] = [];
  const at = { isWanted: true };
  const jobs = new Jobs({
    after: Promise.resolve(),
    areWanted: () => at.isWanted,
    onError: (error) => log.push(String(error)),
  });
  const job = (name: string) => async () => {
    await Promise.resolve();
    log.push(name);
  };
  return { log, at, jobs, job };
}

describe('jobs', () => {
  it('are done one after the other, also after one that fails', async () => {
    const { log, jobs, job } = bench();
    jobs.schedule(job('one'));
    jobs.schedule(() => Promise.reject(new Error('two')));
    jobs.schedule(job('three'));
    await jobs.end(job('end'));
    expect(log).toEqual(['one', 'Error: two', 'three', 'end']);
  });

  it('let others slip in where they say so', async () => {
    const { log, jobs, job } = bench();
    jobs.schedule(async () => {
      log.push('begins');
      slipped = jobs.slipIn(job('slips in'));
      jobs.schedule(job('later'));
      await jobs.doWaiting();
      log.push('ends');
    });
    let slipped: Promise<void> | null = null;
    await jobs.slipIn(job('waits for the one under way'));
    await slipped;
    await jobs.end(job('end'));
    expect(log).toEqual(['begins', 'waits for the one under way', 'slips in', 'ends', 'later', 'end']);
  });

  it('that slip in are done after the one under way where it lets none in', async () => {
    const { log, jobs, job } = bench();
    jobs.schedule(job('one'));
    await jobs.slipIn(job('two'));
    expect(log).toEqual(['one', 'two']);
  });

  it('that slip in are over when they fail, and when they will never be done', async () => {
    const { log, at, jobs, job } = bench();
    const failed = jobs.slipIn(() => Promise.reject(new Error('no')));
    await failed;
    await jobs.end(async () => undefined);
    expect(log).toEqual(['Error: no']);
    const dropped = jobs.slipIn(job('dropped'));
    jobs.drop();
    await dropped;
    at.isWanted = false;
    await jobs.slipIn(job('unwanted'));
    await jobs.end(job('end'));
    expect(log).toEqual(['Error: no', 'end']);
  });
});
