/** The finished runs that outlast a visit, and the name of the data set that they were trained on: opened once, when first needed. */
import { fetchDataName } from '../../data/dataName.ts';
import type { Problem } from '../../experiment/problem.ts';
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

let opened: Promise<Records> | null = null;

async function open(dataUrl: string): Promise<Records> {
  const [{ kept, problem }, data] = await Promise.all([openKept(asFinishedCell), fetchDataName(dataUrl)]);
  return { cells: watched(kept), problem, data };
}

/**
 * @param dataUrl of the folder of the embedded images
 * @throws ProblemError where the data set's table of contents cannot be loaded; the next call tries again
 */
export function openRecords(dataUrl: string): Promise<Records> {
  opened ??= open(dataUrl).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}
