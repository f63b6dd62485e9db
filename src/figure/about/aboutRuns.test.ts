import { beforeAll, expect, test, vi } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { depthOf } from '../../experiment/stack.ts';
import type { LabRun } from '../../session/store/state.ts';
import { aboutRuns } from './aboutRuns.ts';

beforeAll(() => {
  vi.stubGlobal('location', { href: 'https://example.org/page' });
});

const wasm = { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', threads: 1, simd: true } } as const;

function run(name: string, seed: number, engine: LabRun['engine'] = wasm): LabRun {
  const { experiment } = parseLink(`#v=1&a=${name}&seed=${seed}`);
  const depth = depthOf(experiment.networks[0]?.stack ?? []);
  const errors = { trainError: 0.3, testError: 0.3, divergedAt: null };
  return { depth, kind: 'plain', label: name, seed, steps: 100, conditions: '', ...errors, experiment, engine };
}

test('a chart of finished runs names every network, seed and engine in it, and the links that repeat them', () => {
  const names = ['t7-plain-56', 't7-plain-8', 't7-plain-20', 't7-plain-38', 't7-residual-8'];
  const about = aboutRuns([...names.map((name) => run(name, 1)), run('t7-plain-8', 3), run('t7-plain-8', 3)], 'Kana');
  expect(about?.networks).toBe('t7-plain-8, t7-residual-8, t7-plain-20, t7-plain-38, t7-plain-56');
  expect(about?.seeds).toEqual([1, 3]);
  // Four stand side by side; seed 1 is what a link says that says nothing.
  expect(about?.link.split(' ')).toEqual([
    'https://example.org/page#v=1&a=t7-plain-8&b=t7-residual-8&c=t7-plain-20&d=t7-plain-38',
    'https://example.org/page#v=1&a=t7-plain-56',
    'https://example.org/page#v=1&a=t7-plain-8&seed=3',
  ]);
  expect(about?.data).toBe('Kana · 6,000 train / 1,000 test');
});

test('runs of two engines name both', () => {
  const webgpu = { ...wasm, engine: 'webgpu', backend: 'webgpu' };
  const { engine = '' } = aboutRuns([run('t7-plain-8', 1), run('t7-plain-20', 1, webgpu)], null) ?? {};
  expect(engine.split('; ')).toHaveLength(2);
});

test('without runs there is nothing to say', () => {
  expect(aboutRuns([], null)).toBeNull();
});
