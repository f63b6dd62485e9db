import { describe, expect, test } from 'vitest';
import { axisTicks } from './ticks.ts';

describe('Ticks', () => {
  test('of a log axis stand on every decade, with a power of ten where there is room', () => {
    const ticks = axisTicks({ kind: 'log', min: 1e-4, max: 1 }, 5);
    expect(ticks.map((tick) => tick.label)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹', '10⁰']);
    expect(ticks.map((tick) => tick.at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  test('keep their numbers on the same decades as the axis grows', () => {
    const labels = (min: number) =>
      axisTicks({ kind: 'log', min, max: 1 }, 4)
        .map((tick) => tick.label)
        .filter(Boolean);
    expect(labels(1e-4)).toEqual(['10⁻⁴', '10⁻²', '10⁰']);
    expect(labels(1e-5)).toEqual(['10⁻⁴', '10⁻²', '10⁰']);
    expect(labels(1e-12)).toEqual(['10⁻¹²', '10⁻⁶', '10⁰']);
  });

  test('of a linear axis are round numbers', () => {
    expect(axisTicks({ kind: 'linear', min: 0, max: 1 }, 5).map((tick) => tick.label)).toEqual([
      '0',
      '0.2',
      '0.4',
      '0.6',
      '0.8',
      '1',
    ]);
  });

  test('of a linear axis are hardly more than there is room for', () => {
    for (let labels = 2; labels < 40; labels++) {
      for (const max of [1, 2, 3, 5, 8]) {
        const found = axisTicks({ kind: 'linear', min: 0, max }, labels).length;
        expect(found, `${labels} of 0 to ${max}`).toBeLessThanOrEqual(Math.max(3, 1.25 * labels));
        expect(found).toBeGreaterThan(1);
      }
    }
  });
});
