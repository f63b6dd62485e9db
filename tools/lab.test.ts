import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idx, roundRobin } from '../src/data/readers/madeUp.ts';
import { madeUpCifar, madeUpCounts, madeUpId } from '../src/data/readers/madeUpCifar.ts';
import { python, runPrograms } from '../src/export/testPython.ts';
import { quantities } from '../src/records/records.ts';
import { shareBrowser } from './browserPage.ts';
import { lab as command } from './lab/lab.ts';
import { run, startLab } from './lab/testCommand.ts';

const lab = (...args: readonly string[]) => run(command, ...args);

const folder = mkdtempSync(join(tmpdir(), 'lab-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => shareBrowser());

const records = (text: string): { type: string; network: string; [field: string]: unknown }[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const twins = '#v=1&a=conv-2/2,plain-2&b=conv-2/2,residual-2&norm=batch&train=100&test=100&batch=16';

describe('the headless lab', { timeout: 300_000 }, () => {
  it('writes one JSON record a line: steps, evaluations, examinations, and the result last; and prints a table for people', async () => {
    const file = join(folder, 'records.jsonl');
    const asked = ['--exp', twins, '--steps', '2', '--engine', 'reference', '--examine', 'blocks,gradients'];
    const { status, out, err } = await lab(...asked, '--out', file);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^Network +Depth +Parameters/);
    expect(out).toContain('reference, float64 (CPU, 1 thread)');
    const all = records(readFileSync(file, 'utf8'));
    const steps = all.filter(({ type }) => type === 'step');
    expect(steps.map(({ network, step }) => `${network}${step}`)).toEqual('a1 b1 a2 b2'.split(' '));
    for (const { loss, layers, overflow } of steps) {
      // Hardly trained: that of a guess among ten classes.
      expect(Math.abs(Number(loss) - Math.log(10))).toBeLessThan(0.6);
      expect(overflow).toBeNull();
      expect(layers).toHaveLength(4);
      expect(Object.keys((layers as object[])[0] ?? {})).toEqual(['name', ...quantities]);
    }
    const evaluations = all.filter(({ type, network }) => type === 'evaluation' && network === 'b');
    expect(evaluations.map(({ step }) => step)).toEqual([0, 1, 2]);
    const examined = all.filter(({ type, network }) => type === 'examination' && network === 'b');
    expect(examined).toMatchObject([
      // What a branch adds comes out of a batch norm, whose scale is still near 1.
      { kind: 'blocks', step: 2, images: 32, blocks: [{ layer: 2, branch: expect.closeTo(1, 1) }] },
      { kind: 'gradients', step: 2, done: 20 },
    ]);
    const last = evaluations.at(-1);
    const result = all.at(-1);
    expect(result?.msPerStep).toBeGreaterThan(0);
    expect(result).toMatchObject({
      type: 'result',
      engine: 'reference',
      networks: {
        a: { depth: 4, divergedAt: null },
        b: { depth: 4, trainError: last?.trainError, testError: last?.testError },
      },
    });
  });

  it('examines networks as they start, and prints that as JSON', async () => {
    const asked = ['--exp', twins, '--engine', 'reference', '--examine', 'blocks', '--untrained', '--json'];
    const all = records((await lab(...asked)).out);
    expect(all.some(({ type }) => type === 'step')).toBe(false);
    expect(all.filter(({ type, network }) => type === 'examination' && network === 'b')).toMatchObject([{ step: 0 }]);
  });

  it('trains on wasm in the built page, threads included', async () => {
    const { status, out } = await lab('--exp', twins, '--steps', '2', '--backend', 'wasm', '--json');
    expect(status).toBe(0);
    expect(records(out).at(-1)).toMatchObject({ type: 'result', engine: 'tfjs', backend: 'wasm' });
  });

  it('gives null for numbers that are not finite, and names the step and the layer', async () => {
    const exploding = '#a=conv-4*30&act=linear&norm=none&init=normal&std=10&gain=100&train=100&batch=2';
    const { status, out } = await lab('--exp', exploding, '--steps', '5', '--engine', 'cpu', '--json');
    expect(status).toBe(0);
    const stopped = records(out).findLast(({ type }) => type === 'step');
    expect(stopped?.overflow).toMatchObject({ where: 'activation' });
    expect(records(out).at(-1)).toMatchObject({
      networks: { a: { divergedAt: stopped?.step, trainError: null, testError: null } },
    });
  });

  it('prints a program for the images that are brought, which repeats the run on them', async () => {
    const [side, count, channels] = [16, 12, 3];
    const pixels = Uint8Array.from({ length: count * side * side * channels }, (_, i) => (i * i * 7 + i) % 251);
    const paths = ['images', 'labels'].map((name) => join(folder, name));
    writeFileSync(paths[0] ?? '', idx([count, side, side, channels], pixels));
    writeFileSync(paths[1] ?? '', idx([count], roundRobin(count, 2)));
    const brought = paths.flatMap((path) => ['--data', path]);
    const exp = ['--exp', '#v=1&a=conv-2/2,residual-2&batch=4&lr=0.05', '--steps', '3', '--engine', 'reference'];
    const out = join(folder, 'reproduce.py');
    const { status, err } = await lab(...brought, ...exp, '--code', 'pytorch', '--figures', '--out', out);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const program = readFileSync(out, 'utf8');
    const [, file = ''] = /"file": "(.+?)"/.exec(program) ?? [];
    expect(existsSync(join(folder, file))).toBe(true);
    if (python === null) return;
    const [ended] = runPrograms([{ program, args: ['--data', folder, '--dtype', 'float64', '--verify'] }]);
    expect(ended?.out).toContain('The run is reproduced.');
  });

  it('reads images that are brought as the page does', async () => {
    const path = join(folder, 'pictures.zip');
    writeFileSync(path, (await madeUpCifar())['pictures.zip'] ?? '');
    const exp = ['--exp', '#v=1&a=dense-2&batch=4', '--steps', '1', '--engine', 'reference'];
    const all = records((await lab('--data', path, ...exp, '--json')).out);
    expect(all.find(({ type }) => type === 'data')?.classes).toMatchObject(Array(3).fill(madeUpCounts));
    expect(all.find(({ type }) => type === 'dataName')?.id).toBe(madeUpId);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = startLab('--exp', twins, '--steps', '500', '--engine', 'reference', '--json');
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  it.each([
    ['an unknown option', ['--speed', '3']],
    ['a file that cannot be written', ['--out', join(folder, 'missing', 'records.jsonl')]],
    ['an experiment that needs too much memory', ['--exp', '#a=conv-256*150&size=28&batch=512&steps=1']],
  ])('refuses %s with status 2 and one sentence', async (_, args) => {
    const { status, out, err } = await lab(...args, '--json');
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err.trim()).toMatch(/^[^\n]+\.$/);
    expect(err.trim()).not.toMatch(/[.!?] /);
  });
});
