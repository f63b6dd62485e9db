import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareBrowser } from '../browserPage.ts';
import { lab as command } from './lab.ts';
import { run, startLab } from './testCommand.ts';

const lab = (...args: readonly string[]) => run(command, ...args);

const folder = mkdtempSync(join(tmpdir(), 'sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => shareBrowser());

interface CellLine {
  readonly type: string;
  readonly value: number;
  readonly kind: string;
  readonly seed: number;
  readonly found: boolean;
  readonly link: string;
  readonly evaluations: readonly object[];
}

function lines(text: string): CellLine[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const base = [
  '--exp',
  '#v=1&a=conv-2/2,plain-2&norm=batch&train=500&test=200&batch=16',
  '--steps',
  '2',
  '--engine',
  'reference',
];
const sweep = [...base, '--sweep', 'lr:0.05,0.1', '--seeds', '7', '--json'];

/** Starts a sweep and kills it, with everything that it started, once it has printed a number of lines. */
function killedAfter(count: number, args: readonly string[]): Promise<void> {
  const child = startLab(...args);
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
    if (out.split('\n').length > count && child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  return new Promise((resolve) => child.on('close', () => resolve()));
}

describe('a sweep from the command line', { timeout: 300_000 }, () => {
  it('goes on where it was killed, and its cells are single runs, bit for bit', async () => {
    const results = join(folder, 'cells.jsonl');
    await killedAfter(2, [...sweep, '--results', results]);
    const before = readFileSync(results, 'utf8').trim().split('\n').length;
    expect(before).toBeGreaterThanOrEqual(2);
    expect(before).toBeLessThan(4);
    // As if the kill had come in the middle of a line.
    appendFileSync(results, '{"key":"r1 | Fash');

    const { status, out, err } = await lab(...sweep, '--results', results);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const printed = lines(out);
    const cells = printed.filter(({ type }) => type === 'cell');
    expect(cells).toHaveLength(4);
    expect(cells.filter(({ found }) => found)).toHaveLength(before);
    expect(printed.at(-1)).toMatchObject({ type: 'sweep', axis: 'lr', engine: 'reference' });

    const last = cells.at(-1);
    const single = await lab('--exp', last?.link ?? '', '--engine', 'reference', '--json');
    const evaluations = lines(single.out).filter(({ type }) => type === 'evaluation');
    expect(evaluations.map(({ type, network, ...errors }: CellLine & { network?: string }) => errors)).toEqual(
      last?.evaluations,
    );
  });

  it('is found whole in the link that the page shares, and printed as a table', async () => {
    const results = join(folder, 'linked.jsonl');
    const hash = '#v=1&a=conv-2/2,plain-2&norm=batch&train=100&test=100&batch=16&steps=1&sweep=norm:batch&seeds=4';
    const { status, out } = await lab('--exp', hash, '--engine', 'reference', '--results', results);
    expect(status).toBe(0);
    expect(out).toMatch(/^norm +Networks +Training error/);
    expect(out).toMatch(/batch +residual +\d/);
  });

  it('refuses a results file that cannot be written with status 2 and one sentence', async () => {
    const { status, out, err } = await lab('--sweep', 'depth:8', '--results', folder, '--json');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.trim()).toMatch(/^[^\n]+\.$/);
    expect(err.trim()).not.toMatch(/[.!?] /);
  });
});
