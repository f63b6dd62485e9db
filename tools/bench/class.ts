/** `npm run bench -- --class`: what two thousand members cost a server of classes, who first are only there, and then say once a second how far they are. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { quantileSorted } from 'd3-array';
import { io, type Socket } from 'socket.io-client';
import { type Box, joinClass, type MemberClient } from '../../src/classroom/member.ts';
import { type Answer, type MemberView, newSecret, SOCKET_PATH } from '../../src/classroom/protocol.ts';
import { when } from '../../src/session/when.ts';
import { ends, freePort, kill, open, start, temporaryFolder } from '../room/testClass.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

const CLASSES = 50;
/** Of each class; one of them asks how long an answer takes. */
const MEMBERS = 40;
const SECONDS = 20;

const nowhere: Box = { read: () => null, write: () => undefined };

/** Bytes of memory that a process has in use. */
function memoryOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Seconds of processor time that a process has taken. */
function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // In hundredths of a second, of the process and of the kernel for it.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

interface Probe {
  readonly socket: Socket;
  readonly index: number;
}

async function probe(page: string, code: string): Promise<Probe> {
  const socket = io(page, { path: `/${SOCKET_PATH}`, forceNew: true });
  ends.push(() => socket.close());
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const joined: Answer<MemberView> = await socket.emitWithAck('join', { code, token: newSecret() });
  if (!joined.ok || joined.value.index === null) throw new Error('A probe could not join.');
  return { socket, index: joined.value.index };
}

/** Once a second for a while, everybody does something, and each probe waits for an answer. @returns milliseconds of the answers, ascending */
async function latencies(probes: readonly Probe[], everybody: (share: number) => void): Promise<number[]> {
  const found: number[] = [];
  for (let second = 0; second < SECONDS; second++) {
    const next = performance.now() + 1000;
    const share = second / SECONDS;
    everybody(share);
    await Promise.all(
      probes.map(async ({ socket, index }) => {
        const asked = performance.now();
        await socket.emitWithAck('progress', { index, share });
        found.push(performance.now() - asked);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  return found.sort((one, other) => one - other);
}

export async function benchClass(say: Say): Promise<Finished> {
  const folder = temporaryFolder();
  const port = await freePort();
  const script = fileURLToPath(new URL('../room/testServer.ts', import.meta.url));
  const server = await start(process.execPath, ['--import', 'tsx', script, String(port), folder], /ready/);
  ends.push(() => kill(server));
  const { pid = 0 } = server;
  try {
    const page = `http://127.0.0.1:${port}/`;
    const empty = memoryOf(pid);
    const clients: MemberClient[] = [];
    const probes: Probe[] = [];
    for (let each = 0; each < CLASSES; each++) {
      const { code } = await open(page);
      const own = Array.from({ length: MEMBERS - 1 }, () =>
        joinClass({ page, code, token: newSecret(), outbox: nowhere }),
      );
      ends.push(() => own.map((client) => client.leave()));
      await Promise.all(
        own.map((client) => when(client, ({ view, connection }) => view !== null && connection === 'connected')),
      );
      clients.push(...own);
      probes.push(await probe(page, code));
    }
    const members = clients.length + probes.length;
    const measure = async (everybody: (share: number) => void) => {
      const before = secondsOf(pid);
      const sorted = await latencies(probes, everybody);
      const share = (secondsOf(pid) - before) / SECONDS;
      const at = (quantile: number) => quantileSorted(sorted, quantile) ?? Number.NaN;
      return { median: at(0.5), worst20th: at(0.95), memory: memoryOf(pid), cpu: share };
    };
    const idle = await measure(() => undefined);
    const publishing = await measure((share) => {
      for (const { store, progress } of clients) progress(store.getState().view?.index ?? 0, share);
    });
    const report = { type: 'class', members, classes: CLASSES, empty, idle, publishing };
    say(words.classes(report));
    const left = clients.filter(({ store }) => store.getState().connection !== 'connected').length;
    return { report, complaints: left > 0 ? [words.membersLost(left)] : [] };
  } finally {
    for (const end of ends.splice(0).reverse()) await end();
  }
}
