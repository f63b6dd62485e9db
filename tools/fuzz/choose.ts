/** How a visit chooses: from its seed alone, and as little as may be from what happens to be on the page at a moment. */
import { type Random, random } from '../../src/network/random.ts';

/** Something on the page that can be acted on. */
export interface Target {
  readonly role: string;
  readonly name: string;
  /** How much more often than others it is chosen. */
  readonly weight: number;
}

/** Draws one of several, `[what, how often]`. */
export function drawOne<T>(draw: Random, weighted: readonly (readonly [T, number])[]): T {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw() * total;
  for (const [what, weight] of weighted) {
    left -= weight;
    if (left < 0) return what;
  }
  throw new RangeError('There is nothing to draw from.');
}

/** What tells targets apart from one moment to the next: role and name, without numbers that count on, and the how-manieth of these. */
function keysOf(targets: readonly Target[]): string[] {
  const seen = new Map<string, number>();
  return targets.map(({ role, name }) => {
    const key = `${role} ${name.replace(/\d+/g, '#')}`;
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    return `${key} ${nth}`;
  });
}

/**
 * The index of one of the targets, each as likely as its weight; -1 where there is none.
 *
 * Every target draws a lot of its own and the best wins (rendezvous hashing, Thaler and Ravishankar 1998; with weights, Efraimidis and Spirakis 2006).
 * So targets that come and go (a notice, a button that training disables) change the choice only where it was or becomes one of them.
 * @param lottery of this choice: its visit, its action
 */
export function chooseTarget(seed: number, lottery: string, targets: readonly Target[]): number {
  const lots = keysOf(targets).map((key, index) => {
    const weight = targets[index]?.weight ?? 0;
    return Math.log(random(seed, lottery, key)()) / weight;
  });
  return lots.reduce((best, lot, index) => (best < 0 || lot > (lots[best] ?? 0) ? index : best), -1);
}
