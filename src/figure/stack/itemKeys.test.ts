import { describe, expect, it } from 'vitest';
import type { Item } from '../../experiment/experiment.ts';
import { keyed, landing } from './itemKeys.ts';

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
