import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting, lineCount, shorter, type TextWidth } from './fit.ts';
import { type FigureWish, figureLayout, figureParts, type Part, type Rect } from './layout.ts';
import { stackLayout } from './stack/layout.ts';

/** Every character is half as wide as the type is high. */
const widthOf: TextWidth = (text, size) => text.length * size * 0.5;

function wishOf(count: number, rows: number, parts: readonly Part[] = figureParts, charts = 0): FigureWish {
  return {
    parts,
    networks: Array.from({ length: count }, () => ({
      names: ['Plain, 38 layers', 'Plain'],
      rows,
      notes: ['signal gradient at each layer', 'signal'],
    })),
    value: '100 %',
    isExplained: true,
    charts,
    error: {
      titles: ['Mistakes, of 100 training images', 'Mistakes'],
      notes: ['dashed: new images'],
      value: '100',
      unseen: { named: [' · new images', ' · new'], marked: ['new images', 'new'] },
    },
    sayings: ['word '.repeat(60).trim(), 'word '.repeat(8).trim()],
    transport: {
      hasButtons: true,
      train: [['Train both', 'Train'], ['Pause'], ['Train again', 'Again']],
      others: ['Reset', 'Step'],
      positions: ['step 100 / 100', '100 / 100', '100'],
      ends: [8, 2],
    },
  };
}

const boxOf = (width: number, height: number, rem = 16) => ({ width, height, rem, control: 2 * rem });

const area = ({ width, height }: Rect) => width * height;

function common(one: Rect, other: Rect): number {
  const across = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const down = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, down);
}

const anyBox = fc.record({
  width: fc.integer({ min: 360, max: 3840 }),
  height: fc.integer({ min: 300, max: 2160 }),
  rem: fc.constantFrom(16, 20),
  count: fc.integer({ min: 1, max: 4 }),
  rows: fc.integer({ min: 2, max: 201 }),
  parts: fc.subarray([...figureParts], { minLength: 1 }),
  charts: fc.integer({ min: 0, max: 2 }),
});

describe('the parts of a figure', () => {
  it('stand in the box and beside each other, whatever its size and what is in it', () => {
    fc.assert(
      fc.property(anyBox, ({ width, height, rem, count, rows, parts, charts }) => {
        const layout = figureLayout(boxOf(width, height, rem), wishOf(count, rows, parts, charts), widthOf);
        const { stacks, error, saying, transport } = layout;
        const rects = [...[...stacks, error, saying, transport].flatMap((part) => part?.rect ?? []), ...layout.charts];
        for (const [index, rect] of rects.entries()) {
          expect(area(rect)).toBeGreaterThan(0);
          expect(Math.min(rect.left, rect.top)).toBeGreaterThanOrEqual(0);
          expect(rect.left + rect.width).toBeLessThanOrEqual(width);
          expect(rect.top + rect.height).toBeLessThanOrEqual(height);
          for (const other of rects.slice(index + 1)) expect(common(rect, other)).toBe(0);
        }
      }),
    );
  });

  it('give every network of a figure with bars its stack, with all of its rows in a pixel or nearly', () => {
    fc.assert(
      fc.property(anyBox, ({ width, height, rem, count, rows, charts }) => {
        const { stacks } = figureLayout(boxOf(width, height, rem), wishOf(count, rows, figureParts, charts), widthOf);
        expect(stacks).toHaveLength(count);
        for (const { rect, chart } of stacks) {
          const inner = stackLayout({ ...chart, rem, pixel: 1 }, { own: rows, fewest: rows, most: rows, longest: 8 });
          expect(inner.head + rows * inner.rowHeight).toBeLessThanOrEqual(chart.height + 1e-9);
          expect(chart.top + chart.height).toBe(rect.top + rect.height);
          expect(inner.rowHeight).toBeGreaterThan(0.7);
        }
      }),
    );
  });

  it('leave out what does not fit: of three networks in the smallest box the curves, whose values stand by the names, of four these values, too', () => {
    for (const [count, hasValue] of [
      [3, true],
      [4, false],
    ] as const) {
      const small = figureLayout(boxOf(360, 300), wishOf(count, 39), widthOf);
      expect(small.error).toBeNull();
      expect(small.stacks.map(({ name }) => name)).toEqual(Array(count).fill('Plain'));
      expect(small.stacks.map((stack) => stack.hasValue)).toEqual(Array(count).fill(hasValue));
      expect(small.saying).not.toBeNull();
    }
    const large = figureLayout(boxOf(1280, 600), wishOf(4, 39), widthOf);
    expect(large.error).toMatchObject({
      title: 'Mistakes, of 100 training images',
      note: 'dashed: new images',
      hasTest: true,
    });
    expect(large.stacks.every(({ hasValue }) => hasValue)).toBe(false);
    expect(large.stacks.map(({ name }) => name)).toEqual(Array(4).fill('Plain, 38 layers'));
  });

  it('write the values of dashed lines where they stand near their ends, and names stand beside the others', () => {
    const unseenIn = (width: number, height: number, count: number) =>
      figureLayout(boxOf(width, height), wishOf(count, 39), widthOf).error?.unseen;
    expect(unseenIn(1280, 600, 2)?.texts[1]).toBe('Plain · new images');
    expect(unseenIn(1280, 600, 4)?.isMarked).toBe(false);
    expect(unseenIn(1280, 400, 4)).toBeNull();
    expect(unseenIn(480, 300, 2)).toBeNull();
  });

  it('say at every line’s end whose it is: by name, or by a mark where names have no room or are numbers', () => {
    fc.assert(
      fc.property(anyBox, ({ width, height, rem, count, rows, charts }) => {
        const wish = wishOf(count, rows, figureParts, charts);
        for (const names of [wish.networks[0]?.names ?? [], ['8']]) {
          const networks = wish.networks.map((network) => ({ ...network, names }));
          const { error } = figureLayout(boxOf(width, height, rem), { ...wish, networks }, widthOf);
          for (const end of error ? [error.trained, ...(error.unseen ? [error.unseen] : [])] : []) {
            expect(end.isMarked).toBe(!end.texts[0]?.startsWith('Plain'));
            // The value, and its distance from the line; then the mark and the words.
            const room = (error?.right ?? 0) * rem - widthOf('100', 0.8125 * rem, true) - 0.75 * rem;
            const words = Math.max(0, ...end.texts.map((each) => widthOf(` ${each}`, 0.8125 * rem)));
            expect(words - 0.15 * rem + (end.isMarked ? 0.95 * rem : 0)).toBeLessThanOrEqual(room + 1e-9);
          }
        }
      }),
    );
  });

  it('put the curves below the stacks in a tall box, and the sentence across the bottom', () => {
    const { stacks, error, saying } = figureLayout(boxOf(360, 640), wishOf(2, 39), widthOf);
    const [stack] = stacks;
    if (!stack || !error || !saying) throw new Error('a part is missing');
    expect(error.rect.top).toBeGreaterThanOrEqual(stack.rect.top + stack.rect.height);
    expect(saying.rect.top).toBeGreaterThanOrEqual(error.rect.top + error.rect.height);
  });

  it('name networks side by side in forms of a kind, also beside the button that says what the bars are', () => {
    const { stacks } = figureLayout(boxOf(560, 420), wishOf(3, 9), widthOf);
    expect(stacks.map(({ name, isExplained }) => [name, isExplained])).toEqual([
      ['Plain', true],
      ['Plain', false],
      ['Plain', false],
    ]);
    expect(new Set(stacks.map(({ rect }) => rect.width)).size).toBe(1);
  });

  it('put the curves below stacks that would be narrow beside them', () => {
    const topsIn = (width: number, height: number) => {
      const { stacks, error } = figureLayout(boxOf(width, height), wishOf(4, 9), widthOf);
      return (error?.rect.top ?? 0) > (stacks[0]?.rect.top ?? 0);
    };
    expect([topsIn(1030, 780), topsIn(1030, 420), topsIn(1600, 780)]).toEqual([true, false, false]);
  });

  it('have charts with the curves, below them in a column and beside them in a row, or in their place; or none where there is no room', () => {
    const placesIn = (width: number, height: number, parts: readonly Part[], charts: number) => {
      const layout = figureLayout(boxOf(width, height), wishOf(2, 9, parts, charts), widthOf);
      return { error: layout.error?.rect ?? null, charts: layout.charts };
    };
    const column = placesIn(1000, 600, figureParts, 1);
    expect(column.charts[0]).toMatchObject({ left: column.error?.left, width: column.error?.width });
    expect(column.charts[0]?.top).toBeGreaterThan(column.error?.top ?? Number.NaN);
    const row = placesIn(700, 900, figureParts, 1);
    expect(row.charts[0]).toMatchObject({ top: row.error?.top, height: row.error?.height });
    expect(row.charts[0]?.left).toBeGreaterThan(row.error?.left ?? Number.NaN);
    expect(placesIn(1000, 600, ['bars'], 2).charts).toHaveLength(2);
    expect(placesIn(360, 300, ['bars'], 1).charts).toEqual([]);
    expect(placesIn(480, 300, figureParts, 1)).toMatchObject({ error: expect.anything(), charts: [] });
  });

  it('let the transport’s step button go first, then longer words', () => {
    const transportIn = (width: number) => figureLayout(boxOf(width, 400), wishOf(1, 9), widthOf).transport;
    expect(transportIn(1000)).toMatchObject({
      train: ['Train both', 'Pause', 'Train again'],
      hasStep: true,
      hasWords: true,
      position: 0,
      end: 0,
    });
    expect(transportIn(360)).toMatchObject({
      hasStep: true,
      hasWords: false,
      train: ['Train', 'Pause', 'Again'],
      end: 1,
    });
    expect(transportIn(300)).toMatchObject({ hasStep: false, train: ['Train', 'Pause', 'Again'], position: 2 });
  });

  it('leave the room of buttons that nobody wants to the position and to what stands behind it', () => {
    const wish = wishOf(1, 9);
    const bare = { ...wish, transport: { ...wish.transport, hasButtons: false } };
    expect(figureLayout(boxOf(400, 400), bare, widthOf).transport).toMatchObject({
      hasStep: false,
      position: 0,
      end: 0,
    });
  });
});

describe('words', () => {
  it('are the first that fit', () => {
    expect(fitting(['four', 'one'], { width: 20, size: 10 }, widthOf)).toBe('four');
    expect(fitting(['four', 'one'], { width: 19, size: 10 }, widthOf)).toBe('one');
    expect(fitting(['four', 'one'], { width: 14, size: 10 }, widthOf)).toBeNull();
  });

  it('break between words', () => {
    const lines = (width: number) => lineCount('aa bb cc', { width, size: 10 }, widthOf);
    expect([lines(40), lines(39), lines(25), lines(24), lines(9)]).toEqual([1, 2, 2, 3, Number.POSITIVE_INFINITY]);
  });

  it('of names get shorter as long as they tell the networks apart', () => {
    // As many forms for each, though some have no shorter one.
    const forms = (...names: readonly string[]) => {
      const all = shorter(names);
      expect(new Set(all.slice(0, 2).map(({ length }) => length)).size).toBe(1);
      return all.map((each) => [...new Set(each)]);
    };
    expect(forms('Plain, 38 layers', 'Residual, 38 layers')).toEqual([
      ['Plain, 38 layers', 'Plain, 38', 'Plain', 'Plain 38'],
      ['Residual, 38 layers', 'Residual, 38', 'Residual', 'Res. 38'],
    ]);
    expect(forms('Plain, 8 layers', 'Plain, 38 layers')).toEqual([
      ['Plain, 8 layers', 'Plain, 8', '8 layers', '8'],
      ['Plain, 38 layers', 'Plain, 38', '38 layers', '38'],
    ]);
    expect(
      shorter(['Plain, 20 layers, 7×7 maps', 'tanh (Plain, 20 layers)', 'Plain, 20 layers, 14×14 maps']).map((each) => [
        ...new Set(each),
      ]),
    ).toEqual([
      ['Plain, 20 layers, 7×7 maps', 'Plain, 20, 7×7 maps', 'Plain, 7×7', '7×7'],
      ['tanh (Plain, 20 layers)', 'tanh, Plain', 'tanh'],
      ['Plain, 20 layers, 14×14 maps', 'Plain, 20, 14×14 maps', 'Plain, 14×14', '14×14'],
    ]);
    expect(
      shorter(['Plain, 8 layers', 'Base + 18 conv', 'Base + 18 zero residual']).map((each) => [...new Set(each)]),
    ).toEqual([
      ['Plain, 8 layers', 'Plain, 8', 'Plain', '8 layers', '8'],
      ['Base + 18 conv', '+18 conv', 'conv'],
      ['Base + 18 zero residual', '+18 zero residual', 'zero residual'],
    ]);
    // The first form that all have comes before what is short for one alone.
    expect(shorter(['tanh, Xavier', 'ReLU, He', 'ReLU, normal(0.01) + batch norm'])).toEqual([
      ['tanh, Xavier', 'tanh, Xavier', 'tanh'],
      ['ReLU, He', 'ReLU, He'],
      ['ReLU, normal(0.01) + batch norm', 'ReLU, normal(0.01)'],
    ]);
    expect(shorter(['tanh (Plain, 20 layers)'])).toEqual([['tanh (Plain, 20 layers)', 'tanh, Plain', 'tanh']]);
  });
});
