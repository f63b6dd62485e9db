/**
 * `npm test`: every check there is, so that two cores always have something to do: what takes seconds, and the build; then the unit tests
 * and two random visits beside the browser tests; and the built page, as soon as the unit tests are through. What comes after a
 * stage that fails is left out. At its end stands how long each stage took, and in the last line `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser } from './browser.ts';
import { installedPythonWithTorch, noPyTorch } from './python.ts';
import { hasInstalledRedis, noRedis } from './redis.ts';
import { type Counts, playwrightCounts, sum, vitestCounts } from './test/counts.ts';

interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  /** Stages that have to pass first. */
  readonly after: readonly string[];
  /** Reads how many tests passed and failed; stages without tests have none. @param passed the stage as a whole */
  readonly counts?: (passed: boolean) => Counts;
}

/** What stages find outside the repository, as environment variables. */
type Tools = Readonly<Record<string, string>>;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** A stage that is a test by itself. */
function oneTest(passed: boolean): Counts {
  return { passed: Number(passed), failed: Number(!passed) };
}

/** Each writes its results to a file of its own in `folder`. */
function stagesIn(folder: string, port: number): readonly Stage[] {
  const [unit, browser, page] = ['unit', 'browser', 'page'].map((name) => join(folder, `${name}.json`)) as [
    string,
    string,
    string,
  ];
  const vitest = (project: string, file: string): Stage['command'] => [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const quick: readonly Stage[] = [
    { name: 'types', command: ['tsc'], after: [] },
    { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'], after: [] },
    { name: 'unused code', command: ['knip', '--cache'], after: [] },
    { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'], after: [] },
  ];
  const after = quick.map(({ name }) => name);
  return [
    ...quick,
    { name: 'unit tests', command: vitest('unit', unit), after, counts: () => vitestCounts(unit) },
    { name: 'browser tests', command: vitest('browser', browser), after, counts: () => vitestCounts(browser) },
    {
      name: 'random visits',
      command: ['tsx', 'tools/fuzz.ts', '--visits', '2', '--actions', '15', '--seed', '1'],
      after,
      counts: oneTest,
    },
    {
      name: 'end-to-end tests',
      command: ['playwright', 'test', '--reporter=list,json'],
      environment: { E2E_PORT: String(port), PLAYWRIGHT_JSON_OUTPUT_NAME: page },
      after: ['unit tests', 'random visits'],
      counts: () => playwrightCounts(page),
    },
  ];
}

/** Runs a stage, with its output on the terminal at its end, so that lines of stages side by side do not mix. */
function succeeds({ command: [program, ...args], environment }: Stage, tools: Tools): Promise<boolean> {
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    const child = spawn(join('node_modules', '.bin', program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, ...tools, ...environment },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', () => resolve(false));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(output));
      resolve(status === 0);
    });
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

interface Ended {
  readonly name: string;
  /** Null where it was left out. */
  readonly seconds: number | null;
  readonly passed: boolean;
  readonly counts: Counts;
}

const none: Counts = { passed: 0, failed: 0 };

/** Starts each stage as soon as all have passed that come before it. */
function runAll(stages: readonly Stage[], tools: Tools): Promise<readonly Ended[]> {
  const ends = new Map<string, Promise<Ended>>();
  for (const stage of stages) {
    const { name, after, counts } = stage;
    const run = async (): Promise<Ended> => {
      const before = await Promise.all(after.map((each) => ends.get(each)));
      if (!before.every((each) => each?.passed)) return { name, seconds: null, passed: false, counts: none };
      say(`── ${name}`);
      const began = performance.now();
      const passed = await succeeds(stage, tools);
      const seconds = (performance.now() - began) / 1000;
      say(`── ${name}: ${passed ? 'passed' : 'FAILED'}`);
      return { name, seconds, passed, counts: counts?.(passed) ?? none };
    };
    ends.set(name, run());
  }
  return Promise.all(ends.values());
}

function took(name: string, seconds: number | null): string {
  return `${name.padEnd(20)}${seconds === null ? 'left out' : `${seconds.toFixed(1).padStart(7)} s`}`;
}

async function main(): Promise<void> {
  const python = installedPythonWithTorch();
  const isOnRedis = hasInstalledRedis();
  // Commands that are tested serve what the first stages have built.
  const tools = { CHROME_PATH: findBrowser(), BUILT: resolve('dist'), ...(python && { PYTHON: python }) };
  const folder = mkdtempSync(join(tmpdir(), 'depthscope-tests-'));
  const began = performance.now();
  const ended = await runAll(stagesIn(folder, await freePort()), tools);
  rmSync(folder, { recursive: true });
  say('');
  for (const { name, seconds } of ended) say(took(name, seconds));
  say(took('all', (performance.now() - began) / 1000));
  if (!python) say(`\n${noPyTorch}.`);
  if (!isOnRedis) say(`\n${noRedis}.`);
  const failed = ended.filter(({ passed, seconds }) => !passed && seconds !== null).map(({ name }) => name);
  if (failed.length > 0) say(`\nFailed: ${failed.join(', ')}.`);
  const counts = sum(ended.map(({ counts }) => counts));
  // A stage without tests that fails, or tests that pass in a run that does not, must not read like success.
  say(`${counts.passed} passed, ${failed.length > 0 ? Math.max(1, counts.failed) : counts.failed} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
