/** For tests that would take too long with everything: some that between them have each line of text that any of them has. */

/** A line without its sizes; what is unrolled counts once. */
export function sizeless(line: string): string {
  const terms = line
    .trim()
    .replace(/\d+(\.\d+)?/g, '#')
    .split(/ \+ |, |max\(/);
  return [...new Set(terms)].sort().join(' ');
}

/** What may be taken: the lines it has, and what it costs, part by part. A part that something else needs, too, is paid for once. */
export interface Candidate {
  readonly lines: ReadonlySet<string>;
  readonly costs: ReadonlyMap<string, number>;
}

/** What a candidate costs beside what is paid for. */
function costBeside({ costs }: Candidate, paid: ReadonlySet<string>): number {
  let sum = 1;
  for (const [part, cost] of costs) if (!paid.has(part)) sum += cost;
  return sum;
}

/**
 * Takes what brings most new lines for its cost, until none is new; and leaves out again what later ones make up for, the most expensive first.
 * @param free parts that are paid for already
 */
export function cover<T extends Candidate>(all: readonly T[], free: ReadonlySet<string> = new Set()): T[] {
  const known = new Set<string>();
  const paid = new Set(free);
  let chosen: T[] = [];
  let open = all.map((each) => ({ each, fresh: [...each.lines] }));
  for (;;) {
    open = open
      .map(({ each, fresh }) => ({ each, fresh: fresh.filter((line) => !known.has(line)) }))
      .filter(({ fresh }) => fresh.length > 0);
    const gains = open.map(({ each, fresh }) => fresh.length / costBeside(each, paid));
    const best = open[gains.indexOf(gains.reduce((most, gain) => Math.max(most, gain), 0))]?.each;
    if (!best) break;
    chosen.push(best);
    for (const line of best.lines) known.add(line);
    for (const part of best.costs.keys()) paid.add(part);
  }
  const besides = (each: T) => chosen.filter((other) => other !== each);
  const costs = new Map(
    chosen.map((each) => [
      each,
      costBeside(each, new Set([...free, ...besides(each).flatMap((other) => [...other.costs.keys()])])),
    ]),
  );
  for (const each of [...chosen].sort((one, other) => (costs.get(other) ?? 0) - (costs.get(one) ?? 0))) {
    const others = besides(each);
    if ([...each.lines].every((line) => others.some(({ lines }) => lines.has(line)))) chosen = others;
  }
  return chosen;
}
