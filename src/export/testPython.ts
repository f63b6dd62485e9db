/** Runs generated Python programs as they are written, all in one process, as importing torch takes seconds. For tests. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noPyTorch, pythonWithTorch } from '../../tools/python.ts';
import { shippedData } from '../../tools/pythonSources.ts';
import type { DataFiles } from './reproduction.ts';

export const python = pythonWithTorch();
if (python === null) console.warn(`${noPyTorch}.`);

/** The images that the page ships. */
export const shipped: DataFiles = shippedData(fileURLToPath(new URL('../../public/data', import.meta.url)));

export interface Call {
  readonly program: string;
  /** What the command line gives it. */
  readonly args: readonly string[];
  /** Variables that it finds beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly status: number;
  /** What it printed. */
  readonly out: string;
  /** What it ended with, where that is a sentence. */
  readonly said: string;
}

export function runPrograms(calls: readonly Call[]): readonly Ended[] {
  const output = execFileSync(python ?? '', [join(import.meta.dirname, 'runPrograms.py')], {
    input: JSON.stringify(calls),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return JSON.parse(output);
}
