import { type ChildProcess, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { hostClass } from '../../src/classroom/client.ts';
import { ends, freePort, kill, open, Student, start, temporaryFolder, until } from './testClass.ts';

const STUDENTS = 40;
const server = fileURLToPath(new URL('testServer.ts', import.meta.url));

afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function hasRedis(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A process that serves classes at a port, whatever becomes of it. */
class Process {
  private child: ChildProcess | null = null;

  constructor(
    readonly port: number,
    private readonly args: readonly string[],
  ) {
    ends.push(() => this.kill());
  }

  get page(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async start(): Promise<void> {
    const args = ['--import', 'tsx', server, String(this.port), ...this.args];
    this.child = await start(process.execPath, args, /ready/);
  }

  async kill(): Promise<void> {
    if (this.child) await kill(this.child);
    this.child = null;
  }
}

/** Forty students hand in two results each, while each server is killed and started again twice and a third of them load their pages again. */
async function classWithInterruptions(servers: readonly [Process, ...Process[]]): Promise<void> {
  await Promise.all(servers.map((each) => each.start()));
  const opened = await open(servers[0].page);
  const teacher = hostClass({ page: servers[0].page, ...opened });
  ends.push(teacher.leave);
  const students = Array.from({ length: STUDENTS }, (_, index) => {
    const student = new Student((servers[index % servers.length] ?? servers[0]).page, opened.code);
    ends.push(() => student.client.leave());
    return student;
  });
  for (const round of [1, 2]) {
    const first = students.slice(0, STUDENTS / 2);
    await Promise.all(first.map((student) => student.train()));
    await Promise.all(servers.map((each) => each.kill()));
    // Meanwhile others are done, and some close their pages before anything could be sent.
    for (const student of students.filter((_, index) => index % 3 === 0)) student.reload();
    const others = Promise.all(students.slice(STUDENTS / 2).map((student) => student.train()));
    await Promise.all(servers.map((each) => each.start()));
    await others;
    if (round === 1) await Promise.all(students.map((student) => student.goOn()));
    else await Promise.all(students.map(({ client }) => until(client.store, ({ waiting }) => waiting === 0)));
  }
  const { results, news } = await until(teacher.store, (state) => state.results.size >= 2 * STUDENTS);
  // Networks are dealt in turn: no two students have trained the same one.
  expect(new Set([...results.values()].map(({ cell }) => cell.key)).size).toBe(2 * STUDENTS);
  const numbers = [...results.values()].map(({ number }) => number).sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 2 * STUDENTS }, (_, index) => Math.floor(index / 2)));
  expect(news?.joined).toBe(STUDENTS);
  expect(students.map(({ client }) => client.store.getState().notTaken)).toEqual(students.map(() => 0));
}

// Most of their time they wait for servers to start.
describe.concurrent('forty students', () => {
  it('lose no result, and hand in none twice, with a server that is killed', async () => {
    const folder = temporaryFolder();
    await classWithInterruptions([new Process(await freePort(), [folder])]);
    const [file = ''] = readdirSync(folder);
    const arrived = readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'arrived');
    expect(arrived).toHaveLength(2 * STUDENTS);
  });

  const isTested = hasRedis();
  if (!isTested)
    console.warn(
      'Classes on Redis, NOT TESTED: there is no redis-server here (on Debian `apt-get install redis-server`).',
    );
  const withRedis = isTested ? it : it.skip;
  withRedis('do so with two servers on Redis (needs redis-server, as Debian has it)', async () => {
    const port = await freePort();
    const redis = await start(
      'redis-server',
      ['--port', String(port), '--save', '', '--bind', '127.0.0.1'],
      /Ready to accept/,
    );
    ends.push(() => kill(redis));
    const args = ['', `redis://127.0.0.1:${port}`];
    await classWithInterruptions([new Process(await freePort(), args), new Process(await freePort(), args)]);
  });
});
