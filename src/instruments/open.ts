/** Which instruments are open. A visitor's choice outlasts the visit. */
import { createStore } from 'zustand/vanilla';
import { recall, remember } from '../session/storage/remembered.ts';
import { useFrames } from '../ui/useFrames.ts';
import { type InstrumentName, instrumentNames, isWide } from './instruments.ts';

const KEY = 'instruments';
const usual: readonly InstrumentName[] = ['gradients', 'responses'];

/** What was remembered, apart from names that no instrument has any more. */
function remembered(kept: string | null): readonly InstrumentName[] {
  if (kept === null) return usual;
  const names = kept.split(' ');
  return instrumentNames.filter((name) => names.includes(name));
}

const openStore = createStore<readonly InstrumentName[]>(() => remembered(recall(KEY)));

export function useOpenInstruments(): readonly InstrumentName[] {
  return useFrames(openStore, (open) => open);
}

export function openInstruments(open: readonly InstrumentName[]): void {
  remember(KEY, open.join(' '));
  openStore.setState(open, true);
}

/** Which of the open instruments take a whole row where two fit into one: the wide ones, and those that nobody stands beside. */
export function fullRows(open: readonly InstrumentName[]): ReadonlySet<InstrumentName> {
  const full = new Set<InstrumentName>();
  let waiting: InstrumentName | null = null;
  for (const name of open) {
    if (isWide(name)) {
      full.add(name);
      if (waiting) full.add(waiting);
      waiting = null;
    } else {
      waiting = waiting ? null : name;
    }
  }
  return waiting ? full.add(waiting) : full;
}
