/** Runs `npm run lab` for tests, without npm. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const command = join(root, 'node_modules', '.bin', 'tsx');

interface Output {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export function lab(...args: string[]): Promise<Output> {
  return new Promise((resolve) => {
    execFile(command, ['tools/lab.ts', ...args], { cwd: root }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err });
    });
  });
}
