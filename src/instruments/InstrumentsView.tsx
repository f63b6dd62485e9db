import { lazy, Suspense, useEffect, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import { Transport } from '../figure/transport/Transport.tsx';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { recall, remember } from '../session/storage/remembered.ts';
import { Toggles } from '../ui/Toggles.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { type InstrumentName, instrumentNames, instruments, isWide } from './instruments.ts';
import './instruments.css';

const words = laterText.instruments;

const panels = instrumentNames.map((name) => [name, lazy(instruments[name].panel)] as const);
const options = instrumentNames.map((key) => ({ key, label: words.names[key] }));

/** Instruments for the networks of the lab: any of them can be open. */
export default function InstrumentsView() {
  const open = useOpenInstruments();
  const full = fullRows(open);
  // One after the other: all at once would hold up the page for a quarter of a second, and longer on a busy machine.
  const [drawn, setDrawn] = useState<readonly InstrumentName[]>([]);
  const next = open.find((name) => !drawn.includes(name));
  const loading = <p className="view-loading">{text.app.views.loading}</p>;
  return (
    <>
      <main className="view instruments">
        <div className="whole-line">
          <Toggles label={words.choose} options={options} value={open} onChange={openInstruments} />
        </div>
        {open.length === 0 && <p className="view-text whole-line">{words.noneOpen}</p>}
        {panels
          .filter(([name]) => open.includes(name))
          .map(([name, Panel]) => (
            <section
              key={name}
              className="panel column instrument"
              aria-label={words.names[name]}
              data-instrument={name}
              data-full={full.has(name) || undefined}
            >
              <p className="view-text">{words.purposes[name]}</p>
              <Suspense fallback={loading}>
                {name === next || drawn.includes(name) ? <Panel /> : loading}
                {name === next && <InTheNextTask do={() => setDrawn([...drawn, name])} />}
              </Suspense>
            </section>
          ))}
      </main>
      <Transport />
    </>
  );
}

/** Does something in a task of its own once what stands beside it is on the page. */
function InTheNextTask({ do: act }: { readonly do: () => void }) {
  useEffect(() => {
    const timer = setTimeout(act);
    return () => clearTimeout(timer);
  });
  return null;
}

const KEY = 'instruments';
const usual: readonly InstrumentName[] = ['gradients', 'responses'];

/** What was remembered, apart from names that no instrument has any more. */
function remembered(kept: string | null): readonly InstrumentName[] {
  if (kept === null) return usual;
  const names = kept.split(' ');
  return instrumentNames.filter((name) => names.includes(name));
}

/** Which instruments are open. A visitor's choice outlasts the visit. */
const openStore = createStore<readonly InstrumentName[]>(() => remembered(recall(KEY)));

function useOpenInstruments(): readonly InstrumentName[] {
  return useStorePerFrame(openStore, (open) => open);
}

function openInstruments(open: readonly InstrumentName[]): void {
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
