/**
 * The headless lab: the page's worker and stores without the page. It trains the experiment of the address, or the sweep
 * beside it, to the end and reports what was measured; `tools/lab.ts` opens it and provides the functions
 * that it reports to.
 */

import { connectWorker } from '../../../src/app/connectWorker.ts';
import { readEngineRequest } from '../../../src/engine/choose.ts';
import type { DataRef } from '../../../src/experiment/dataRef.ts';
import type { Experiment } from '../../../src/experiment/experiment.ts';
import { parseLink } from '../../../src/experiment/parseLink.ts';
import { fedWith } from '../../../src/experiment/settings.ts';
import { parseSweepLink } from '../../../src/experiment/sweep/text.ts';
import { readExaminations } from './examinations.ts';
import { trainExperiment } from './experiment.ts';
import { reportEnd } from './reports.ts';
import { trainSweep } from './sweep.ts';

const { request } = readEngineRequest(location.search);
const client = connectWorker();

function train(experiment: Experiment): void {
  const sweep = parseSweepLink(location.hash, experiment);
  if (sweep === null) trainExperiment(client, experiment, request, readExaminations(location.search));
  else if (sweep.ok) void trainSweep(client, experiment, sweep.value, request);
  else reportEnd({ problem: sweep.problem });
}

const asked = parseLink(location.hash).experiment;
if (new URLSearchParams(location.search).has('data')) {
  const { receiveData } = await import('./data.ts');
  receiveData((data) => trainOn(asked, data));
} else train(asked);

/** What the link asks for, on images that were brought: a size that they cannot have becomes theirs. */
function trainOn({ networks, training }: Experiment, data: DataRef): void {
  train({ networks, training: fedWith(training, data) });
}
