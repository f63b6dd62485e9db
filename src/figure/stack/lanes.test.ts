import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanes } from './lanes.ts';

describe('lanes of a stack', () => {
  it('stand beside each other within the width, at every width of a column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 140, max: 420 }), fc.integer({ min: 5, max: 28 }), (width, rowHeight) => {
        const { arcs, blocks, labels, bars } = lanes(width, rowHeight);
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
    const { bars } = lanes(144, 28);
    expect(bars.to - bars.from).toBeGreaterThan(48);
  });

  it('name rows that are high enough, with their shape where there is room for it', () => {
    expect(lanes(360, 14).labelling).toBe('shapes');
    expect(lanes(260, 14).labelling).toBe('names');
    expect(lanes(160, 14).labelling).toBe('brackets');
    expect(lanes(360, 12).labelling).toBe('brackets');
  });

  it('ask for more room where type is larger', () => {
    expect(lanes(360, 14, 1.25).labelling).toBe('brackets');
    expect(lanes(360, 17, 1.25).labelling).toBe('names');
  });
});
