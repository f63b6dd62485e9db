import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openKept } from './open.ts';

interface Note {
  readonly key: string;
  readonly text: string;
}

const note: Note = { key: 'one', text: 'first' };

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
    const visit = await openKept<Note>();
    await visit.kept.put(note);
    await visit.kept.put({ ...note, text: 'second' });
    const next = await openKept<Note>();
    expect(next.problem).toBeNull();
    expect(await next.kept.get('one')).toEqual({ key: 'one', text: 'second' });
    expect(await next.kept.all()).toHaveLength(1);
    await next.kept.delete('one');
    expect(await next.kept.get('one')).toBeNull();
  });

  it('lasts as long as the page where the disk is full, and that is said', async () => {
    const { kept } = await openKept<Note>();
    await kept.put(note);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const refused = kept.put({ key: 'two', text: 'late' });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'kept.full' } });
    expect(await kept.get('two')).toEqual({ key: 'two', text: 'late' });
    expect((await kept.all()).map(({ key }) => key)).toEqual(['one', 'two']);
    vi.restoreAllMocks();
    expect(await (await openKept<Note>()).kept.all()).toEqual([note]);
    await kept.put({ key: 'three', text: 'small enough' });
    expect((await (await openKept<Note>()).kept.all()).map(({ key }) => key).sort()).toEqual(['one', 'three', 'two']);
  });

  it('says so in a problem where the database was closed under it, as by a tab with a newer page', async () => {
    const { kept } = await openKept<Note>();
    await kept.put(note);
    await removeDatabase();
    await expect(kept.all()).rejects.toMatchObject({ problem: { code: 'kept.unread' } });
    await expect(kept.get('one')).rejects.toMatchObject({ problem: { code: 'kept.unread' } });
    await expect(kept.delete('one')).rejects.toMatchObject({ problem: { code: 'kept.undeleted' } });
    await expect(kept.put(note)).rejects.toMatchObject({ problem: { code: 'kept.failed' } });
    expect(await kept.get('one')).toEqual(note);
  });

  it('lasts as long as the page where the browser withholds its database, and that is said', async () => {
    const { kept, problem } = await openKept<Note>(() => {
      throw new DOMException('sandboxed', 'SecurityError');
    });
    expect(problem?.code).toBe('kept.memory');
    await kept.put(note);
    expect(await kept.get('one')).toEqual(note);
    await kept.delete('one');
    expect(await kept.all()).toEqual([]);
  });
});
