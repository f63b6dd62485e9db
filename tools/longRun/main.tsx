/**
 * The page under a load that no device here could train: four networks of 56 layers, ten thousand steps in seconds. Its
 * records are made up, to measure drawing and memory; what instruments compute on request is real, of the untrained
 * networks. `npm run bench` opens it, and no visitor ever sees it.
 */
import { createRoot } from 'react-dom/client';
import { App } from '../../src/app/App.tsx';
import { connectWorker } from '../../src/app/connectWorker.ts';
import { anyEngine } from '../../src/engine/choose.ts';
import { parseLink } from '../../src/experiment/parseLink.ts';
import { createLab } from '../../src/session/store/lab.ts';
import { readViews } from '../../src/session/views.ts';
import { madeUpClient } from './madeUpClient.ts';

const { experiment } = parseLink('#v=1&a=t7-plain-56&b=t7-residual-56&c=t7-plain-56&d=t7-residual-56&steps=10000');
const lab = createLab(madeUpClient(connectWorker), { experiment, problems: [], engine: anyEngine });
const root = document.querySelector('#root');
if (root)
  createRoot(root).render(
    <App lab={lab} views={readViews('#view=lab', experiment).views} engine={anyEngine} connect={connectWorker} />,
  );
