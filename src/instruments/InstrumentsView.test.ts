import { describe, expect, it } from 'vitest';
import { fullRows } from './InstrumentsView.tsx';

describe('instruments that take a whole row', () => {
  it('are those that nobody stands beside', () => {
    expect([...fullRows(['history', 'gradients'])]).toEqual([]);
    expect([...fullRows(['history', 'gradients', 'slice'])]).toEqual(['slice']);
  });

  it('are wide ones, and the one that a wide one leaves alone', () => {
    expect([...fullRows(['history', 'gradients', 'inside', 'shortcuts'])]).toEqual(['inside', 'shortcuts']);
    expect([...fullRows(['history', 'inside', 'shortcuts'])].sort()).toEqual(['history', 'inside', 'shortcuts']);
  });
});
