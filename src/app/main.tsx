import { StrictMode, startTransition, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { readEmbed } from '../embed/address.ts';
import { readEngineRequest } from '../engine/choose.ts';
import { linkedExperiment } from '../lessons/lessonLink.ts';
import { enterLesson, progress } from '../lessons/progress.ts';
import { languageProblem } from '../messages/languages.ts';
import { text } from '../messages/messages.ts';
import { hasShown } from '../session/selectors.ts';
import { keptProblem } from '../session/storage/kept.ts';
import { createLab } from '../session/store/lab.ts';
import { readViews } from '../session/views.ts';
import { when } from '../session/when.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { Failure } from '../ui/Failure.tsx';
import { loadPopups } from '../ui/popup.ts';
import { followTheme } from '../ui/theme.ts';
import { App } from './App.tsx';
import { connectWorker } from './connectWorker.ts';
import { linkHere, syncLink } from './linkSync.ts';
import { loadAddresses } from './share/ShareButton.tsx';
import { recoverFromStaleFiles } from './staleFiles.ts';
import { startTheme } from './theme.ts';

const link = linkHere();
const engine = readEngineRequest(location.search);
/** An embed that shows the whole page. */
const embed = readEmbed(location.search);
enterLesson(link);
const { lesson, part, changes } = progress.getState();
const experiment = linkedExperiment({ ...link, lesson, part, changes });
const { views, problems } = readViews(location.hash, experiment);
const language = languageProblem(location.search);
const client = connectWorker();
const lab = createLab(client, {
  experiment,
  problems: [
    ...engine.problems,
    ...(embed?.problems ?? []),
    ...link.problems,
    ...problems,
    ...(language ? [language] : []),
  ],
  engine: engine.request,
  keepsRuns: true,
});
syncLink(lab, views);
recoverFromStaleFiles(lab.store);
if (embed) followTheme(() => embed.options.theme);
else startTheme();

/** Where drawing the page fails: the address still holds the experiment. */
const crashed = (
  <Failure isOfPage action={text.app.status.reload} onAction={() => location.reload()}>
    {text.app.status.crashed}
  </Failure>
);

/** Where what is on the screen takes longer than this, the rest no longer waits for it. */
const PATIENCE_MS = 8000;

/** Resolves when the first bars are there: until then whatever else is loaded would take their time, on two cores most of all. */
function firstBars(): Promise<unknown> {
  return Promise.race([when(lab, hasShown), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** What the first picture, and the bars in it, can do without. */
async function loadTheRest(): Promise<void> {
  if (embed) import('./embeddedPage.ts').then(({ servePage }) => servePage(embed.options, lab)).catch(() => undefined);
  // Share copies an address at its press.
  loadAddresses().catch(() => undefined);
  // What buttons open is there before anybody presses one; should it not arrive, the press asks again.
  loadPopups().catch(() => undefined);
  await firstBars();
  import('./keepRuns.ts').then(
    ({ keepRuns }) => keepRuns(lab, client.dataUrl),
    (error: unknown) => lab.commands.notify(keptProblem(error)),
  );
  import('./keepOffline.ts').then(({ keepOffline }) => keepOffline(lab)).catch(() => undefined);
}

/** Stands beside what is drawn, and knows when that is on the page. */
function Drawn() {
  useEffect(() => {
    // A frame is painted after its callbacks, so the next task comes after the first picture.
    requestAnimationFrame(() => setTimeout(() => void loadTheRest()));
  }, []);
  return null;
}

const root = document.querySelector('#root');
if (root) {
  // As a transition it is made in slices: the browser may do something else between two components.
  startTransition(() =>
    createRoot(root).render(
      <>
        <StrictMode>
          <ErrorBoundary fallback={crashed}>
            <App lab={lab} views={views} engine={engine.request} connect={connectWorker} />
          </ErrorBoundary>
        </StrictMode>
        <Drawn />
      </>,
    ),
  );
}
