import { describe, expect, test } from 'vitest';
import { aboutLines } from './about.ts';
import { fileNameOf } from './chartFiles.ts';
import { wrapped } from './picture.ts';
import { csvOf, sampledRows } from './table.ts';

describe('A table as CSV', () => {
  test('says where it is from, then heads its columns, and keeps every digit', () => {
    const table = {
      columns: ['step', 'loss (nats)'],
      rows: [
        [1, 0.1234567890123456],
        [2, null],
      ],
    };
    expect(csvOf(table, ['Loss', 'Seed: 1'])).toBe(
      '# Loss\r\n# Seed: 1\r\nstep,loss (nats)\r\n1,0.1234567890123456\r\n2,\r\n',
    );
  });

  test('quotes what would break it, and keeps remarks on their line', () => {
    const table = { columns: ['a, b'], rows: [['say "x"'], ['two\nlines']] };
    expect(csvOf(table, ['one\ntwo'])).toBe('# one two\r\n"a, b"\r\n"say ""x"""\r\n"two\nlines"\r\n');
  });

  test('writes numbers that are not finite by name', () => {
    expect(csvOf({ columns: ['x'], rows: [[Number.NaN], [Number.POSITIVE_INFINITY]] }, [])).toBe(
      'x\r\nNaN\r\nInfinity\r\n',
    );
  });
});

describe('Rows for reading', () => {
  test('are all there where they are few, else evenly spaced with both ends', () => {
    const rows = Array.from({ length: 11 }, (_, index) => index);
    expect(sampledRows(rows, 11)).toEqual(rows);
    expect(sampledRows(rows, 3)).toEqual([0, 5, 10]);
  });
});

describe('Where the figures come from', () => {
  const about = {
    networks: 'Plain, 38 layers',
    link: 'https://example.org/#v=1&a=t7-plain-38',
    seeds: [1, 2],
    engine: 'TensorFlow.js, wasm (CPU, 1 thread, SIMD)',
    data: 'Fashion-MNIST',
  };

  test('names networks, seeds, data, engine, date and link', () => {
    const lines = aboutLines(about, new Date('2026-05-04T10:20:30Z')).join('\n');
    for (const part of [about.networks, '1, 2', about.data, about.engine, '2026-05-04 10:20 UTC', about.link]) {
      expect(lines).toContain(part);
    }
  });

  test('is broken into lines without losing a character of a link', () => {
    const characters = (piece: string) => piece.length;
    const lines = wrapped(`To repeat it: ${about.link}&b=t7-residual-38`, 30, characters);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(30);
    expect(lines.slice(1).join('')).toBe(`${about.link}&b=t7-residual-38`);
    expect(wrapped('x'.repeat(70), 30, characters).map(({ length }) => length)).toEqual([30, 30, 10]);
  });
});

test('A file is called after its chart', () => {
  expect(fileNameOf('Error by step: plain networks', 'svg')).toBe('depthscope-error-by-step-plain-networks.svg');
  expect(fileNameOf('…', 'csv')).toBe('depthscope-chart.csv');
});
