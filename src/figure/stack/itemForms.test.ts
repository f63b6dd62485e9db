import { describe, expect, it } from 'vitest';
import { type Item, itemKinds } from '../../experiment/experiment.ts';
import { asKind, newItem, nextWidth } from './itemForms.ts';

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
