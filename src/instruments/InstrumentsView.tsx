import { lazy, Suspense } from 'react';
import { Transport } from '../figure/transport/Transport.tsx';
import { text } from '../messages/messages.ts';
import { Toggles } from '../ui/Toggles.tsx';
import { instrumentNames, instruments } from './instruments.ts';
import { fullRows, openInstruments, useOpenInstruments } from './open.ts';
import './instruments.css';

const words = text.instruments;

const panels = instrumentNames.map((name) => [name, lazy(instruments[name].panel)] as const);
const options = instrumentNames.map((key) => ({ key, label: words.names[key] }));

/** Instruments for the networks of the lab: any of them can be open. */
export default function InstrumentsView() {
  const open = useOpenInstruments();
  const full = fullRows(open);
  return (
    <>
      <main className="view instruments">
        <div className="instruments-choice">
          <Toggles label={words.choose} options={options} value={open} onChange={openInstruments} />
        </div>
        {open.length === 0 && <p className="view-text">{words.noneOpen}</p>}
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
              <Suspense fallback={<p className="view-loading">{text.app.views.loading}</p>}>
                <Panel />
              </Suspense>
            </section>
          ))}
      </main>
      <Transport />
    </>
  );
}
