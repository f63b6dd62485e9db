import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readEngineRequest } from '../engine/request.ts';
import { parseLink } from '../spec/parseLink.ts';
import { createLab } from '../store/lab.ts';
import { connectWorker } from '../worker/client.ts';
import { App } from './App.tsx';
import { afterPaint } from './afterPaint.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { keepRuns } from './keepRuns.ts';
import { syncLink } from './linkSync.ts';
import { startTheme } from './theme.ts';
import { readViews } from './views.ts';

const link = parseLink(location.hash);
const { views, problems } = readViews(location.hash, link.experiment);
const engine = readEngineRequest(location.search);
const client = connectWorker();
const lab = createLab(afterPaint(client), {
  experiment: link.experiment,
  problems: [...engine.problems, ...link.problems, ...problems],
  engine: engine.request,
});
syncLink(lab, views);
keepRuns(lab, client.dataUrl);
startTheme();

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App lab={lab} views={views} engine={engine.request} />
      </ErrorBoundary>
    </StrictMode>,
  );
}
