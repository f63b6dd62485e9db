import { describe, expect, it } from 'vitest';
import { random } from '../../src/network/random.ts';
import { chooseTarget, drawOne, type Target } from './choose.ts';

const target = (name: string, weight = 1): Target => ({ role: 'button', name, weight });
const names = ['Play', 'Step', 'Reset', 'Share', 'Help', 'Step 3 of 120', 'Close', 'Close'];
const targets = names.map((name) => target(name));
const lotteries = Array.from({ length: 2000 }, (_, index) => String(index));
const chosen = (among: readonly Target[], seed = 1) => lotteries.map((lottery) => chooseTarget(seed, lottery, among));

describe('the choice of a target', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(chosen(targets)).toEqual(chosen(targets));
    expect(chosen(targets)).not.toEqual(chosen(targets, 2));
  });

  it('takes every target as often as its weight says', () => {
    const weighted = [target('once'), target('three times', 3)];
    const times = chosen(weighted).filter((index) => index === 1).length;
    // Of 2,000 with a probability of ¾: five standard deviations of 19 either side.
    expect(Math.abs(times - 1500)).toBeLessThan(97);
    const counts = names.map((_, index) => chosen(targets).filter((each) => each === index).length);
    // An eighth of 2,000: five of 15 either side.
    for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(75);
  });

  it('is not moved by targets that come or go, but to or from these', () => {
    const more = [target('Dismiss this notice'), ...targets];
    const before = chosen(targets);
    chosen(more).forEach((index, lottery) => {
      if (index > 0) expect(index - 1).toBe(before[lottery]);
    });
  });

  it('is not moved by numbers that count on', () => {
    const later = targets.map(({ name }) => target(name.replace('3 of', '97 of')));
    expect(chosen(later)).toEqual(chosen(targets));
  });

  it('is none where there is nothing', () => {
    expect(chooseTarget(1, '0', [])).toBe(-1);
  });
});

describe('a draw', () => {
  it('takes each as often as its weight says, and never one of weight 0', () => {
    const draw = random(1, 'test');
    const drawn = lotteries.map(() =>
      drawOne(draw, [
        ['a', 1],
        ['b', 0],
        ['c', 3],
      ]),
    );
    expect(new Set(drawn)).toEqual(new Set(['a', 'c']));
    expect(Math.abs(drawn.filter((each) => each === 'c').length - 1500)).toBeLessThan(97);
  });

  it('needs something to draw from', () => {
    expect(() => drawOne(random(1), [])).toThrow(RangeError);
  });
});
