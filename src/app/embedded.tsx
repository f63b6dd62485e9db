/** An embed that has been run: the figure, and a lab behind it. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EmbedPage } from '../embed/EmbedPage.tsx';
import type { EmbedStore } from '../embed/scene.ts';
import { readEngineRequest } from '../engine/choose.ts';
import { readWord } from '../experiment/addressWord.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { instrumentNames } from '../instruments/instruments.ts';
import { text } from '../messages/messages.ts';
import { createLab, type Lab } from '../session/store/lab.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { Failure } from '../ui/Failure.tsx';
import { connectWorker } from './connectWorker.ts';
import { Notices } from './Notices.tsx';
import './status.css';

const readInstrument = (written: string) => readWord('instrument', written, instrumentNames, text.embed.figure);

/** Draws the figure in the place of the poster. @returns its lab, which nothing trains yet */
export function openEmbedded(root: Element, store: EmbedStore, experiment: Experiment): Lab {
  const { scene, options } = store.getState();
  const instrument = options.instrument === null ? null : readInstrument(options.instrument);
  if (instrument?.problem) store.setState({ options: { ...options, instrument: instrument.word } });
  const engine = readEngineRequest(location.search);
  const lab = createLab(connectWorker(), {
    experiment,
    problems: [...engine.problems, ...scene.problems, ...(instrument?.problem ? [instrument.problem] : [])],
    engine: engine.request,
  });
  const crashed = (
    <Failure isOfPage action={text.app.status.reload} onAction={() => location.reload()}>
      {text.app.status.crashed}
    </Failure>
  );
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary fallback={crashed}>
        <EmbedPage lab={lab} store={store} notices={<Notices />} />
      </ErrorBoundary>
    </StrictMode>,
  );
  return lab;
}
