/**
 * Finished cells that come from elsewhere: from another machine's `depthscope_sweep.py`, from Ray, from another browser. A file has one as JSON a
 * line. Each is checked, and is held apart from what this browser has trained.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseLink } from '../../experiment/parseLink.ts';
import { type Problem, problem } from '../../experiment/problem.ts';
import { cellKey, dataOfKey, type FinishedCell, isOfThisVersion, readFinishedCell } from './finishedCell.ts';

/** By key: what was imported twice is there once. */
export type ImportedCells = StoreApi<ReadonlyMap<string, FinishedCell>>;

export function importedCells(): ImportedCells {
  return createStore<ReadonlyMap<string, FinishedCell>>(() => new Map());
}

/** A larger one is no file of records: a hundred thousand cells have less. */
export const LARGEST_FILE = 100e6;

export interface ReadCells {
  readonly cells: readonly FinishedCell[];
  /** What was left out, and why. */
  readonly problems: readonly Problem[];
}

type Fault = 'imported.damaged' | 'imported.otherVersion' | 'imported.otherData' | 'imported.otherRun';

/** Why a cell is not taken: it is no run of what its link says, on these images; null where it is. */
export function faultOf(cell: FinishedCell, data: string): Fault | null {
  if (!isOfThisVersion(cell)) return 'imported.otherVersion';
  if (dataOfKey(cell) !== data) return 'imported.otherData';
  const { experiment, problems } = parseLink(cell.link);
  const isItsOwn = problems.length === 0 && cellKey(experiment, cell.engine, data) === cell.key;
  return isItsOwn && isWhole(cell) ? null : 'imported.otherRun';
}

/** Whether its errors are those of a run that has ended. */
function isWhole({ evaluations, steps, divergedAt, link }: FinishedCell): boolean {
  const inOrder = evaluations.every(({ step }, index) => step <= steps && step > (evaluations[index - 1]?.step ?? -1));
  const { training } = parseLink(link).experiment;
  const hasEnded =
    divergedAt === null ? steps === training.steps && evaluations.at(-1)?.step === steps : divergedAt === steps;
  return inOrder && hasEnded;
}

/**
 * The cells of a file.
 *
 * @param file its name, for the sentences
 * @param data the name of the data set that this page trains on, checksums included
 */
export function readCells(file: string, text: string, data: string): ReadCells {
  const cells: FinishedCell[] = [];
  const faults = new Map<Fault, { count: number; line: number }>();
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const cell = readFinishedCell(line);
    const fault = cell ? faultOf(cell, data) : 'imported.damaged';
    if (cell && fault === null) {
      const { key, link, engine, steps, evaluations, divergedAt, seconds, finishedAt } = cell;
      cells.push({ key, link, engine, steps, evaluations, divergedAt, seconds, finishedAt });
      return;
    }
    if (fault === null) return;
    const before = faults.get(fault);
    faults.set(fault, { count: (before?.count ?? 0) + 1, line: before?.line ?? index + 1 });
  });
  if (cells.length === 0 && faults.size === 0) return { cells, problems: [problem('imported.empty', { file })] };
  return { cells, problems: [...faults].map(([code, where]) => problem(code, { file, ...where })) };
}
