/** What classes are kept in, for tests that run on each: files, and Redis. */
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { expect } from 'vitest';
import { classLimits } from '../../src/classroom/protocol.ts';
import type { ServeOptions } from './serve.ts';
import type { ClassEvent } from './state.ts';
import { ends, freePort, kill, start, temporaryFolder } from './testClass.ts';

export interface TestStore {
  readonly where: Pick<ServeOptions, 'folder' | 'redisUrl'>;
  /** All that has happened in a class. */
  events(code: string): Promise<readonly ClassEvent[]>;
  /** The codes of all classes. */
  codes(): Promise<readonly string[]>;
  /** Makes the last word of a class, which was said just now, that old. */
  age(code: string, ms: number): Promise<void>;
  /** Ends the lease of processes that give no sign of life any more, as time would. */
  endLeases(): Promise<void>;
}

const fromLines = (lines: readonly string[]) => lines.map((line): ClassEvent => JSON.parse(line));

async function inFiles(): Promise<TestStore> {
  const folder = temporaryFolder();
  const fileOf = (code: string) => join(folder, `${code}.jsonl`);
  return {
    where: { folder, redisUrl: null },
    events: async (code) => fromLines(readFileSync(fileOf(code), 'utf8').trim().split('\n')),
    codes: async () => readdirSync(folder).map((name) => name.replace('.jsonl', '')),
    async age(code, ms) {
      const last = (Date.now() - ms) / 1000;
      utimesSync(fileOf(code), last, last);
    },
    endLeases: async () => undefined,
  };
}

async function onRedis(): Promise<TestStore> {
  const port = await freePort();
  const args = ['--port', String(port), '--save', '', '--bind', '127.0.0.1'];
  const redis = await start('redis-server', args, /Ready to accept/);
  ends.push(() => kill(redis));
  const redisUrl = `redis://127.0.0.1:${port}`;
  const client = createClient({ url: redisUrl });
  await client.connect();
  ends.push(() => client.close());
  const keyOf = (code: string) => `depthscope:class:${code}`;
  return {
    where: { folder: '', redisUrl },
    events: async (code) =>
      fromLines(((await client.xRange(keyOf(code), '-', '+')) ?? []).map(({ message }) => message.event ?? '')),
    codes: async () => (await client.keys(keyOf('??????'))).map((key) => key.slice(keyOf('').length)),
    async age(code, ms) {
      // Redis itself forgets it, in two hours from its last word on.
      expect(await client.pTTL(keyOf(code))).toBeGreaterThan(classLimits.quietMs - 60_000);
      await client.pExpire(keyOf(code), classLimits.quietMs - ms);
    },
    async endLeases() {
      const leases = await client.keys('depthscope:server:*');
      for (const lease of leases) expect(await client.ttl(lease)).toBeGreaterThan(0);
      await client.del(leases);
    },
  };
}

export const stores = { files: inFiles, Redis: onRedis };
