/** Classes for tests: processes that serve them, and members who are the page's own client and hand in results that somebody could have trained. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { openClass } from '../../src/classroom/host.ts';
import { type Box, joinClass, type MemberClient } from '../../src/classroom/member.ts';
import { planCell } from '../../src/classroom/plan.ts';
import { newSecret, type Plan } from '../../src/classroom/protocol.ts';
import { formatLink } from '../../src/experiment/link.ts';
import { parseLink } from '../../src/experiment/parseLink.ts';
import { cellOf, type FinishedCell } from '../../src/session/sweeps/finishedCell.ts';
import { when } from '../../src/session/when.ts';
import type { EngineInfo } from '../../src/session/worker/protocol.ts';
import type { ServeOptions } from './serve.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a test has to end, the last first. */
export const ends: (() => unknown)[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'depthscope-room-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const data = 'Noise 0123abcd';
/** Of experiments that train for moments. */
export const plan: Plan = {
  link: formatLink(parseLink('#v=1&a=t7-plain-8&steps=10&train=500').experiment),
  depths: [8, 20],
};

const engine: EngineInfo = {
  engine: 'cpu',
  backend: 'cpu',
  device: { kind: 'cpu', simd: true, threads: 2, fma: true },
};

/** A result of a network, as its member's page would send it. */
export function madeUp(of: Plan, index: number): FinishedCell {
  const cell = planCell(of, index);
  if (!cell) throw new Error(`No network ${index}.`);
  const { experiment } = cell;
  const { steps } = experiment.training;
  const evaluations = [0, steps].map((step) => ({ step, trainError: 0.9 - step / 20, testError: 0.91 - step / 20 }));
  const ended = { divergedAt: null, isFinished: true, isRepeatable: true };
  return cellOf({ experiment, engine, steps, evaluations, ...ended }, engine, data, null);
}

function box(): Box {
  let text: string | null = null;
  return {
    read: () => text,
    write: (written) => {
      text = written;
    },
  };
}

/** Opens a class. @returns its code, and the secret of its teacher */
export async function open(page: string): Promise<{ readonly code: string; readonly secret: string }> {
  const secret = newSecret();
  const answer = await openClass(page, { plan, data, secret });
  if (!answer?.ok) throw new Error(`No class: ${JSON.stringify(answer)}`);
  return { code: answer.value.code, secret };
}

/** A member as long as a class lasts, whatever becomes of its connections. */
export class Student {
  readonly token = newSecret();
  readonly outbox = box();
  client: MemberClient;

  constructor(
    private readonly page: string,
    private readonly code: string,
  ) {
    this.client = this.join();
  }

  private join(): MemberClient {
    return joinClass({ page: this.page, code: this.code, token: this.token, outbox: this.outbox });
  }

  /** The page is closed, and opened again. */
  reload(): void {
    this.client.leave();
    this.client = this.join();
  }

  /** Hands in the result of its network, as soon as it has one whose result has not arrived. */
  async train(): Promise<void> {
    const { view } = await when(this.client, ({ view: shown }) => shown !== null && !shown.isDone);
    if (view?.index == null) throw new Error('No network.');
    this.client.progress(view.index, 0);
    this.client.handIn(view.index, madeUp(view.plan, view.index));
  }

  /** Waits until its result has arrived, and gets another network. */
  async goOn(): Promise<void> {
    const { view } = await when(this.client, ({ view: shown, waiting }) => waiting === 0 && shown?.isDone === true);
    this.client.next();
    await when(this.client, ({ view: shown }) => shown?.index !== view?.index);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** A program that says a word when it is ready, and can be killed. */
export async function start(command: string, args: readonly string[], ready: RegExp): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (said) => ready.test(String(said)) && resolve());
    child.once('exit', () => reject(new Error(`${command} ended.`)));
  });
  return child;
}

/** Without a moment to tidy up, as when a machine loses its power. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

let bundled: Promise<string> | null = null;

/** The server in one file, which starts sooner than many do. @returns its path */
async function bundle(): Promise<string> {
  const ssr = fileURLToPath(new URL('testServer.ts', import.meta.url));
  const built = await build({ root, configFile: false, logLevel: 'warn', build: { ssr, write: false } });
  const [{ code }] = (built as Rolldown.RolldownOutput).output;
  // Beside the modules that it imports; other tests may read it at this moment.
  const file = join(root, 'node_modules', '.cache', 'testServer.mjs');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

/** A process that serves classes at a port, whatever becomes of it. */
export class Process {
  private child: ChildProcess | null = null;
  private port = 0;

  constructor(private readonly where: Pick<ServeOptions, 'folder' | 'redisUrl'>) {
    ends.push(() => this.kill());
  }

  get page(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async start(): Promise<void> {
    bundled ??= bundle();
    this.port ||= await freePort();
    const { folder, redisUrl } = this.where;
    const args = [await bundled, String(this.port), folder, ...(redisUrl === null ? [] : [redisUrl])];
    this.child = await start(process.execPath, args, /ready/);
  }

  async kill(): Promise<void> {
    if (this.child) await kill(this.child);
    this.child = null;
  }
}
