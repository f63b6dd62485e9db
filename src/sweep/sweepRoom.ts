/** What the sweep view needs and is slow to get: the finished runs, the data set's name, a worker of its own. */
import type { Experiment } from '../experiment/experiment.ts';
import { ProblemError } from '../experiment/problem.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { openRecords, type Records } from '../session/storage/records.ts';
import { SweepQueue } from '../session/sweeps/queue.ts';
import type { WorkerClient } from '../session/worker/client.ts';
import type { RunRequest } from '../session/worker/protocol.ts';

export interface SweepRoom extends Pick<Records, 'problem'> {
  readonly queue: SweepQueue;
}

/**
 * Opens the room, or says why the data set's table of contents cannot be loaded.
 * @param client of a worker of the sweep's own
 */
export async function openSweepRoom(
  base: Experiment,
  engine: RunRequest['engine'],
  client: WorkerClient,
): Promise<Result<SweepRoom>> {
  try {
    const { cells, problem, data } = await openRecords(client.dataUrl);
    const queue = new SweepQueue(base, { client, engine, data, kept: cells });
    cells.watch(() => queue.keptChanged());
    return success({ queue, problem });
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem);
    throw error;
  }
}
