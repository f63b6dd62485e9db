/** What sweeps need and are slow to get: the finished runs, the data set's name, a worker of their own. All views share the one room. */
import type { Experiment } from '../../experiment/experiment.ts';
import { type Result, success } from '../../experiment/result.ts';
import { keptImports } from '../storage/imported.ts';
import { keptProblem } from '../storage/kept.ts';
import { openRecords, type Records } from '../storage/records.ts';
import type { Views } from '../views.ts';
import type { WorkerClient } from '../worker/client.ts';
import type { RunRequest } from '../worker/protocol.ts';
import type { ImportedCells } from './importedCells.ts';
import { SweepQueue } from './queue.ts';
import { stateOf } from './state.ts';

export interface SweepRoom extends Pick<Records, 'problem'> {
  readonly queue: SweepQueue;
  readonly imported: ImportedCells;
  /** The name of the data set, checksums included. */
  readonly data: string;
}

export interface SweepRoomOptions {
  readonly engine: RunRequest['engine'];
  /** Starts a worker for the sweep. */
  readonly connect: () => WorkerClient;
  /** Told how far a sweep is, for those who look at another view meanwhile. */
  readonly views: Views;
}

let room: Promise<Result<SweepRoom>> | null = null;

/**
 * The room, which is opened on the first visit and outlives it: a sweep goes on while something else is looked at. Says why the data set's
 * table of contents cannot be loaded; then the next call tries again.
 */
export function sweepRoom(base: Experiment, options: SweepRoomOptions): Promise<Result<SweepRoom>> {
  room ??= open(base, options).then((opened) => {
    if (opened.ok) showProgress(opened.value, options.views);
    else room = null;
    return opened;
  });
  return room;
}

async function open(base: Experiment, { engine, connect }: SweepRoomOptions): Promise<Result<SweepRoom>> {
  const client = connect();
  const records = await openRecords(client.dataUrl);
  if (!records.ok) return records;
  const { cells, problem, data } = records.value;
  const queue = new SweepQueue(base, { client, engine, data, kept: cells });
  cells.watch(() => queue.keptChanged());
  const imported = keptImports(data, (error) => queue.store.setState({ notKept: keptProblem(error) }));
  return success({ queue, problem, data, imported });
}

function showProgress({ queue }: SweepRoom, views: Views): void {
  queue.store.subscribe((state) => {
    const isTraining = state.status.kind === 'running' || state.status.kind === 'loading';
    const done = state.cells.filter((cell) => stateOf(state, cell).kind === 'done').length;
    const before = views.getState().progress;
    if (!isTraining && before) views.setState({ progress: null });
    if (isTraining && (before?.done !== done || before.all !== state.cells.length)) {
      views.setState({ progress: { done, all: state.cells.length } });
    }
  });
}
