/**
 * The headless lab: the page's store and worker without the page. It trains the experiment of the
 * address to its end and reports every record; `scripts/lab.ts` opens it and provides the functions
 * that it reports to.
 */
import { readEngineRequest } from '../engine/request.ts';
import { parseLink } from '../spec/parseLink.ts';
import { type Problem, problem } from '../spec/problem.ts';
import { createLab } from '../store/lab.ts';
import { unpackRecords } from '../worker/batch.ts';
import { connectWorker } from '../worker/client.ts';
import type { EngineInfo, LabEvent, NetworkInfo } from '../worker/protocol.ts';
import { type LabResult, labResult, recordLine } from './lines.ts';

/** What the script that opened this page provides. */
interface Reports {
  labLines(lines: readonly string[]): Promise<void>;
  labEnd(outcome: { readonly result: LabResult } | { readonly problem: Problem }): Promise<void>;
}
declare const window: Window & Reports;

const { request: wanted } = readEngineRequest(location.search);
const client = connectWorker();
const { experiment, problems } = parseLink(location.hash);
let networks: readonly NetworkInfo[] = [];
let msPerStep: number | null = null;
let reason: Problem | null = null;
/** Reports go out one after the other, however long each takes. */
let reports: Promise<void> = Promise.resolve();

function report(send: () => Promise<void>): void {
  reports = reports.then(send);
}

/** Somebody who asked for a backend wants that one or none: a comparison with another would mislead. */
function refuseOther({ engine, backend }: EngineInfo): void {
  if ((wanted.engine ?? engine) === engine && (wanted.backend ?? backend) === backend) return;
  const what = wanted.backend === null ? 'engine' : 'backend';
  const why = String(reason?.values.reason ?? '');
  report(() => window.labEnd({ problem: problem('lab.unavailable', { what, reason: why }) }));
}

function follow(event: LabEvent): void {
  if (event.type === 'notice') reason = event.problem;
  if (event.type === 'began') {
    networks = event.networks;
    const { engine } = lab.store.getState();
    if (engine) refuseOther(engine);
  }
  // Not before every image is here: then all records come in the order of their steps.
  if (event.type === 'imagesArrived') lab.commands.play();
  if (event.type === 'records') {
    msPerStep = event.speed?.msPerStep ?? msPerStep;
    const namesOf = new Map(networks.map(({ id, layerNames }) => [id, layerNames]));
    const lines = unpackRecords(event.batch).map((record) => recordLine(record, namesOf.get(record.network) ?? []));
    report(() => window.labLines(lines));
  }
  if (event.type !== 'status') return;
  const { status } = event;
  if (status.kind === 'failed') report(() => window.labEnd({ problem: status.problem }));
  if (status.kind === 'finished') {
    const result = labResult(lab.store.getState(), networks, msPerStep);
    report(() => window.labEnd({ result }));
  }
}

const lab = createLab(client, { experiment, problems, engine: wanted });
client.listen(follow);
