/** For tests that would take too long with everything: some that between them have each line of text that any of them has. */

/** A line without its sizes; what is unrolled counts once. */
export function sizeless(line: string): string {
  const terms = line
    .trim()
    .replace(/\d+(\.\d+)?/g, '#')
    .split(/ \+ |, |max\(/);
  return [...new Set(terms)].sort().join(' ');
}

/**
 * Takes what brings most new lines for its cost, until none is new; and leaves out again what later ones make up for, the most expensive first.
 * @param costOf what it costs to take one beside others
 */
export function cover<T extends { readonly lines: ReadonlySet<string> }>(
  all: readonly T[],
  costOf: (each: T, others: readonly T[]) => number,
): T[] {
  const known = new Set<string>();
  let chosen: T[] = [];
  for (;;) {
    const gains = all.map((each) => [...each.lines].filter((line) => !known.has(line)).length / costOf(each, chosen));
    const most = Math.max(...gains);
    const best = all[gains.indexOf(most)];
    if (!best || most === 0) break;
    chosen.push(best);
    for (const line of best.lines) known.add(line);
  }
  const costs = new Map(
    chosen.map((each) => [
      each,
      costOf(
        each,
        chosen.filter((other) => other !== each),
      ),
    ]),
  );
  for (const each of [...chosen].sort((one, other) => (costs.get(other) ?? 0) - (costs.get(one) ?? 0))) {
    const others = chosen.filter((other) => other !== each);
    if ([...each.lines].every((line) => others.some(({ lines }) => lines.has(line)))) chosen = others;
  }
  return chosen;
}
