import { describe, expect, it } from 'vitest';
import { Pace, Timer } from './pace.ts';

const nothing = { work: 0, ms: 0 };

describe('the time left', () => {
  it('is that of the work left at the pace so far', () => {
    const pace = new Pace();
    expect(pace.estimate(100, nothing)).toBeNull();
    pace.add({ work: 40, ms: 200 });
    pace.add({ work: 10, ms: 50 });
    // 250 ms for 50: 5 ms each.
    expect(pace.estimate(100, nothing)).toBe(500);
    // 50 more took 750 ms: 1,000 ms for 100.
    expect(pace.estimate(100, { work: 50, ms: 750 })).toBe(1000);
    expect(pace.estimate(0, nothing)).toBe(0);
  });
});

describe('a timer', () => {
  it('counts while it runs, and only then', () => {
    let now = 0;
    const timer = new Timer(() => now);
    now = 5;
    timer.start();
    now = 8;
    timer.start();
    expect(timer.ms).toBe(3);
    timer.stop();
    now = 100;
    expect(timer.ms).toBe(3);
    timer.start();
    now = 102;
    expect(timer.ms).toBe(5);
  });
});
