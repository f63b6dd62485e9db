import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Turn, yieldsTo } from './turns.ts';

const turn = (isByHand: boolean, at: number, id = 'a'): Turn => ({ isByHand, at, id });

it('lets a person go first, of two persons the later, of two that play by themselves the earlier', () => {
  expect(yieldsTo(turn(false, 1), turn(true, 2))).toBe(true);
  expect(yieldsTo(turn(true, 1), turn(false, 2))).toBe(false);
  expect(yieldsTo(turn(true, 1), turn(true, 2))).toBe(true);
  expect(yieldsTo(turn(false, 1), turn(false, 2))).toBe(false);
});

it('has just one of any two give way, and one of many that gives way to none', () => {
  const one = fc.record({ isByHand: fc.boolean(), at: fc.nat(3), id: fc.uuid() });
  const many = fc.uniqueArray(one, { selector: ({ id }) => id, minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(many, (turns) => {
      const firsts = turns.filter((own) => turns.every((other) => other === own || !yieldsTo(own, other)));
      expect(firsts).toHaveLength(1);
      const [a, b] = turns;
      if (a && b) expect(yieldsTo(a, b)).not.toBe(yieldsTo(b, a));
    }),
  );
});
