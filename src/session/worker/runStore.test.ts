import { afterEach, describe, expect, it, vi } from 'vitest';
import { runStore } from './runStore.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Held = (lock: object | null) => Promise<void>;

/** A browser that gives a run out, or says that another tab has it. */
function browser(isFree: boolean) {
  const asked: string[] = [];
  const request = (_: string, options: LockOptions, held: Held) => {
    asked.push(Object.keys(options).join());
    return options.signal ? Promise.reject(options.signal.reason) : held(isFree ? {} : null);
  };
  vi.stubGlobal('navigator', { locks: { request } });
  return asked;
}

describe('the hold on a run', () => {
  it('has no time to be given in where nobody has it', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    const asked = browser(true);
    expect(await runStore().take('a run')).toBeInstanceOf(Function);
    expect(asked).toEqual(['ifAvailable']);
    expect(timeout).not.toHaveBeenCalled();
  });

  it('is waited for a while where another tab has it', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const asked = browser(false);
    expect(await runStore().take('a run')).toBeNull();
    expect(asked).toEqual(['ifAvailable', 'signal']);
  });
});
