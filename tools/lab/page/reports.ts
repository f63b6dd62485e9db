/** What the headless lab's page tells the script that opened it, and what it asks of it. */
import type { FileProblem } from '../../../src/experiment/fileProblem.ts';
import type { Problem } from '../../../src/experiment/problem.ts';
import { serial } from '../../../src/experiment/serial.ts';
import type { EngineInfo, RunRequest } from '../../../src/session/worker/protocol.ts';
import type { LabResult } from './lines.ts';
import type { SweepResult } from './sweepLines.ts';

export type Outcome =
  | { readonly result: LabResult | SweepResult }
  | { readonly problem: Problem }
  /** The files of images cannot be read. */
  | { readonly refused: FileProblem }
  /** The engine or the backend asked for cannot run. */
  | { readonly unavailable: 'engine' | 'backend'; readonly reason: string };

/** What the script provides. */
interface Script {
  labLines(lines: readonly string[]): Promise<void>;
  labEnd(outcome: Outcome): Promise<void>;
  /** The finished cell of a key, as JSON, or null. */
  labFind(key: string): Promise<string | null>;
  /** Keeps a finished cell, as JSON. */
  labKeep(cell: string): Promise<void>;
}
declare const window: Window & Script;

/** Reports go out one after the other, however long each takes. */
const report = serial();

export function reportLines(lines: readonly string[]): void {
  void report(() => window.labLines(lines));
}

export function reportEnd(outcome: Outcome): void {
  void report(() => window.labEnd(outcome));
}

export const script: Pick<Script, 'labFind' | 'labKeep'> = {
  labFind: (key) => window.labFind(key),
  labKeep: (cell) => window.labKeep(cell),
};

/**
 * Ends the run if another engine or backend started than the one asked for: a comparison with another would mislead.
 *
 * @param reason why the one asked for did not start, if it is known
 */
export function refuseOther(wanted: RunRequest['engine'], started: EngineInfo, reason: Problem | null): void {
  const { engine, backend } = started;
  if ((wanted.engine ?? engine) === engine && (wanted.backend ?? backend) === backend) return;
  const unavailable = wanted.backend === null ? 'engine' : 'backend';
  reportEnd({ unavailable, reason: reason && 'reason' in reason.values ? reason.values.reason : '' });
}
