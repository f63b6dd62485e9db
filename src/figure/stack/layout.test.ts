import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { band, type Labelling, rowAt, rowHeight, type StageRow, stackLayout, stages, stageTexts } from './layout.ts';

const type = { rem: 16, pixel: 1 };

/** The lanes of stacks of these numbers of rows, in a box of this size. */
function lanesOf(width: number, height: number, counts: readonly number[], rem = 16) {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.map((own) => stackLayout({ width, height, rem, pixel: 1 }, { own, fewest, most, longest: 8 }).lanes);
}

/** The labels beside rows of a height, with type of a size. */
function labelled(width: number, height: number, rem = 16): Labelling | undefined {
  return lanesOf(width, 1.375 * rem + 20 * height, [20], rem)[0]?.labelling;
}

describe('the rows of a stack', () => {
  it('all have a place in the box, whatever its size and their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 900 }),
        fc.integer({ min: 40, max: 2000 }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(0.5, 0.8, 1),
        fc.constantFrom(16, 20, 32),
        (width, height, own, pixel, rem) => {
          const layout = stackLayout({ width, height, rem, pixel }, { own, fewest: 1, most: own, longest: 8 });
          expect(layout.rowHeight).toBeGreaterThan(0);
          expect(layout.head + own * layout.rowHeight).toBeLessThanOrEqual(height + 1e-9);
        },
      ),
    );
  });

  it('are whole pixels of the screen high where there are gaps between them, and never so high that a small network looks different', () => {
    expect(rowHeight(600, 56)).toBe(10);
    expect(rowHeight(600, 56, 0.5)).toBe(10.5);
    expect(rowHeight(430, 110)).toBe(3);
    expect(rowHeight(275, 110)).toBe(2.5);
    expect(rowHeight(55, 110)).toBe(0.5);
    expect(rowHeight(900, 8)).toBe(28);
  });

  it('are found again by the middle of what is drawn of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 109 }), fc.double({ min: 0.5, max: 28, noNaN: true }), (row, height) => {
        const { top, height: drawn } = band(row, height);
        expect(drawn).toBeGreaterThan(0);
        expect(rowAt(top + drawn / 2, height, 110)).toBe(row);
      }),
    );
    expect(rowAt(-0.1, 10, 3)).toBeNull();
    expect(rowAt(30, 10, 3)).toBeNull();
  });

  it('take the place of the axis’ numbers where they could not be told apart otherwise', () => {
    const head = (height: number) =>
      stackLayout({ width: 200, height, ...type }, { own: 8, fewest: 8, most: 110, longest: 8 }).head;
    expect(head(22 + 220)).toBe(22);
    expect(head(241)).toBe(0);
    expect(head(220)).toBe(0);
    // It would not help.
    expect(head(219)).toBe(22);
    expect(head(131)).toBe(0);
  });
});

describe('the lanes of a stack', () => {
  it('stand beside each other within the width, at every width of a column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 420 }), fc.integer({ min: 60, max: 900 }), (width, height) => {
        const [lanes] = lanesOf(width, height, [20]);
        if (!lanes) throw new Error('no lanes');
        const { arcs, blocks, labels, bars } = lanes;
        const inOrder = [0, arcs, blocks, labels, bars, width].flatMap((each) =>
          typeof each === 'number' ? [each] : [each.from, each.to],
        );
        expect([...inOrder].sort((one, other) => one - other)).toEqual(inOrder);
      }),
    );
  });

  it('leave at least a third of a narrow column to the bars', () => {
    for (const width of [72, 96, 144, 200]) {
      const [lanes] = lanesOf(width, 500, [20]);
      expect((lanes?.bars.to ?? 0) - (lanes?.bars.from ?? 0)).toBeGreaterThan(width / 3);
    }
  });

  it('name rows that are high enough, with their shape where there is room for it', () => {
    expect(labelled(360, 14)).toBe('shapes');
    expect(labelled(260, 14)).toBe('names');
    expect(labelled(160, 14)).toBe('stages');
    expect(labelled(360, 12)).toBe('stages');
    expect(labelled(100, 14)).toBe('none');
    // Larger type asks for more room.
    expect(labelled(360, 14, 20)).toBe('stages');
    expect(labelled(360, 18, 20)).toBe('names');
  });

  it('are the same in stacks that stand side by side, whatever there is room for in each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: 900 }),
        fc.integer({ min: 60, max: 900 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }),
        (width, height, counts) => {
          const bars = lanesOf(width, height, counts).map((each) => each.bars);
          for (const other of bars) expect(other).toEqual(bars[0]);
        },
      ),
    );
    // 20 and 56 layers in 280 pixels of width: one has room for names, the other for the labels of its stages alone.
    expect(lanesOf(280, 22 + 280, [20, 56]).map(({ labelling }) => labelling)).toEqual(['names', 'stages']);
  });
});

describe('the stages of a stack', () => {
  const row = (kind: StageRow['kind'], side: number, channels: number): StageRow => ({
    kind,
    shape: [side, side, channels],
  });

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
    const all = stages(Array.from({ length: 10 }, () => row('conv', 14, 8)));
    const texts = ['twenty characters...', 'eight...'];
    const at = (rowHeight: number, rem: number) => stageTexts(all, rowHeight, () => texts, rem);
    expect(at(20, 16)).toEqual([texts[0]]);
    expect(at(8, 16)).toEqual([texts[1]]);
    expect(at(5, 16)).toEqual([null]);
    expect(at(20, 32)).toEqual([texts[1]]);
    // 20 · 0.44 · 16 = 141 pixels: with 145 it would touch that of the next stage.
    expect(at(14.5, 16)).toEqual([texts[1]]);
  });

  it('all have a text, or none of them, but for one that is much shorter', () => {
    const rowsOf = (...counts: number[]) =>
      counts.flatMap((count, index) => Array.from({ length: count }, () => row('conv', 14, 8 * 2 ** index)));
    const at = (rowHeight: number, ...counts: number[]) =>
      stageTexts(stages(rowsOf(...counts)), rowHeight, () => ['eight...'], 16);
    expect(at(5.5, 12, 11, 11)).toEqual([null, null, null]);
    expect(at(6, 12, 11, 11)).toEqual(['eight...', 'eight...', 'eight...']);
    expect(at(5.5, 12, 3, 12)).toEqual(['eight...', null, 'eight...']);
  });

  it('all have a text of one kind, though one has room for more', () => {
    const all = stages([12, 11, 11].flatMap((count, index) => Array(count).fill(row('conv', 14, 8 * 2 ** index))));
    const textsOf = ({ shape: [, , channels] }: StageRow) => [`${channels} channels`, `${channels}`];
    expect(stageTexts(all, 7.5, textsOf, 16)).toEqual(['8', '16', '32']);
    expect(stageTexts(all, 8, textsOf, 16)).toEqual(['8 channels', '16 channels', '32 channels']);
    // The stages of 8 layers: 3, 2 and 2 of them.
    const few = [3, 2, 2].flatMap((count, index) => Array(count).fill(row('conv', 14, 8 * 2 ** index)));
    expect(stageTexts(stages(few), 10, () => ['32'], 16)).toEqual([null, null, null]);
  });
});
