import { describe, expect, it } from 'vitest';
import { holdingUnsaved, type Kept, memoryKept } from './kept.ts';

interface Note {
  readonly key: string;
  readonly text: string;
}

const long: Note = { key: 'long', text: 'x'.repeat(100) };
const short: Note = { key: 'short', text: 'x' };

/** A disk with room for so many characters. */
function disk(room: number) {
  const notes = memoryKept<Note>();
  const place = { room };
  const put: Kept<Note>['put'] = async (record) => {
    const others = (await notes.all()).filter(({ key }) => key !== record.key);
    const needed = [...others, record].reduce((sum, { text }) => sum + text.length, 0);
    if (needed > place.room) throw new DOMException('no room', 'QuotaExceededError');
    await notes.put(record);
  };
  const keys = async () => (await notes.all()).map(({ key }) => key);
  return { place, keys, kept: holdingUnsaved<Note>({ ...notes, put }) };
}

const full = { problem: { code: 'kept.full' } };

describe('a record that does not fit on the disk', () => {
  it('is said to be unsaved as long as it is, also when a smaller one is saved', async () => {
    const { kept, keys } = disk(50);
    await expect(kept.put(long)).rejects.toMatchObject(full);
    await expect(kept.put(short)).rejects.toMatchObject(full);
    expect(await keys()).toEqual(['short']);
    expect(await kept.get('long')).toBe(long);
    expect(await kept.all()).toEqual([short, long]);
  });

  it('is saved with the next one once there is room', async () => {
    const { kept, keys, place } = disk(50);
    await expect(kept.put(long)).rejects.toMatchObject(full);
    place.room = 200;
    await kept.put(short);
    expect((await keys()).sort()).toEqual(['long', 'short']);
    expect(await kept.all()).toHaveLength(2);
  });

  it('is saved when something else is deleted', async () => {
    const { kept, keys } = disk(100);
    await kept.put(short);
    await expect(kept.put(long)).rejects.toMatchObject(full);
    expect(kept.refusal()).toMatchObject({ code: 'kept.full' });
    await kept.delete('short');
    expect(await keys()).toEqual(['long']);
    expect(kept.refusal()).toBeNull();
  });

  it('does not come back after it was deleted, and gives way to another of its key', async () => {
    const { kept, keys } = disk(50);
    await expect(kept.put(long)).rejects.toMatchObject(full);
    await kept.put({ ...long, text: 'y' });
    expect(await kept.all()).toEqual([{ key: 'long', text: 'y' }]);
    await expect(kept.put(long)).rejects.toMatchObject(full);
    await kept.delete('long');
    await kept.put(short);
    expect(await keys()).toEqual(['short']);
  });
});
