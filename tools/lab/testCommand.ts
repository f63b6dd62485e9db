/** Runs commands for tests: in the process of the tests, as starting one takes seconds; or, where how a process ends matters, in its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { endFor } from '../commandLine.ts';

interface Output {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A stream that keeps what is written to it. */
function kept(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

/** What a command writes, and how it ends. */
export async function run(
  command: (args: readonly string[], out: Writable, err: Writable) => Promise<void>,
  ...args: readonly string[]
): Promise<Output> {
  const [out, err] = [kept(), kept()];
  const ended = await command(args, out.stream, err.stream).then(() => null, endFor);
  return { status: ended?.status ?? 0, out: out.text(), err: err.text() + (ended ? `${ended.words}\n` : '') };
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the lab in a process of its own, with those that it starts in a group. */
export function startLab(...args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(join(root, 'node_modules', '.bin', 'tsx'), ['tools/lab.ts', ...args], { cwd: root, detached: true });
}
