import type { InstrumentName } from './panels.ts';

/** Those that need the whole width of a page. */
const wide: readonly InstrumentName[] = ['inside', 'shortcuts'];

/** Which of the open instruments take a whole row where two fit into one: the wide ones, and those that nobody stands beside. */
export function fullRows(open: readonly InstrumentName[]): ReadonlySet<InstrumentName> {
  const full = new Set<InstrumentName>();
  let waiting: InstrumentName | null = null;
  for (const name of open) {
    if (wide.includes(name)) {
      full.add(name);
      if (waiting) full.add(waiting);
      waiting = null;
    } else {
      waiting = waiting ? null : name;
    }
  }
  return waiting ? full.add(waiting) : full;
}
