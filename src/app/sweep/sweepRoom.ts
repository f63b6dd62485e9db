/** What the sweep view needs and is slow to get: the shelves of finished runs, the data set's name, a worker of its own. */
import { fetchDataName } from '../../data/dataName.ts';
import { openShelves, type Shelves } from '../../kept/open.ts';
import type { Experiment } from '../../spec/experiment.ts';
import { ProblemError } from '../../spec/problem.ts';
import { failure, type Result, success } from '../../spec/result.ts';
import type { FinishedCell } from '../../sweeps/finishedCell.ts';
import { SweepQueue } from '../../sweeps/queue.ts';
import { connectWorker } from '../../worker/client.ts';
import type { RunRequest } from '../../worker/protocol.ts';

export interface SweepRoom {
  readonly queue: SweepQueue;
  readonly shelves: Shelves;
  /** The name of the data set, checksums included. */
  readonly data: string;
}

/** Opens the room, or says why the data set's table of contents cannot be loaded. The sweep has a worker of its own. */
export async function openSweepRoom(base: Experiment, engine: RunRequest['engine']): Promise<Result<SweepRoom>> {
  const client = connectWorker();
  try {
    const [shelves, data] = await Promise.all([openShelves(), fetchDataName(client.dataUrl)]);
    const queue = new SweepQueue(base, { client, engine, data, kept: shelves.shelf<FinishedCell>('cells') });
    return success({ queue, shelves, data });
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem);
    throw error;
  }
}
