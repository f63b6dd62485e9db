import { describe, expect, it } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { cellKey, type FinishedCell } from './finishedCell.ts';
import { readCells } from './importedCells.ts';

const data = 'Noise 0123abcd';
const engine: FinishedCell['engine'] = {
  engine: 'pytorch',
  backend: 'cuda float32',
  device: { kind: 'gpu', name: 'NVIDIA H100' },
};

function cell(link = '#v=1&a=t7-plain-8&steps=20', changes: Partial<FinishedCell> = {}): FinishedCell {
  return {
    key: cellKey(parseLink(link).experiment, engine, data),
    link,
    engine,
    steps: 20,
    evaluations: [
      { step: 0, trainError: 0.9, testError: 0.9 },
      { step: 20, trainError: 0.3, testError: 0.4 },
    ],
    divergedAt: null,
    seconds: 3,
    finishedAt: '2026-12-01T00:00:00.000Z',
    ...changes,
  };
}

const text = (...lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join('\n');
const codes = (of: string) => readCells('x.jsonl', of, data).problems.map(({ code }) => code);

describe('a file of records', () => {
  it('is taken line by line, whatever else its writer says of each', () => {
    const other = cell('#v=1&a=t7-residual-8&steps=20');
    const lines = text({ ...cell(), type: 'cell', trial_id: 'a1', config: {} }, other);
    expect(readCells('x.jsonl', `\n${lines}\n`, data)).toEqual({ cells: [cell(), other], problems: [] });
  });

  it('may end in a line that was cut off, which is named', () => {
    const { cells, problems } = readCells('x.jsonl', `${text(cell())}\n{"key":"r4`, data);
    expect(cells).toHaveLength(1);
    expect(problems).toEqual([{ code: 'imported.damaged', values: { file: 'x.jsonl', count: 1, line: 2 } }]);
  });

  it('is empty', () => expect(codes(' \n')).toEqual(['imported.empty']));

  it('has cells of another version, or of other images', () => {
    const { key } = cell();
    expect(codes(text(cell('', { key: key.replace(/^r\d+/, 'r0') })))).toEqual(['imported.otherVersion']);
    expect(codes(text(cell(undefined, { key: key.replace('0123abcd', '0123abce') })))).toEqual(['imported.otherData']);
  });

  it.each([
    ['a key of another link', { link: '#v=1&a=t7-plain-14&steps=20' }],
    ['a key of another device', { engine: { ...engine, device: { kind: 'gpu', name: 'NVIDIA A100' } } as const }],
    ['a link that says more than can be followed', { link: '#v=1&a=t7-plain-8&steps=20&colour=red' }],
    ['a run that has not ended', { steps: 10 }],
    ['errors in the wrong order', { evaluations: cell().evaluations.toReversed() }],
    ['no error at its end', { evaluations: cell().evaluations.slice(0, 1) }],
    ['a divergence at another step than its last', { divergedAt: 7 }],
  ])('has a cell with %s', (_, changes: Partial<FinishedCell>) => {
    expect(codes(text(cell(undefined, { key: cell().key, ...changes })))).toEqual(['imported.otherRun']);
  });
});
