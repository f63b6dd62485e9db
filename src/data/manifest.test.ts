import { describe, expect, it } from 'vitest';
import { ProblemError } from '../experiment/problem.ts';
import { parseManifest } from './manifest.ts';

const chunk = { file: 'train-0.0123abcd.bin', bytes: 100, images: 10, sha256: '0'.repeat(64) };
const valid = {
  version: 1,
  name: 'n',
  source: 's',
  licence: 'MIT',
  inputs: [],
  classes: Array(10).fill('c'),
  statistics: { 14: { mean: 0.3, std: 0.3 }, 28: { mean: 0.3, std: 0.4 } },
  train: { count: 20, chunks: [chunk, { ...chunk, file: 'train-1.0123abcd.bin' }] },
  test: { count: 10, chunks: [{ ...chunk, file: 'test-0.0123abcd.bin' }] },
};

function wrongField(manifest: unknown): unknown {
  try {
    parseManifest(JSON.stringify(manifest));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'data.manifestField') return error.problem.values.field;
  }
  return null;
}

const withChunk = (change: object) => ({ ...valid, train: { count: 10, chunks: [{ ...chunk, ...change }] } });

describe('a manifest', () => {
  it('is read', () => {
    expect(parseManifest(JSON.stringify(valid)).train.chunks).toHaveLength(2);
  });

  it('is refused where it is not JSON, such as the page a server sends in its place', () => {
    expect(() => parseManifest('<!doctype html>')).toThrow(/data\.manifestJson.*manifest\.json/);
  });

  it.each([
    ['version', { ...valid, version: 2 }],
    ['version', []],
    ['classes', { ...valid, classes: ['one'] }],
    ['statistics.14.std', { ...valid, statistics: { ...valid.statistics, 14: { mean: 0.3, std: 0 } } }],
    ['train.count', { ...valid, train: { ...valid.train, count: 21 } }],
    ['test.chunks', { ...valid, test: { count: 10, chunks: [] } }],
    ['train.chunks.0.bytes', withChunk({ bytes: '100' })],
    ['train.chunks.0.images', withChunk({ images: 9.5 })],
    ['train.chunks.0.sha256', withChunk({ sha256: 'abc' })],
    ['train.chunks.0.file', withChunk({ file: '../secret.bin' })],
    ['train.chunks.0.file', withChunk({ file: 'https://example.org/x.bin' })],
  ])('is refused where %s is wrong', (field, manifest) => {
    expect(wrongField(manifest)).toBe(field);
  });
});
