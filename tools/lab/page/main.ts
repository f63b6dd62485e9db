/**
 * The headless lab: the page's worker and stores without the page. It trains the experiment of the address, or the sweep
 * beside it, to the end and reports what was measured; `tools/lab.ts` opens it and provides the functions
 * that it reports to.
 */

import { connectWorker } from '../../../src/app/connectWorker.ts';
import { readEngineRequest } from '../../../src/engine/choose.ts';
import { parseLink } from '../../../src/experiment/parseLink.ts';
import { parseSweepLink } from '../../../src/experiment/sweep/text.ts';
import { readExaminations } from './examinations.ts';
import { trainExperiment } from './experiment.ts';
import { reportEnd } from './reports.ts';
import { trainSweep } from './sweep.ts';

const { request } = readEngineRequest(location.search);
const client = connectWorker();
const { experiment } = parseLink(location.hash);
const sweep = parseSweepLink(location.hash, experiment);

if (sweep === null) trainExperiment(client, experiment, request, readExaminations(location.search));
else if (sweep.ok) void trainSweep(client, experiment, sweep.value, request);
else reportEnd({ problem: sweep.problem });
