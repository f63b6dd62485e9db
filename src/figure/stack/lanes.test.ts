import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanes } from './lanes.ts';

const alone = (height: number) => ({ own: height, highest: height, lowest: height });

describe('lanes of a stack', () => {
  it('stand beside each other within the width, at every width of a column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 140, max: 420 }), fc.integer({ min: 5, max: 28 }), (width, rowHeight) => {
        const { arcs, blocks, labels, bars } = lanes(width, alone(rowHeight));
        const edges = [
          0,
          arcs.from,
          arcs.to,
          blocks.from,
          blocks.to,
          labels.from,
          labels.to,
          bars.from,
          bars.to,
          width,
        ];
        expect([...edges].sort((one, other) => one - other)).toEqual(edges);
      }),
    );
  });

  it('leave at least a third of the narrowest column to the bars', () => {
    const { bars } = lanes(144, alone(28));
    expect(bars.to - bars.from).toBeGreaterThan(48);
  });

  it('name rows that are high enough, with their shape where there is room for it', () => {
    expect(lanes(360, alone(14)).labelling).toBe('shapes');
    expect(lanes(260, alone(14)).labelling).toBe('names');
    expect(lanes(160, alone(14)).labelling).toBe('brackets');
    expect(lanes(360, alone(12)).labelling).toBe('brackets');
  });

  it('are the same in stacks that stand side by side, whatever there is room for in each', () => {
    const height = fc.integer({ min: 2, max: 28 });
    fc.assert(
      fc.property(
        fc.integer({ min: 120, max: 900 }),
        fc.array(height, { minLength: 1, maxLength: 4 }),
        (width, heights) => {
          const [highest, lowest] = [Math.max(...heights), Math.min(...heights)];
          const bars = heights.map((own) => lanes(width, { own, highest, lowest }).bars);
          for (const other of bars) expect(other).toEqual(bars[0]);
        },
      ),
    );
    // 20 and 56 layers in 280 pixels of width: one has room for names, the other for brackets alone.
    const [shallow, deep] = [14, 5].map((own) => lanes(280, { own, highest: 14, lowest: 5 }));
    expect([shallow?.labelling, deep?.labelling]).toEqual(['names', 'brackets']);
  });

  it('ask for more room where type is larger', () => {
    expect(lanes(360, alone(14), 1.25).labelling).toBe('brackets');
    expect(lanes(360, alone(18), 1.25).labelling).toBe('names');
  });
});
