import { expect, it } from 'vitest';
import { benchCases, quickCase } from './cases.ts';
import { summaryOf } from './engines.ts';
import type { StepFigures } from './race.ts';
import { caseReport } from './result.ts';

function step(ms: number, jsMs: number, dispatches: number | null): StepFigures {
  const submits = dispatches === null ? null : 1;
  return { loss: 2, ms, jsMs, dispatches, submits, bytes: dispatches === null ? null : 100 };
}

it('reports the medians of the steps that count, null without a GPU, and errors as they are', () => {
  const report = caseReport(quickCase, {
    webgpu: { losses: [], steps: [step(9, 0.5, 70), step(2.00049, 0.1, 70), step(3, 0.3, 70)] },
    'tfjs-wasm': { losses: [], steps: [step(50, 49, null), step(52, 51, null)] },
    'jax-js': { error: 'too large' },
  });
  expect(report).toEqual({
    network: 'resnet-8',
    width: 8,
    size: 28,
    batch: 32,
    results: {
      webgpu: { msPerStep: 3, dispatches: 70, submits: 1, bytes: 100, jsMs: 0.3 },
      'tfjs-wasm': { msPerStep: 51, dispatches: null, submits: null, bytes: null, jsMs: 50 },
      'jax-js': { error: 'too large' },
    },
  });
});

it('covers every network at every width and size', () => {
  const names = benchCases([8, 20], [8, 16], [14, 28]).map(({ depth, width, size }) => `${depth}/${width}/${size}`);
  expect(names).toEqual('8/8/14 8/8/28 8/16/14 8/16/28 20/8/14 20/8/28 20/16/14 20/16/28'.split(' '));
});

it('puts all cases into one table, with times as many as those of the first contender', () => {
  const [fast, slow] = [
    { losses: [], steps: [step(10, 9, null)] },
    { losses: [], steps: [step(25, 24, null)] },
  ];
  const reports = [
    caseReport(quickCase, { cpu: fast, torch: slow }),
    caseReport({ ...quickCase, depth: 20 }, { cpu: fast, torch: { error: 'no memory' } }),
  ];
  expect(summaryOf(reports)).toEqual([
    '|  | `cpu` | `torch` |',
    '| --- | --- | --- |',
    '| resnet-8, width 8, 28×28, batch 32 | 10.0 ms | 25.0 ms (2.50) |',
    '| resnet-20, width 8, 28×28, batch 32 | 10.0 ms | – |',
  ]);
});
