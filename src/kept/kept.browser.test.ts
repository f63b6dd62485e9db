import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openShelves } from './open.ts';

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
  it('is there on the next visit, each record once and each shelf by itself', async () => {
    const visit = (await openShelves()).shelf<Note>('cells');
    await visit.put(note);
    await visit.put({ ...note, text: 'second' });
    const next = await openShelves();
    expect(next.problem).toBeNull();
    expect(await next.shelf<Note>('cells').get('one')).toEqual({ key: 'one', text: 'second' });
    expect(await next.shelf<Note>('cells').all()).toHaveLength(1);
    expect(await next.shelf<Note>('runs').all()).toEqual([]);
    await next.shelf<Note>('cells').delete('one');
    expect(await next.shelf<Note>('cells').get('one')).toBeNull();
  });

  it('lasts as long as the page where the disk is full, and that is said', async () => {
    const shelf = (await openShelves()).shelf<Note>('cells');
    await shelf.put(note);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const refused = shelf.put({ key: 'two', text: 'late' });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'kept.full' } });
    expect(await shelf.get('two')).toEqual({ key: 'two', text: 'late' });
    expect((await shelf.all()).map(({ key }) => key)).toEqual(['one', 'two']);
    vi.restoreAllMocks();
    expect(await (await openShelves()).shelf<Note>('cells').all()).toEqual([note]);
  });

  it('lasts as long as the page where the browser withholds its database, and that is said', async () => {
    const shelves = await openShelves(() => {
      throw new DOMException('sandboxed', 'SecurityError');
    });
    expect(shelves.problem?.code).toBe('kept.memory');
    await shelves.shelf<Note>('cells').put(note);
    expect(await shelves.shelf<Note>('cells').get('one')).toEqual(note);
    await shelves.shelf<Note>('cells').delete('one');
    expect(await shelves.shelf<Note>('cells').all()).toEqual([]);
  });
});
