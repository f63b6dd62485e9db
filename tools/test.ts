/**
 * `npm test`: every check there is, in groups, up to the first in which one fails: what takes seconds, and the build; then the unit tests
 * and a minute of random visits beside the browser tests, which leave a core idle while pipelines compile; then the built page.
 * The last line sums up the tests: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { installedPythonWithTorch, noPyTorch } from './python.ts';
import { type Counts, playwrightCounts, sum, vitestCounts } from './test/counts.ts';

interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
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

/** Stages of one group run side by side. Each writes its results to a file of its own in `folder`. */
function stagesIn(folder: string, port: number): readonly (readonly Stage[])[] {
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
  return [
    [
      { name: 'types', command: ['tsc'] },
      { name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
      { name: 'unused code', command: ['knip'] },
      { name: 'build', command: ['vite', 'build', '--logLevel', 'warn'] },
    ],
    [
      { name: 'unit tests', command: vitest('unit', unit), counts: () => vitestCounts(unit) },
      { name: 'browser tests', command: vitest('browser', browser), counts: () => vitestCounts(browser) },
      { name: 'random visits', command: ['tsx', 'tools/fuzz.ts', '--minutes', '1', '--seed', '1'], counts: oneTest },
    ],
    [
      {
        name: 'end-to-end tests',
        command: ['playwright', 'test', '--reporter=list,json'],
        environment: { E2E_PORT: String(port), PLAYWRIGHT_JSON_OUTPUT_NAME: page },
        counts: () => playwrightCounts(page),
      },
    ],
  ];
}

/** Runs a stage with its output on the terminal: as it comes, or, beside others, at its end, so that lines do not mix. */
function succeeds({ command: [program, ...args], environment }: Stage, tools: Tools, alone: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    const child = spawn(join('node_modules', '.bin', program), args, {
      stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: { ...process.env, ...tools, ...environment },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk));
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

/** @returns the names of the stages that failed, of the first group with any */
async function runAll(groups: readonly (readonly Stage[])[], tools: Tools, total: Counts[]): Promise<string[]> {
  for (const group of groups) {
    const failed: string[] = [];
    say(`\n── ${group.map(({ name }) => name).join(', ')} ──`);
    const began = performance.now();
    const run = async (stage: Stage): Promise<void> => {
      const passed = await succeeds(stage, tools, group.length === 1);
      if (stage.counts) total.push(stage.counts(passed));
      if (!passed) failed.push(stage.name);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      say(`── ${stage.name}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
    };
    await Promise.all(group.map(run));
    if (failed.length > 0) return failed;
  }
  return [];
}

async function main(): Promise<void> {
  const python = installedPythonWithTorch();
  const tools = { CHROME_PATH: findBrowser(), ...(python && { PYTHON: python }) };
  const folder = mkdtempSync(join(tmpdir(), 'depthscope-tests-'));
  const total: Counts[] = [];
  const failed = await runAll(stagesIn(folder, await freePort()), tools, total);
  rmSync(folder, { recursive: true });
  if (!python) say(`\n${noPyTorch}.`);
  if (failed.length > 0) say(`\nStopped: ${failed.join(', ')} failed.`);
  const counts = sum(total);
  // A stage without tests that fails, or tests that pass in a run that does not, must not read like success.
  say(`${counts.passed} passed, ${failed.length > 0 ? Math.max(1, counts.failed) : counts.failed} failed`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
