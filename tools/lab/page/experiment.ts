/** Trains one experiment to its end, reports every record, and examines the networks where that is asked for. */

import { type Experiment, networkIds } from '../../../src/experiment/experiment.ts';
import type { Problem } from '../../../src/experiment/problem.ts';
import { examinations as known } from '../../../src/instruments/instruments.ts';
import { recordLine } from '../../../src/records/recordLine.ts';
import { createLab } from '../../../src/session/store/lab.ts';
import { unpackRecords } from '../../../src/session/worker/batch.ts';
import type { LabClient, LabEvent, NetworkInfo, RunRequest } from '../../../src/session/worker/protocol.ts';
import { type Examinations, examinationLines } from './examinations.ts';
import { labResult } from './lines.ts';
import { refuseOther, reportEnd, reportLines } from './reports.ts';

export function trainExperiment(
  client: LabClient,
  experiment: Experiment,
  wanted: RunRequest['engine'],
  examinations: Examinations,
): void {
  let networks: readonly NetworkInfo[] = [];
  let msPerStep: number | null = null;
  let reason: Problem | null = null;
  /** Why an examination is missing or incomplete. */
  let examinationProblem: Problem | null = null;
  const lab = createLab(client, { experiment, problems: [], engine: wanted });

  function end(): void {
    const { reports, dataSet } = lab.store.getState();
    reportLines(examinationLines(reports, examinations.kinds, dataSet?.classes ?? []));
    if (examinationProblem) reportEnd({ problem: examinationProblem });
    else reportEnd({ result: labResult(lab.store.getState(), networks, msPerStep) });
  }

  /** Asks for all examinations. The end comes when they are over. */
  function examine(): void {
    for (const kind of examinations.kinds) {
      for (const id of networkIds.slice(0, networks.length)) lab.commands.examine(id, known[kind].usual);
    }
    if (examinations.kinds.length === 0) end();
  }

  function follow(event: LabEvent): void {
    if (event.type === 'notice') {
      reason = event.problem;
      if (lab.store.getState().examining.length > 0) examinationProblem = event.problem;
    }
    if (event.type === 'began') {
      networks = event.networks;
      const { engine } = lab.store.getState();
      if (engine) refuseOther(wanted, engine, reason);
    }
    // Not before every image is here: then all records come in the order of their steps.
    if (event.type === 'imagesArrived') {
      if (examinations.untrained) examine();
      else lab.commands.play();
    }
    if (event.type === 'examinationOver' && lab.store.getState().examining.length === 0) end();
    if (event.type === 'records') {
      msPerStep = event.speed?.msPerStep ?? msPerStep;
      const namesOf = new Map(networks.map(({ id, layerNames }) => [id, layerNames]));
      reportLines(
        unpackRecords(event.batch).flatMap((record) =>
          record.type === 'untrained' ? [] : recordLine(record, namesOf.get(record.network) ?? []),
        ),
      );
    }
    if (event.type !== 'status') return;
    const { status } = event;
    if (status.kind === 'failed') reportEnd({ problem: status.problem });
    if (status.kind === 'finished') examine();
  }

  client.listen(follow);
}
