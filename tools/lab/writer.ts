/** Writes lines to a stream no faster than it takes them, and stops quietly when its reader has gone. */
import { once } from 'node:events';
import { createWriteStream, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { BadInput } from '../commandLine.ts';
import { words } from './words.ts';

export interface LineWriter {
  /** Resolves when there is room for more. */
  write(lines: readonly string[]): Promise<void>;
  /** Resolves when everything is written. */
  end(): Promise<void>;
  /** Resolves when nobody reads any more, as behind `head`. */
  readonly closed: Promise<void>;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** @param isFile whether it is ended behind the last line; standard output is not */
export function writerOf(stream: Writable, isFile = false): LineWriter {
  const closed = new Promise<void>((resolve, reject) => {
    stream.on('error', (error) => (codeOf(error) === 'EPIPE' ? resolve() : reject(error)));
  });
  return {
    closed,
    async write(lines) {
      if (stream.destroyed || lines.length === 0) return;
      const room = stream.write(`${lines.join('\n')}\n`);
      if (!room) await Promise.race([once(stream, 'drain'), closed]);
    },
    async end() {
      if (!isFile) return;
      stream.end();
      await finished(stream);
    },
  };
}

/** @throws BadInput, at once */
export function fileWriter(file: string): LineWriter {
  try {
    return writerOf(createWriteStream(file, { fd: openSync(file, 'w') }), true);
  } catch (error) {
    throw new BadInput(words.unwritable(file, codeOf(error)));
  }
}
