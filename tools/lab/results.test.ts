import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { FinishedCell } from '../../src/session/sweeps/finishedCell.ts';
import { openResults } from './results.ts';

const folder = mkdtempSync(join(tmpdir(), 'results-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cell: FinishedCell = {
  key: 'r1 | noise',
  link: '#v=1',
  engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } },
  steps: 1,
  evaluations: [],
  divergedAt: null,
  seconds: 1,
  finishedAt: '2026-01-01T00:00:00.000Z',
};

it('the beginning of a line that did not fit on the disk does not spoil the next one', () => {
  const file = join(folder, 'cells.jsonl');
  const results = openResults(file);
  rmSync(file);
  mkdirSync(file);
  const line = JSON.stringify(cell);
  expect(() => results.keep(line)).toThrow('EISDIR');
  rmdirSync(file);
  writeFileSync(file, line.slice(0, 20));
  results.keep(line);
  expect(openResults(file).find(cell.key)).toBe(line);
});
