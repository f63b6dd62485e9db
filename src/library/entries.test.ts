import { describe, expect, it } from 'vitest';
import { cellKey, dataSetOf, type FinishedCell, isOfThisVersion } from '../session/sweeps/finishedCell.ts';
import { differences, entriesOf } from './entries.ts';

function cell(link: string, finishedAt: string, name?: string): FinishedCell {
  return {
    key: link,
    link,
    engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } },
    steps: 100,
    evaluations: [],
    divergedAt: null,
    seconds: null,
    finishedAt,
    ...(name !== undefined && { name }),
  };
}

const plain = cell('#v=1&a=t7-plain-38', '2026-01-01T00:00:00.000Z');
const residual = cell('#v=1&a=t7-residual-38&lr=0.1&seed=7', '2026-01-02T00:00:00.000Z', 'With shortcuts');

describe('the library', () => {
  it('lists the newest run first, by the name that it was given or by network and seed', () => {
    expect(entriesOf([plain, residual]).map(({ name, network }) => [name, network])).toEqual([
      ['With shortcuts', 'Residual, 38 layers, 7×7 maps'],
      ['Plain, 38 layers, 7×7 maps, seed 1', 'Plain, 38 layers, 7×7 maps'],
    ]);
    const [gated] = entriesOf([cell('#v=1&a=t7-residual-38&gate=shortcut', '2026-01-01T00:00:00.000Z')]);
    expect(gated?.name).toBe('Gate −6 (Residual, 38 layers, 7×7 maps), seed 1');
  });

  it('tells in which settings runs differ, and in no others', () => {
    expect(differences(entriesOf([plain, residual]))).toEqual([
      { setting: 'Network', values: ['Residual, 38 layers, 7×7 maps', 'Plain, 38 layers, 7×7 maps'] },
      { setting: 'Learning rate', values: ['0.1', '0.05'] },
      { setting: 'Seed', values: ['7', '1'] },
    ]);
    const own = { engine: 'cpu', backend: 'cpu', device: plain.engine.device };
    expect(differences(entriesOf([plain, { ...plain, engine: own }]))).toEqual([
      { setting: 'Engine', values: ['TensorFlow.js, wasm', 'Fused WebAssembly'] },
    ]);
    expect(differences(entriesOf([plain, plain]))).toEqual([]);
    expect(differences([])).toEqual([]);
  });

  it('says what each run was trained on, which its key knows', () => {
    const [entry] = entriesOf([plain]);
    const key = (data: string) => ({ key: entry ? cellKey(entry.run.experiment, plain.engine, data) : '' });
    expect(dataSetOf(key('Kana 49 8f3a90'))).toBe('Kana 49');
    expect(dataSetOf(key('unnamed 8f3a'))).toBe('unnamed');
    expect(dataSetOf({ key: 'r1' })).toBeNull();
  });

  it('tells what an earlier version of the page has kept from what training gives again', () => {
    const [entry] = entriesOf([plain]);
    const key = entry && cellKey(entry.run.experiment, plain.engine, 'images');
    expect([{ key: key ?? '' }, { key: 'r1 | images' }, { key: 'r31 | images' }].map(isOfThisVersion)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
