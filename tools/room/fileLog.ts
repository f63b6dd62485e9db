/**
 * The logs of one process: classes are in its memory, and each has a file that only grows, an event a line. Whatever has been answered is on disk, so a process that
 * is started again goes on where the one before was killed.
 */
import { mkdir, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { classLimits } from '../../src/classroom/protocol.ts';
import type { ClassLog } from './log.ts';
import type { ClassEvent } from './state.ts';

const EXTENSION = '.jsonl';

interface Followed {
  readonly apply: (event: ClassEvent) => void;
  waiting: {
    readonly event: ClassEvent;
    readonly done: (isKept: boolean) => void;
    readonly failed: (error: unknown) => void;
  }[];
  /** The writing under way; null while there is none. */
  writing: Promise<void> | null;
}

/** @param server the name of this process @param folder of the files */
export async function fileLog(server: string, folder: string): Promise<ClassLog> {
  await mkdir(folder, { recursive: true });
  const followed = new Map<string, Followed>();
  const fileOf = (code: string): string => join(folder, code + EXTENSION);

  /** What has come together is written together, so that a disk that is slow to confirm is asked seldom. */
  async function write(code: string, own: Followed): Promise<void> {
    while (own.waiting.length > 0) {
      const some = own.waiting;
      own.waiting = [];
      try {
        const file = await open(fileOf(code), 'a');
        try {
          await file.appendFile(some.map(({ event }) => `${JSON.stringify(event)}\n`).join(''));
          await file.datasync();
        } finally {
          await file.close();
        }
        for (const { event } of some) own.apply(event);
        for (const { done } of some) done(true);
      } catch (error) {
        for (const { failed } of some) failed(error);
      }
    }
    own.writing = null;
  }

  const codes = async () =>
    (await readdir(folder)).filter((name) => name.endsWith(EXTENSION)).map((name) => name.slice(0, -EXTENSION.length));

  const log: ClassLog = {
    async create(code, opened) {
      try {
        const file = await open(fileOf(code), 'wx');
        await file.appendFile(`${JSON.stringify(opened)}\n`);
        await file.datasync();
        await file.close();
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },
    async follow(code, apply) {
      const text = await readFile(fileOf(code), 'utf8').catch(() => null);
      if (text === null) return false;
      // A line that was cut off when its writer was killed has been answered to nobody.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (whole.length < text.length) await truncate(fileOf(code), Buffer.byteLength(whole));
      for (const line of whole.split('\n')) if (line !== '') apply(JSON.parse(line));
      followed.set(code, { apply, waiting: [], writing: null });
      return true;
    },
    append(code, event) {
      const own = followed.get(code);
      if (!own) return Promise.resolve(false);
      return new Promise((done, failed) => {
        own.waiting.push({ event, done, failed });
        own.writing ??= write(code, own);
      });
    },
    forget: (code) => void followed.delete(code),
    async remove(code) {
      const own = followed.get(code);
      followed.delete(code);
      await own?.writing;
      await rm(fileOf(code), { force: true });
    },
    count: async () => (await codes()).length,
    async tend() {
      const gone: string[] = [];
      for (const code of await codes()) {
        const { mtimeMs } = await stat(fileOf(code));
        if (Date.now() - mtimeMs > classLimits.quietMs) gone.push(code);
      }
      for (const code of gone) await log.remove(code);
      return gone;
    },
    // Those of an earlier process of this machine are gone with it.
    isAtWork: async (name) => name === server,
    async close() {
      await Promise.all([...followed.values()].map(({ writing }) => writing));
      followed.clear();
    },
  };
  return log;
}
