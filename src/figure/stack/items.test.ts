import { describe, expect, it } from 'vitest';
import { type Item, itemKinds } from '../../experiment/experiment.ts';
import { asKind, keyed, landing, newItem, nextWidth } from './items.ts';

describe('an item as another kind', () => {
  const residual: Item = { kind: 'residual', width: 16, stride: 2, count: 3 };

  it('keeps what both kinds know of', () => {
    expect(asKind(residual, 'plain', 8)).toEqual({ kind: 'plain', width: 16, stride: 2, count: 3 });
    expect(asKind(residual, 'dense', 8)).toEqual({ kind: 'dense', width: 16, count: 3 });
    expect(asKind(residual, 'maxpool', 8)).toEqual({ kind: 'maxpool', count: 3 });
  });

  it('takes the width that is given where it had none', () => {
    expect(asKind({ kind: 'identity', count: 2 }, 'conv', 8)).toEqual({ kind: 'conv', width: 8, stride: 1, count: 2 });
  });

  it('is never wider than its kind may be', () => {
    expect(asKind({ kind: 'dense', width: 512, count: 1 }, 'conv', 8)).toMatchObject({ width: 256 });
  });
});

describe('a new item', () => {
  it('is as wide as what arrives where it is put', () => {
    const stack: Item[] = [
      { kind: 'conv', width: 16, stride: 1, count: 1 },
      { kind: 'conv', width: 32, stride: 2, count: 1 },
    ];
    expect(newItem(stack, 1, 'residual')).toEqual({ kind: 'residual', width: 16, stride: 1, count: 1 });
    expect(newItem(stack, 2, 'residual')).toMatchObject({ width: 32 });
    expect(newItem([], 0, 'conv')).toMatchObject({ width: 8 });
  });

  it('can be of every kind', () => {
    expect(itemKinds.map((kind) => newItem([], 0, kind).kind)).toEqual([...itemKinds]);
  });
});

describe('the next width', () => {
  it('doubles in two steps', () => {
    expect(nextWidth(8, 1)).toBe(12);
    expect(nextWidth(12, 1)).toBe(16);
    expect(nextWidth(10, -1)).toBe(8);
  });

  it('goes beyond the last for the limits to refuse', () => {
    expect(nextWidth(1, -1)).toBe(0);
    expect(nextWidth(512, 1)).toBe(513);
  });
});

const conv = (width: number, count = 1): Item => ({ kind: 'conv', width, stride: 1, count });

function keysAfter(before: readonly Item[], after: readonly Item[]): string {
  let made = 0;
  const fresh = () => 'ABCDEFGH'.charAt(made++);
  const previous = keyed([], before, fresh);
  return keyed(previous, after, fresh)
    .map(({ key }) => key)
    .join('');
}

describe('keys of items', () => {
  it('follow items that move', () => {
    expect(keysAfter([conv(8), conv(16), conv(32)], [conv(16), conv(32), conv(8)])).toBe('BCA');
  });

  it('follow an item that moves past its equals', () => {
    expect(keysAfter([conv(8), conv(16), conv(8)], [conv(16), conv(8), conv(8)])).toBe('BAC');
  });

  it('stay with an item that changes', () => {
    expect(keysAfter([conv(8), conv(16), conv(32)], [conv(8), conv(16, 2), conv(32)])).toBe('ABC');
  });

  it('are new for an item that is added, and never come back', () => {
    expect(keysAfter([conv(8), conv(16)], [conv(8), conv(8), conv(16)])).toBe('ACB');
    expect(keysAfter([conv(8), conv(16)], [conv(16)])).toBe('B');
  });
});

describe('a drop', () => {
  const keys = ['a', 'b', 'c', 'd'];

  it('lands at the index that the item has once it is taken out', () => {
    const moved = ([from, to]: readonly [number, number]) =>
      keys
        .toSpliced(from, 1)
        .toSpliced(to, 0, keys[from] ?? '')
        .join('');
    expect(moved(landing(keys, ['a'], 'c', false))).toBe('bacd');
    expect(moved(landing(keys, ['a'], 'c', true))).toBe('bcad');
    expect(moved(landing(keys, ['d'], 'b', false))).toBe('adbc');
    expect(moved(landing(keys, ['d'], 'b', true))).toBe('abdc');
  });

  it('beside the item itself moves nothing', () => {
    expect(landing(keys, ['b'], 'a', true)).toEqual([1, 1]);
    expect(landing(keys, ['b'], 'c', false)).toEqual([1, 1]);
  });
});
