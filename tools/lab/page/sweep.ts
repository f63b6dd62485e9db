/** Trains a sweep to its end and reports every cell; those that the script has kept are not trained again. */
import { fetchDataName } from '../../../src/data/dataName.ts';
import type { Experiment } from '../../../src/experiment/experiment.ts';
import { type Problem, ProblemError } from '../../../src/experiment/problem.ts';
import type { Sweep } from '../../../src/experiment/sweep/sweep.ts';
import type { Kept } from '../../../src/session/storage/kept.ts';
import { holdingUnsaved } from '../../../src/session/storage/kept.ts';
import { type FinishedCell, readFinishedCell } from '../../../src/session/sweeps/finishedCell.ts';
import { SweepQueue } from '../../../src/session/sweeps/queue.ts';
import { type SweepState, stateOf } from '../../../src/session/sweeps/state.ts';
import type { WorkerClient } from '../../../src/session/worker/client.ts';
import type { RunRequest } from '../../../src/session/worker/protocol.ts';
import { refuseOther, reportEnd, reportLines, script } from './reports.ts';
import { cellLine, sweepResult } from './sweepLines.ts';

/**
 * The results file of the script.
 *
 * @param onPut told the key of a cell when the file has it, or when it could not take it
 */
function resultsFile(onPut: (key: string) => void): Kept<FinishedCell> {
  return holdingUnsaved({
    async get(key) {
      const found = await script.labFind(key);
      return found === null ? null : readFinishedCell(found);
    },
    put: (cell) => script.labKeep(JSON.stringify(cell)).finally(() => onPut(cell.key)),
    delete: () => Promise.reject(new Error('The results of a sweep are only added to.')),
    all: () => Promise.reject(new Error('The results of a sweep are found by their keys.')),
    refusal: () => null,
  });
}

/** The problem of the first cell that cannot be trained on this device. */
function refusal(state: SweepState): Problem | null {
  for (const cell of state.cells) {
    const found = stateOf(state, cell);
    if (found.kind === 'refused') return found.problem;
  }
  return null;
}

/** Reports each cell once, when it is finished and in the results file: what is printed is not lost to a kill. */
class CellReporter {
  private readonly reported = new Set<string>();
  private readonly inFile = new Set<string>();

  put(key: string): void {
    this.inFile.add(key);
  }

  report(state: SweepState): void {
    for (const cell of state.cells) {
      const found = stateOf(state, cell);
      if (found.kind !== 'done' || this.reported.has(found.result.key)) continue;
      if (!found.isFound && !this.inFile.has(found.result.key)) continue;
      this.reported.add(found.result.key);
      reportLines([cellLine(cell, found.result, found.isFound)]);
    }
  }
}

export async function trainSweep(
  client: WorkerClient,
  base: Experiment,
  sweep: Sweep,
  wanted: RunRequest['engine'],
): Promise<void> {
  let reason: Problem | null = null;
  client.listen((event) => {
    if (event.type === 'notice') reason = event.problem;
    if (event.type === 'began') {
      const { engine } = queue.store.getState();
      if (engine) refuseOther(wanted, engine, reason);
    }
  });
  const data = await fetchDataName(client.dataUrl).catch((error: unknown) => {
    if (error instanceof ProblemError) reportEnd({ problem: error.problem });
    throw error;
  });
  const reporter = new CellReporter();
  const kept = resultsFile((key) => {
    reporter.put(key);
    reporter.report(queue.store.getState());
  });
  const queue = new SweepQueue(base, { client, kept, data, engine: wanted });
  queue.store.subscribe((state, before) => {
    reporter.report(state);
    if (state.status === before.status) return;
    if (state.status.kind === 'failed') reportEnd({ problem: state.status.problem });
    if (state.status.kind !== 'finished') return;
    const problem = state.notKept ?? refusal(state);
    reportEnd(problem ? { problem } : { result: sweepResult(state) });
  });
  queue.show(base, sweep);
  queue.play();
}
