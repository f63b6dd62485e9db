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
 * Takes what brings most new lines for its cost, until none is new.
 * @param costOf what it costs to take one beside those taken before
 */
export function cover<T extends { readonly lines: ReadonlySet<string> }>(
  all: readonly T[],
  costOf: (each: T, chosen: readonly T[]) => number,
): T[] {
  const known = new Set<string>();
  const chosen: T[] = [];
  for (;;) {
    const gains = all.map((each) => [...each.lines].filter((line) => !known.has(line)).length / costOf(each, chosen));
    const most = Math.max(...gains);
    const best = all[gains.indexOf(most)];
    if (!best || most === 0) return chosen;
    chosen.push(best);
    for (const line of best.lines) known.add(line);
  }
}
