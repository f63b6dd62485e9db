/**
 * The threads that compute a run together: the one that asks for it, and helpers. Helpers sleep between runs; a number in memory of their own
 * tells them that there is one, and which. New programs reach them as messages, for which they have to be woken.
 */
import { answerWithin } from '../../../experiment/answerWithin.ts';

/** What helpers are told. */
export interface LoadMessage {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly hosts: readonly string[];
}

/**
 * Words of the memory by which helpers are told: how often they were, which program is to run (0 is none), and how many messages they
 * were sent, as a helper that sleeps hears none.
 */
export const words = { told: 0, program: 1, sent: 2 } as const;

export interface Team {
  readonly threads: number;
  /** @returns the number of the program, once all helpers have it */
  load(module: WebAssembly.Module, memory: WebAssembly.Memory, hosts: readonly string[]): Promise<number>;
  /** Forgets a program. */
  unload(id: number): void;
  /** Sends all helpers into a program that was loaded; the caller runs it as thread 0. */
  start(id: number): void;
  dispose(): void;
}

/** Nobody but the one who asks. */
export const alone: Team = {
  threads: 1,
  load: async () => 0,
  unload: () => {},
  start: () => {},
  dispose: () => {},
};

/** What a team needs of a worker, of a page or of Node. */
export interface Helper {
  postMessage(message: unknown): void;
  /** Calls back for every message, and where the helper cannot go on. */
  listen(onMessage: (message: unknown) => void, onError: (error: unknown) => void): void;
  terminate(): void;
}

export function helperIn(worker: Worker): Helper {
  return {
    postMessage: (message) => worker.postMessage(message),
    listen: (onMessage, onError) => {
      worker.addEventListener('message', ({ data }) => onMessage(data));
      worker.addEventListener('error', ({ message }) => onError(new Error(message ?? 'a thread has ended')));
    },
    terminate: () => worker.terminate(),
  };
}

/**
 * @param make starts helper number 1, 2 … with the memory by which it is told; it answers once it listens, and to every program that it has loaded
 */
async function createTeam(
  threads: number,
  make: (control: SharedArrayBuffer, thread: number) => Helper,
): Promise<Team> {
  const memory = new SharedArrayBuffer(12);
  const control = new Int32Array(memory);
  // The memory itself.
  control[words.sent] = 1;
  const helpers = Array.from({ length: threads - 1 }, (_, i) => make(memory, i + 1));
  // Each helper answers every message, in order; whoever waits for all of them waits for as many answers.
  interface Wait {
    left: number;
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Wait[][] = helpers.map(() => []);
  helpers.forEach((helper, i) => {
    const onMessage = () => {
      const first = waiting[i]?.shift();
      if (first && --first.left === 0) first.resolve();
    };
    helper.listen(onMessage, (error) => {
      for (const { reject } of waiting[i] ?? []) reject(error);
    });
  });
  const answered = () =>
    new Promise<void>((resolve, reject) => {
      const wait = { left: helpers.length, resolve, reject };
      for (const list of waiting) list.push(wait);
    });
  const tell = (program: number) => {
    Atomics.store(control, words.program, program);
    Atomics.add(control, words.told, 1);
    Atomics.notify(control, words.told);
  };
  let last = 0;
  const sendAll = (message: unknown) => {
    Atomics.add(control, words.sent, 1);
    for (const helper of helpers) helper.postMessage(message);
    tell(0);
  };
  await answered();
  return {
    threads,
    load: async (module, of, hosts) => {
      const id = ++last;
      const done = answered();
      sendAll({ id, module, memory: of, hosts } satisfies LoadMessage);
      await done;
      return id;
    },
    unload: (id) => {
      const done = answered();
      sendAll({ id });
      done.catch(() => undefined);
    },
    start: tell,
    dispose: () => {
      for (const helper of helpers) helper.terminate();
    },
  };
}

/** Milliseconds in which helpers must have started: a page's policy may keep their files from it without a word. */
export const START_MS = 10_000;

/**
 * A team whose helpers are workers of a page, or of a worker.
 * @param page whose own thread helpers give way to
 * @throws Error where they do not start
 */
export async function startTeam(threads: number, page?: SharedArrayBuffer): Promise<Team> {
  const workers: Worker[] = [];
  const make = (control: SharedArrayBuffer, thread: number): Helper => {
    const worker = new Worker(new URL('./helper.ts', import.meta.url), { type: 'module', name: `computing ${thread}` });
    workers.push(worker);
    worker.postMessage({ control, thread, page });
    return helperIn(worker);
  };
  try {
    return await answerWithin(START_MS, 'the threads', () => createTeam(threads, make));
  } catch (error) {
    for (const worker of workers) worker.terminate();
    throw error;
  }
}
