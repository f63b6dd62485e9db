import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../experiment/problem.ts';
import { sentence } from '../messages/messages.ts';
import type { Progress } from './chunkSource.ts';
import { gather } from './gather.ts';
import type { ImageSet } from './images.ts';
import { withNoise } from './labelNoise.ts';
import { type OpenImagesOptions, openImages } from './openImages.ts';
import { baseUrl, faults, levelOf, makeSite, memoryCaches } from './testSite.ts';

let site: Awaited<ReturnType<typeof makeSite>>;
beforeEach(async () => {
  site = await makeSite();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function open(change: Partial<OpenImagesOptions> = {}) {
  return openImages({
    baseUrl,
    size: 28,
    trainCount: 30,
    testCount: 10,
    fetch: site.fetch,
    storage: () => undefined,
    pauses: [0, 0],
    ...change,
  });
}

/** The sentence with which a promise is rejected. */
async function complaint(promise: Promise<void>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return sentence(error.problem);
    throw error;
  }
  return 'no complaint';
}

/** An image as networks are fed with it. */
const numbersOf = (set: ImageSet, index: number) => gather(set, Uint32Array.of(index)).pixels;

describe('images that arrive', () => {
  it('say what they are of before the first of them, in the words of their manifest', async () => {
    const said: unknown[] = [];
    const arriving = open({
      onDataSet: (dataSet) => {
        expect(arriving.available.train).toBe(0);
        said.push(dataSet);
      },
    });
    await arriving.until(1, 0);
    await arriving.at({ trainCount: 10 }).until(10, 0);
    expect(said).toEqual([
      { name: 'test', classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], statistics: null },
    ]);
  });

  it('are normalised and labelled, each in its place', async () => {
    const arriving = open();
    const { images } = arriving;
    expect([images.size, images.train.count, images.test.count]).toEqual([28, 30, 10]);
    await arriving.until(30, 10);
    for (const split of ['train', 'test'] as const) {
      for (let i = 0; i < images[split].count; i++) {
        const normalised = (levelOf(split, i) / 255 - 0.5) / 0.5;
        expect(numbersOf(images[split], i)[0]).toBeCloseTo(normalised, 5);
        expect(numbersOf(images[split], i)[783]).toBeCloseTo(normalised, 5);
        expect(images[split].labels[i]).toBe((i + Math.floor(i / 10)) % 10);
      }
    }
  });

  it('come in the order training needs them', async () => {
    await open({ testCount: 20 }).until(30, 20);
    expect(site.asked()).toEqual([
      'manifest.json',
      'train-0.bin',
      'test-0.bin',
      'test-1.bin',
      'train-1.bin',
      'train-2.bin',
    ]);
  });

  it('are no more chunks than asked for', async () => {
    const arriving = open({ trainCount: 13, testCount: 5 });
    await arriving.until(13, 5);
    expect(site.asked()).toEqual(['manifest.json', 'train-0.bin', 'test-0.bin', 'train-1.bin']);
    expect(arriving.available).toEqual({ train: 13, test: 5 });
    expect(arriving.images.train.pixels).toHaveLength(13 * 784);
    expect(arriving.images.train.labels[12]).toBe(3);
  });

  it('can be used as soon as the first chunk is there', async () => {
    site.fail('test-0.bin', faults.silent);
    const arriving = open();
    await arriving.until(10, 0);
    expect(arriving.available).toEqual({ train: 10, test: 0 });
  });

  it('tell how many bytes have arrived, up to all of them', async () => {
    const told: Progress[] = [];
    await open({ onProgress: (progress) => told.push(progress) }).until(30, 10);
    const { train, test } = site.manifest;
    const total = [...train.chunks, ...test.chunks.slice(0, 1)].reduce((sum, { bytes }) => sum + bytes, 0);
    expect(told[0]).toEqual({ bytes: 0, total });
    expect(told.at(-1)).toEqual({ bytes: total, total });
    const bytes = told.map((progress) => progress.bytes);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  });

  it('can be had at another size and number without fetching again', async () => {
    const large = open({ trainCount: 10 });
    await large.until(10, 10);
    const before = site.requests.length;
    const small = large.at({ size: 14 });
    await small.until(10, 10);
    expect(site.requests).toHaveLength(before);
    expect(small.images.train.pixels).toHaveLength(10 * 196);
    expect(numbersOf(small.images.train, 1)[0]).toBeCloseTo((levelOf('train', 1) / 255 - 0.5) / 0.25, 5);
    await small.at({ trainCount: 20 }).until(20, 10);
    expect(site.asked().slice(before)).toEqual(['train-1.bin']);
  });

  it('have other training labels with noise, chunk by chunk, and their own again without it', async () => {
    const plain = open();
    const noise = { share: 1, seed: 5, classes: 10 };
    const noisy = plain.at({ noise });
    const again = noisy.at({ noise: null });
    for (const each of [plain, noisy, again]) await each.until(30, 10);
    const { train, test } = plain.images;
    expect(noisy.images.train.labels).toEqual(withNoise(train.labels, 0, noise));
    expect(noisy.images.train.labels).not.toEqual(train.labels);
    expect(noisy.images.test.labels).toEqual(test.labels);
    expect(again.images.train.labels).toEqual(train.labels);
  });

  it('are refused where the data set has not so many', async () => {
    expect(await complaint(open({ trainCount: 31 }).until(1, 0))).toMatch(/31 training images.*has 30/);
    expect(await complaint(open({ testCount: 21 }).until(1, 0))).toMatch(/21 test images.*has 20/);
    expect(await complaint(open().until(31, 0))).toMatch(/31 training images.*has 30/);
  });
});

describe('a failure', () => {
  const always = <T>(fault: T): [T, T, T] => [fault, fault, fault];

  it.each([
    ['a truncated chunk', 'train-1.bin', faults.truncated, /^train-1\.bin .*expected \d+ bytes, got 40/],
    ['a corrupted chunk', 'train-1.bin', faults.flipped, /^train-1\.bin .*checksum/],
    ['a web page in place of a chunk', 'test-0.bin', faults.webPage, /^test-0\.bin .*expected \d+ bytes, got 40/],
    ['a missing chunk', 'train-0.bin', faults.status(404), /^train-0\.bin .*HTTP status 404/],
    ['a failing server', 'train-0.bin', faults.status(503), /^train-0\.bin .*HTTP status 503/],
    ['no network', 'train-2.bin', faults.offline, /^train-2\.bin .*connection failed/],
    ['a broken connection', 'train-2.bin', faults.broken, /^train-2\.bin .*connection failed/],
    ['no manifest', 'manifest.json', faults.status(404), /^manifest\.json .*HTTP status 404/],
    ['an unreadable manifest', 'manifest.json', faults.webPage, /manifest\.json.*not readable/],
  ])('is told by name: %s', async (_what, file, fault, expected) => {
    site.fail(file, ...always(fault));
    expect(await complaint(open().until(30, 10))).toMatch(expected);
  });

  it('never lets a byte of a damaged chunk through', async () => {
    site.fail('train-1.bin', ...always(faults.flipped));
    const arriving = open();
    await complaint(arriving.until(30, 10));
    expect(arriving.available).toEqual({ train: 10, test: 10 });
    expect(arriving.images.train.pixels.subarray(10 * 784).every((value) => value === 0)).toBe(true);
  });

  it.each([
    ['no network', faults.offline],
    ['a broken connection', faults.broken],
    ['damage', faults.flipped],
    ['a busy server', faults.status(503)],
    ['too many requests', faults.status(429)],
  ])('that passes is not noticed: %s', async (_what, fault) => {
    site.fail('train-1.bin', fault, fault);
    await open().until(30, 10);
    expect(site.requests.filter(({ file }) => file === 'train-1.bin').map(({ cache }) => cache)).toEqual([
      'default',
      'reload',
      'reload',
    ]);
  });

  it('is final where the server has no such file', async () => {
    site.fail('train-0.bin', faults.status(404));
    await complaint(open().until(10, 0));
    expect(site.asked()).toEqual(['manifest.json', 'train-0.bin']);
  });

  it('can be tried again, which fetches only what is missing', async () => {
    site.fail('train-1.bin', ...always(faults.truncated));
    const arriving = open();
    await complaint(arriving.until(30, 10));
    const before = site.requests.length;
    arriving.retry();
    await arriving.until(30, 10);
    expect(site.asked().slice(before)).toEqual(['train-1.bin', 'train-2.bin']);
    expect(numbersOf(arriving.images.train, 29)[0]).toBeCloseTo((levelOf('train', 29) / 255 - 0.5) / 0.5, 5);
  });

  it('of the manifest can be tried again', async () => {
    site.fail('manifest.json', ...always(faults.offline));
    const arriving = open();
    await complaint(arriving.until(1, 0));
    arriving.retry();
    expect(await complaint(arriving.until(30, 10))).toBe('no complaint');
  });

  it('is told again to whoever asks before a retry, but not of what is there', async () => {
    site.fail('train-1.bin', ...always(faults.status(404)));
    const arriving = open();
    await complaint(arriving.until(30, 10));
    expect(await complaint(arriving.until(20, 0))).toMatch(/404/);
    expect(await complaint(arriving.until(10, 10))).toBe('no complaint');
  });

  it('is declared when nothing arrives for too long', async () => {
    vi.useFakeTimers();
    site.fail('manifest.json', ...always(faults.silent));
    const told = complaint(open({ patience: 5000 }).until(1, 0));
    await vi.advanceTimersByTimeAsync(3 * 5001);
    expect(await told).toMatch(/manifest\.json .*nothing arrived for 5 seconds/);
  });

  it('of the content is found by gzip’s own checksum where the browser withholds SHA-256', async () => {
    vi.stubGlobal('crypto', {});
    site.fail('train-0.bin', ...always(faults.flipped));
    expect(await complaint(open().until(10, 0))).toMatch(/^train-0\.bin .*decompress/);
    const whole = open();
    expect(await complaint(whole.until(30, 10))).toBe('no complaint');
  });
});

describe('the next visit', () => {
  it('fetches the manifest alone', async () => {
    const { storage } = memoryCaches();
    await open({ storage: () => storage }).until(30, 10);
    const before = site.requests.length;
    const again = open({ storage: () => storage });
    await again.until(30, 10);
    expect(site.requests.slice(before)).toEqual([{ file: 'manifest.json', cache: 'no-cache' }]);
    expect(numbersOf(again.images.train, 29)[0]).toBeCloseTo((levelOf('train', 29) / 255 - 0.5) / 0.5, 5);
  });

  it('replaces a kept chunk that is damaged', async () => {
    const { storage, entries } = memoryCaches();
    await open({ storage: () => storage }).until(30, 10);
    entries.set(`${baseUrl}train-1.bin`, new Response('rot'));
    const before = site.requests.length;
    await open({ storage: () => storage }).until(30, 10);
    expect(site.asked().slice(before)).toEqual(['manifest.json', 'train-1.bin']);
    const kept = await entries.get(`${baseUrl}train-1.bin`)?.arrayBuffer();
    expect(kept?.byteLength).toBe(site.files.get('train-1.bin')?.length);
  });

  it('does not find chunks that were damaged, or that the data set no longer has', async () => {
    const { storage, entries } = memoryCaches();
    entries.set(`${baseUrl}train-0.old.bin`, new Response('old'));
    site.fail('test-0.bin', faults.flipped, faults.flipped, faults.flipped);
    await complaint(open({ storage: () => storage }).until(30, 10));
    expect([...entries.keys()]).toEqual([`${baseUrl}train-0.bin`]);
  });

  it.each([
    [
      'access throws',
      () => {
        throw new DOMException('sandboxed', 'SecurityError');
      },
    ],
    ['there is none', () => undefined],
    [
      'opening fails',
      () => ({ open: () => Promise.reject(new DOMException('no', 'SecurityError')) }) as unknown as CacheStorage,
    ],
    [
      'the disk is full',
      () =>
        ({
          open: async () => ({
            match: async () => undefined,
            keys: async () => [],
            put: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
          }),
        }) as unknown as CacheStorage,
    ],
  ])('works without a cache: %s', async (_what, storage) => {
    expect(await complaint(open({ storage }).until(30, 10))).toBe('no complaint');
  });

  it('waits once, and less than two seconds, for a cache that does not answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const began = Date.now();
    const asked = vi.fn(() => new Promise<never>(() => undefined));
    let outcome = '';
    complaint(open({ storage: () => ({ open: asked }) as unknown as CacheStorage }).until(30, 10)).then((found) => {
      outcome = found;
    });
    await vi.waitFor(() => expect(outcome).toBe('no complaint'), { interval: 50, timeout: 10_000 });
    expect(asked).toHaveBeenCalledTimes(1);
    expect(Date.now() - began).toBeLessThan(2000);
  });
});
