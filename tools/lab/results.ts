/**
 * The results file of sweeps: a finished cell a line, as JSON, only ever added to. So a sweep that was killed goes on where
 * it was, and a line that was cut off is no result.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readFinishedCell } from '../../src/session/sweeps/finishedCell.ts';
import { BadInput } from '../commandLine.ts';
import { words } from './words.ts';

export interface Results {
  /** The line of the cell with this key, or null. */
  readonly find: (key: string) => string | null;
  readonly keep: (line: string) => void;
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

/** @throws BadInput, at once, where the file cannot be read and written */
export function openResults(file: string): Results {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const lines = linesOf(file);
    // The rest of a line that was cut off must not become the beginning of the next.
    appendFileSync(file, lines.at(-1) ? '\n' : '');
    const known = new Map<string, string>();
    for (const line of lines) {
      const cell = readFinishedCell(line);
      if (cell) known.set(cell.key, line);
    }
    let isCutOff = false;
    return {
      find: (key) => known.get(key) ?? null,
      keep(line) {
        const begin = isCutOff ? '\n' : '';
        // A full disk takes the beginning of a line.
        isCutOff = true;
        appendFileSync(file, `${begin}${line}\n`);
        isCutOff = false;
      },
    };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(words.results(file, reason));
  }
}
