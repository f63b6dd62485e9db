/** The program of a sweep, as its processes run it: two shares, one of them ended and started again, come to what one process does. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { noPyTorch } from '../../tools/python.ts';
import { pythonSources } from '../../tools/pythonSources.ts';
import { dataName } from '../data/dataName.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { sweepCells } from '../experiment/sweep/cells.ts';
import { defaultSweep } from '../experiment/sweep/sweep.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import { readCells } from '../session/sweeps/importedCells.ts';
import { sweepProgram } from './sweepProgram.ts';
import { python, runPrograms, shipped } from './testPython.ts';

const { experiment } = parseLink('#v=1&a=conv-2/2,plain-2&train=100&batch=8&steps=6');
const sweep = { ...defaultSweep(experiment), axis: 'lr', values: [0.05, 0.1], seeds: [1] } as const;
const made = sweepCells(experiment, sweep);
const cells = made.ok ? made.value : [];

const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'depthscope_sweep.py');
writeFileSync(file, sweepProgram(pythonSources, experiment, sweep, cells, shipped));

const program = readFileSync(file, 'utf8');

const args = (results: string) => ['--device', 'cpu', '--threads', '1', '--results', join(folder, results)];

/**
 * Starts a share, and asks it to end once it has finished a cell, as a scheduler does.
 *
 * @returns its exit status, or the signal that has ended it, and all that it said
 */
function ended(
  results: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly by: number | string | null; readonly said: string }> {
  const child = spawn(python ?? '', [file, ...args(results)], { env: { ...process.env, ...environment } });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const hadCell = said.includes('1 of ');
    said += text;
    // A library's warning is no cell, and comes before the program hears signals.
    if (!hadCell && said.includes('1 of ')) child.kill('SIGTERM');
  });
  return new Promise((resolve) => child.on('close', (status, signal) => resolve({ by: status ?? signal, said })));
}

/** What the files of a folder hold, but for when and how fast; as the page reads them. */
function records(results: string) {
  const read = readdirSync(join(folder, results))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => readCells(name, readFileSync(join(folder, results, name), 'utf8'), dataName(shipped.manifest)));
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
  const lasting = ({ key, evaluations, divergedAt, engine }: FinishedCell) => ({
    key,
    evaluations,
    divergedAt,
    engine,
  });
  return read.flatMap((each) => each.cells.map(lasting)).sort((one, other) => one.key.localeCompare(other.key));
}

describe.skipIf(python === null)(python === null ? noPyTorch : 'a sweep on other machines', () => {
  it('comes to the same in two shares, one of which was ended on the way, as in one process', async () => {
    const [first, second] = [
      { RANK: '0', WORLD_SIZE: '2' },
      { SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '2' },
    ];
    const { by, said } = await ended('shares', first);
    expect(by, said).toBe(143);
    const before = records('shares').length;
    expect(before).toBeLessThan(2);
    expect(readdirSync(join(folder, 'shares')).some((name) => name.endsWith('.pt'))).toBe(true);
    const went = runPrograms([
      { program, args: args('shares'), environment: first },
      { program, args: args('shares'), environment: second },
      // All of it, which finds nothing of theirs.
      { program, args: args('whole') },
    ]);
    expect(went).toMatchObject(went.map(() => ({ status: 0, said: '' })));
    const all = records('shares');
    expect(all).toHaveLength(cells.length);
    expect(records('whole')).toEqual(all);
    expect(readdirSync(join(folder, 'shares')).filter((name) => name.endsWith('.pt'))).toEqual([]);
  });

  it('finds its share as each launcher says it, says what it takes, and refuses with a sentence what it cannot do', () => {
    const [body = ''] = program.split('if __name__ ==');
    const asked = `print(json.dumps([share_of(None, environment) for environment in json.loads(${JSON.stringify(JSON.stringify(launchers.map(([environment]) => environment)))})]))`;
    const results = join(folder, 'whole');
    const [shares, dry, none, lonely, lost] = runPrograms([
      { program: `${body}\n${asked}`, args: [] },
      { program, args: ['--device', 'cpu', '--dry-run', '--results', results] },
      { program, args: ['--shard', '4/4'] },
      { program, args: [], environment: { JOB_COMPLETION_INDEX: '1' } },
      { program, args: ['--data', '/nowhere', '--shard', '0/1', '--results', join(folder, 'lost')] },
    ]);
    expect(JSON.parse(shares?.out ?? '')).toEqual(launchers.map(([, share]) => share));
    expect(dry?.out).toMatch(
      /^Cells: 4, of which 4 are in .*\nArithmetic: \S+ FLOP\.\nMemory: .* MB.*\nSpeed: .*\nTime: about \S+ hours/,
    );
    expect(none?.said).toMatch(/^--shard 4\/4 is no share: write i\/n/);
    expect(lonely?.said).toMatch(/set JOB_COMPLETIONS/);
    expect(lost?.said).toMatch(/train-0.* cannot be read from \/nowhere.*--data\.$/);
  });
});

/** What launchers say to a process, and which share it is. */
const launchers: readonly (readonly [Readonly<Record<string, string>>, readonly [number, number]])[] = [
  [{}, [0, 1]],
  [{ RANK: '3', WORLD_SIZE: '8', SLURM_ARRAY_TASK_ID: '1' }, [3, 8]],
  [{ SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '4' }, [2, 4]],
  [{ SLURM_PROCID: '5', SLURM_NTASKS: '6' }, [5, 6]],
  [{ SLURM_ARRAY_TASK_ID: '1', SLURM_ARRAY_TASK_COUNT: '2', SLURM_PROCID: '2', SLURM_NTASKS: '4' }, [6, 8]],
  [{ JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '5' }, [2, 5]],
];
