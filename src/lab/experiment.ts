/** Trains one experiment to its end and reports every record. */
import type { Experiment } from '../spec/experiment.ts';
import type { Problem } from '../spec/problem.ts';
import { createLab } from '../store/lab.ts';
import { unpackRecords } from '../worker/batch.ts';
import type { LabClient, LabEvent, NetworkInfo, RunRequest } from '../worker/protocol.ts';
import { labResult, recordLine } from './lines.ts';
import { refuseOther, reportEnd, reportLines } from './reports.ts';

export function trainExperiment(client: LabClient, experiment: Experiment, wanted: RunRequest['engine']): void {
  let networks: readonly NetworkInfo[] = [];
  let msPerStep: number | null = null;
  let reason: Problem | null = null;
  const lab = createLab(client, { experiment, problems: [], engine: wanted });

  function follow(event: LabEvent): void {
    if (event.type === 'notice') reason = event.problem;
    if (event.type === 'began') {
      networks = event.networks;
      const { engine } = lab.store.getState();
      if (engine) refuseOther(wanted, engine, reason);
    }
    // Not before every image is here: then all records come in the order of their steps.
    if (event.type === 'imagesArrived') lab.commands.play();
    if (event.type === 'records') {
      msPerStep = event.speed?.msPerStep ?? msPerStep;
      const namesOf = new Map(networks.map(({ id, layerNames }) => [id, layerNames]));
      reportLines(unpackRecords(event.batch).map((record) => recordLine(record, namesOf.get(record.network) ?? [])));
    }
    if (event.type !== 'status') return;
    const { status } = event;
    if (status.kind === 'failed') reportEnd({ problem: status.problem });
    if (status.kind === 'finished') reportEnd({ result: labResult(lab.store.getState(), networks, msPerStep) });
  }

  client.listen(follow);
}
