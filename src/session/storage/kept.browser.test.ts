import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../data/indexedDb.ts';
import { keptSets } from '../../data/keptSets.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { finalErrors } from '../runs.ts';
import { asFinishedCell, cellKey, cellOf, runOfCell } from '../sweeps/finishedCell.ts';
import { bring, broughtImages } from '../worker/client.ts';
import { openKept } from './database.ts';

interface Note {
  readonly key: string;
  readonly text: string;
}

const note: Note = { key: 'one', text: 'first' };

function asNote(record: unknown): Note | null {
  const { key, text } = (record ?? {}) as Partial<Note>;
  return key !== undefined && text !== undefined ? { key, text } : null;
}

/** The database as a page of another version has left it. */
function oldDatabase(version: number, make: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('depthscope', version);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function removeDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('depthscope');
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

beforeEach(removeDatabase);
afterEach(() => vi.restoreAllMocks());

describe('what is kept', () => {
  it('is there on the next visit, each record once', async () => {
    const visit = await openKept(asNote);
    await visit.kept.put(note);
    await visit.kept.put({ ...note, text: 'second' });
    const next = await openKept(asNote);
    expect(next.problem).toBeNull();
    expect(await next.kept.get('one')).toEqual({ key: 'one', text: 'second' });
    expect(await next.kept.all()).toHaveLength(1);
    await next.kept.delete('one');
    expect(await next.kept.get('one')).toBeNull();
  });

  it.each([1, 7])(
    'is read from a database of version %i, but for damaged records, which are counted and left alone',
    async (version) => {
      const old = await oldDatabase(version, (database) => {
        const records = database.createObjectStore('cells', { keyPath: 'key' });
        for (const record of [note, { key: 'two' }, { key: 'three', texts: [] }]) records.add(record);
      });
      old.close();
      for (let visit = 0; visit < 2; visit++) {
        const { kept, problem } = await openKept(asNote);
        expect(problem).toEqual({ code: 'kept.damaged', values: { count: 2 } });
        expect(await kept.all()).toEqual([note]);
        expect(await kept.get('two')).toBeNull();
      }
    },
  );

  it('finds its place in a database that has none', async () => {
    (await oldDatabase(3, (database) => database.createObjectStore('others'))).close();
    const { kept, problem } = await openKept(asNote);
    expect(problem).toBeNull();
    await kept.put(note);
    expect(await (await openKept(asNote)).kept.all()).toEqual([note]);
  });

  it('waits for a database that does not answer no longer than a moment, and is there on the next visit once it does', async () => {
    // Nobody may open a database that somebody waits to delete.
    const tab = await oldDatabase(1, (database) => database.createObjectStore('cells', { keyPath: 'key' }));
    const removed = removeDatabase();
    const { kept, problem } = await openKept(asNote);
    expect(problem?.code).toBe('kept.silent');
    const began = performance.now();
    await expect(kept.put(note)).rejects.toMatchObject({ problem: { code: 'kept.silent' } });
    await expect(kept.get('two')).rejects.toMatchObject({ problem: { code: 'kept.silent' } });
    expect(await kept.get('one')).toEqual(note);
    expect(await kept.all()).toEqual([note]);
    // It is not asked again as long as it is silent.
    expect(performance.now() - began).toBeLessThan(1000);
    tab.close();
    await removed;
    await expect
      .poll(() =>
        kept.put({ key: 'two', text: 'late' }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(kept.refusal()).toBeNull();
    expect(await (await openKept(asNote)).kept.all()).toHaveLength(2);
  });

  it('says why where a database cannot be used for another reason', async () => {
    const { problem } = await openKept(asNote, () => {
      throw new DOMException('Internal error opening backing store.', 'UnknownError');
    });
    expect(problem).toEqual({ code: 'kept.unopened', values: { reason: 'Internal error opening backing store' } });
  });

  it('lasts as long as the page where the disk is full, and that is said', async () => {
    const { kept } = await openKept(asNote);
    await kept.put(note);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const refused = kept.put({ key: 'two', text: 'late' });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'kept.full' } });
    expect(await kept.get('two')).toEqual({ key: 'two', text: 'late' });
    expect((await kept.all()).map(({ key }) => key)).toEqual(['one', 'two']);
    vi.restoreAllMocks();
    expect(await (await openKept(asNote)).kept.all()).toEqual([note]);
    await kept.put({ key: 'three', text: 'small enough' });
    expect((await (await openKept(asNote)).kept.all()).map(({ key }) => key).sort()).toEqual(['one', 'three', 'two']);
  });

  it('says so in a problem where the database was closed under it, as by a tab with a newer page', async () => {
    const { kept } = await openKept(asNote);
    await kept.put(note);
    await removeDatabase();
    await expect(kept.all()).rejects.toMatchObject({ problem: { code: 'kept.unread' } });
    await expect(kept.get('one')).rejects.toMatchObject({ problem: { code: 'kept.unread' } });
    await expect(kept.delete('one')).rejects.toMatchObject({ problem: { code: 'kept.undeleted' } });
    await expect(kept.put(note)).rejects.toMatchObject({ problem: { code: 'kept.failed' } });
    expect(await kept.get('one')).toEqual(note);
  });

  it('lasts as long as the page where the browser withholds its database, and that is said', async () => {
    const { kept, problem } = await openKept(asNote, () => {
      throw new DOMException('sandboxed', 'SecurityError');
    });
    expect(problem?.code).toBe('kept.memory');
    await kept.put(note);
    expect(await kept.get('one')).toEqual(note);
    await kept.delete('one');
    expect(await kept.all()).toEqual([]);
  });
});

/** As a page of before keeps a run: by its key, which says everything that it depends on. */
const earlierRun = {
  key: 'r5 | Fashion-MNIST 015521a282aba75eb7b94528ffade609d0c0db6dfb04c33b | tfjs wasm cpu 1 simd | conv-8/2,plain-8,plain-16/2,plain-32/2 norm=batch act=relu init=he std=0.05 gain=1 shortcut=a head=gap | size=14 batch=32 opt=momentum lr=0.05 schedule=linear wd=0 clip=0 seed=1 train=600 steps=3',
  link: '#v=1&a=t7-plain-8&train=600&steps=3',
  engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } },
  steps: 3,
  evaluations: [
    { step: 0, trainError: 0.86, testError: 0.879 },
    { step: 3, trainError: 0.8433333333333334, testError: 0.862 },
  ],
  divergedAt: null,
  seconds: 0.871484999999404,
  finishedAt: '2026-11-29T18:31:25.000Z',
  name: 'Mine',
} as const;

it('a run that an earlier visit has kept is found by the key of its experiment, and opens as it was', async () => {
  const old = await oldDatabase(1, (database) => {
    database.createObjectStore('cells', { keyPath: 'key' }).add(earlierRun);
  });
  old.close();
  const { kept, problem } = await openKept(asFinishedCell);
  expect(problem).toBeNull();
  const { experiment } = parseLink(earlierRun.link);
  const data = 'Fashion-MNIST 015521a282aba75eb7b94528ffade609d0c0db6dfb04c33b';
  const cell = await kept.get(cellKey(experiment, earlierRun.engine, data));
  expect(cell).toEqual(earlierRun);
  const run = cell && runOfCell(cell);
  expect(run).toMatchObject({ experiment, steps: 3, divergedAt: null, isFinished: true, isRepeatable: true });
  expect(run && finalErrors(run)).toEqual(earlierRun.evaluations[1]);
  // And is kept again in the same form.
  expect(run && cellOf(run, earlierRun.engine, data, earlierRun.seconds)).toEqual({
    ...Object.fromEntries(Object.entries(earlierRun).filter(([name]) => name !== 'name')),
    finishedAt: expect.any(String),
  });
});

/** Keeps a store to itself, as a worker does that writes much. @returns lets others have it */
async function occupy(name: string, store: string): Promise<() => void> {
  const database = await openDatabase(name, {});
  const held = database.transaction(store, 'readwrite').objectStore(store);
  let isHeld = true;
  const hold = () => {
    if (isHeld) held.get('').onsuccess = hold;
    else database.close();
  };
  hold();
  return () => {
    isHeld = false;
  };
}

it('images that are kept are found by the page, though a worker that is busy lets it wait for long', async () => {
  const ref = {
    id: '0123456789abcdef',
    title: 'Balls',
    side: 16,
    channels: 1,
    classes: 2,
    train: 10,
    test: 2,
  } as const;
  expect(await broughtImages(ref)).toBeNull();
  await keptSets().keep({ ref, title: 'Balls', blob: new Blob(['their bytes']) });
  const release = await occupy('depthscope-images', 'sets');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const asked = broughtImages(ref);
    await vi.waitUntil(() => vi.getTimerCount() > 0);
    await vi.advanceTimersByTimeAsync(30_000);
    release();
    expect(await (await asked)?.text()).toBe('their bytes');
  } finally {
    vi.useRealTimers();
  }
  bring(ref.id, new Blob(['newer ones']));
  expect(await (await broughtImages(ref))?.text()).toBe('newer ones');
});
