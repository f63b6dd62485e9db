import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readEngineRequest } from '../engine/request.ts';
import { defaultExperiment } from '../spec/presets.ts';
import { createLab } from '../store/lab.ts';
import { connectWorker } from '../worker/client.ts';
import { App } from './App.tsx';
import { afterPaint } from './afterPaint.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { readLessonLink } from './lessons/lessonLink.ts';
import { enterLesson, progress } from './lessons/progress.ts';
import { syncLink } from './linkSync.ts';
import { startTheme } from './theme.ts';

const link = readLessonLink(location.hash);
const engine = readEngineRequest(location.search);
enterLesson(link);
const { lesson, part, changes } = progress.getState();
// A lesson's experiment comes with the lesson; should that not arrive, the panel says so, and there is still a lab.
const story = lesson === null || link.experiment ? null : await import('./lessons/story/all.ts').catch(() => null);
const ofLesson = story && lesson !== null ? story.experimentAt({ lesson, part }, 'small', changes) : null;
const lab = createLab(afterPaint(connectWorker()), {
  experiment: link.experiment ?? ofLesson ?? defaultExperiment,
  problems: [...engine.problems, ...link.problems],
  engine: engine.request,
});
syncLink(lab);
startTheme();

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App lab={lab} />
      </ErrorBoundary>
    </StrictMode>,
  );
}
