import { describe, expect, it } from 'vitest';
import type { StackRow } from './blocks.ts';
import { bracketText, stages } from './brackets.ts';

const row = (kind: StackRow['kind'], side: number, channels: number): StackRow => ({
  kind,
  shape: [side, side, channels],
  shortcutTo: null,
});

describe('stages of a stack', () => {
  it('join neighbours of one kind, map and width', () => {
    const rows = [
      row('conv', 14, 8),
      row('conv', 14, 8),
      row('conv', 7, 8),
      row('conv', 7, 16),
      row('identity', 7, 16),
      row('classifier', 1, 10),
    ];
    expect(stages(rows).map(({ first, last }) => [first, last])).toEqual([
      [0, 1],
      [2, 2],
      [3, 3],
      [4, 4],
      [5, 5],
    ]);
  });

  it('take the longest text that fits, or none', () => {
    const [stage] = stages(Array.from({ length: 10 }, () => row('conv', 14, 8)));
    if (!stage) throw new Error('no stage');
    const texts = ['twenty characters...', 'eight...'];
    expect(bracketText(stage, 20, texts)).toBe(texts[0]);
    expect(bracketText(stage, 8, texts)).toBe(texts[1]);
    expect(bracketText(stage, 5, texts)).toBeNull();
    expect(bracketText(stage, 20, texts, 2)).toBe(texts[1]);
  });
});
