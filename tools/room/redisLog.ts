/**
 * The logs of many processes: each class is a stream in Redis, whose order all of them follow, and which Redis forgets when nobody has said a word for long. A process
 * reads on when another one says that a class has news, and now and then without.
 */
import type { RedisClientType } from 'redis';
import { classLimits } from '../../src/classroom/protocol.ts';
import type { ClassLog } from './log.ts';
import type { ClassEvent } from './state.ts';

const PREFIX = 'depthscope:class:';
const SERVER_PREFIX = 'depthscope:server:';
/** A process that has given no sign of life for so long is at work no more. */
const SERVER_SECONDS = 20;
const SIGN_MS = 5000;

interface Followed {
  readonly apply: (event: ClassEvent) => void;
  /** The last entry that was handed over. */
  last: string;
  reading: Promise<void>;
  /** A reading that has been asked for and has not begun: it serves whoever asks until it does. */
  next: Promise<void> | null;
}

export interface RedisLog extends ClassLog {
  /** Another process has appended something to a class. */
  changed(code: string): void;
}

/**
 * @param server the name of this process
 * @param tell lets the other processes know that a class has news
 */
export async function redisLog(
  client: RedisClientType,
  server: string,
  tell: (code: string) => void,
): Promise<RedisLog> {
  const followed = new Map<string, Followed>();
  const keyOf = (code: string): string => PREFIX + code;
  const sign = () => client.set(SERVER_PREFIX + server, '1', { expiration: { type: 'EX', value: SERVER_SECONDS } });
  await sign();
  const signs = setInterval(() => void sign().catch(() => undefined), SIGN_MS);

  async function read(code: string, log: Followed): Promise<void> {
    for (const { id, message } of (await client.xRange(keyOf(code), `(${log.last}`, '+')) ?? []) {
      log.last = id;
      log.apply(JSON.parse(message.event ?? 'null'));
    }
  }

  function readOn(code: string): Promise<void> {
    const log = followed.get(code);
    if (!log) return Promise.resolve();
    log.next ??= log.reading
      .catch(() => undefined)
      .then(() => {
        log.next = null;
        log.reading = read(code, log);
        return log.reading;
      });
    return log.next;
  }

  async function append(code: string, event: ClassEvent): Promise<boolean> {
    const id = await client.xAddNoMkStream(keyOf(code), '*', { event: JSON.stringify(event) });
    if (id === null) return false;
    await client.pExpire(keyOf(code), classLimits.quietMs);
    tell(code);
    await readOn(code);
    return true;
  }

  return {
    async create(code, opened) {
      // Two processes that draw the same code at once: one of them gets it.
      const lock = { condition: 'NX', expiration: { type: 'PX', value: classLimits.quietMs } } as const;
      if ((await client.exists(keyOf(code))) > 0) return false;
      if ((await client.set(`${PREFIX}${code}:taken`, '1', lock)) === null) return false;
      await client.xAdd(keyOf(code), '*', { event: JSON.stringify(opened) });
      await client.pExpire(keyOf(code), classLimits.quietMs);
      return true;
    },
    async follow(code, apply) {
      if ((await client.exists(keyOf(code))) === 0) return false;
      followed.set(code, { apply, last: '0', reading: Promise.resolve(), next: null });
      await readOn(code);
      return true;
    },
    append,
    forget: (code) => void followed.delete(code),
    async remove(code) {
      followed.delete(code);
      await client.del([keyOf(code), `${PREFIX}${code}:taken`]);
      tell(code);
    },
    async count() {
      let count = 0;
      for await (const keys of client.scanIterator({ MATCH: `${PREFIX}??????`, COUNT: 1000 })) count += keys.length;
      return count;
    },
    async tend() {
      const gone: string[] = [];
      for (const code of followed.keys()) {
        if ((await client.exists(keyOf(code))) === 0) gone.push(code);
        else await readOn(code);
      }
      for (const code of gone) followed.delete(code);
      return gone;
    },
    isAtWork: async (name) => name === server || (await client.exists(SERVER_PREFIX + name)) > 0,
    changed: (code) => void readOn(code).catch(() => undefined),
    async close() {
      clearInterval(signs);
      followed.clear();
      await client.del(SERVER_PREFIX + server);
    },
  };
}
