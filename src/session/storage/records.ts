/** The finished runs that outlast a visit, and the name of the data set that they were trained on: opened once, when first needed. */
import { fetchDataName } from '../../data/dataName.ts';
import { type Problem, ProblemError } from '../../experiment/problem.ts';
import { failure, type Result, success } from '../../experiment/result.ts';
import { asFinishedCell, type FinishedCell } from '../sweeps/finishedCell.ts';
import { openKept } from './database.ts';
import { type WatchedKept, watched } from './kept.ts';

export interface Records {
  readonly cells: WatchedKept<FinishedCell>;
  /** Why they last only as long as the page, or some are left out; null where all is well. */
  readonly problem: Problem | null;
  /** The name of the data set, checksums included. */
  readonly data: string;
}

let opened: Promise<Result<Records>> | null = null;

async function open(dataUrl: string): Promise<Result<Records>> {
  try {
    const [{ kept, problem }, data] = await Promise.all([openKept(asFinishedCell), fetchDataName(dataUrl)]);
    return success({ cells: watched(kept), problem, data });
  } catch (error) {
    opened = null;
    if (error instanceof ProblemError) return failure(error.problem);
    throw error;
  }
}

/**
 * Says why the data set's table of contents cannot be loaded; then the next call tries again.
 * @param dataUrl of the folder of the embedded images
 */
export function openRecords(dataUrl: string): Promise<Result<Records>> {
  opened ??= open(dataUrl);
  return opened;
}
