import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readEngineRequest } from '../engine/choose.ts';
import { answerWithin } from '../experiment/answerWithin.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { enterLesson, progress } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import { keptProblem } from '../session/storage/kept.ts';
import { createLab } from '../session/store/lab.ts';
import { readViews } from '../session/views.ts';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { Failure } from '../ui/Failure.tsx';
import { App } from './App.tsx';
import { afterPaint, onFirstPaint } from './afterPaint.ts';
import { connectWorker } from './connectWorker.ts';
import { linkHere, syncLink } from './linkSync.ts';
import { startTheme } from './theme.ts';

/** Milliseconds that the page waits for a lesson before it shows itself without. */
const LESSON_MS = 10_000;

const link = linkHere();
const engine = readEngineRequest(location.search);
enterLesson(link);
const { lesson, part, changes } = progress.getState();
// A lesson's experiment comes with the lesson; should that not arrive, the panel says so, and there is still a lab.
const story =
  lesson === null || link.experiment
    ? null
    : await answerWithin(LESSON_MS, 'The lesson', () => import('../lessons/lessons.ts')).catch(() => null);
const ofLesson = story && lesson !== null ? story.experimentAt({ lesson, part }, 'small', changes) : null;
const experiment = link.experiment ?? ofLesson ?? defaultExperiment;
const { views, problems } = readViews(location.hash, experiment);
const client = connectWorker();
const lab = createLab(afterPaint(client), {
  experiment,
  problems: [...engine.problems, ...link.problems, ...problems],
  engine: engine.request,
});
syncLink(lab, views);
startTheme();

/** Where drawing the page fails: the address still holds the experiment. */
const crashed = (
  <Failure isOfPage action={text.app.status.reload} onAction={() => location.reload()}>
    {text.app.status.crashed}
  </Failure>
);

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary fallback={crashed}>
        <App lab={lab} views={views} engine={engine.request} connect={connectWorker} />
      </ErrorBoundary>
    </StrictMode>,
  );
}

onFirstPaint(() => {
  import('./keepRuns.ts').then(
    ({ keepRuns }) => keepRuns(lab, client.dataUrl),
    (error: unknown) => lab.commands.notify(keptProblem(error)),
  );
  // What buttons open is there before anybody presses one; should it not arrive, the press asks again.
  import('../ui/popups.tsx').catch(() => undefined);
});
