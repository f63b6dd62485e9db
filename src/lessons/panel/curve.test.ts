import { expect, test } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { type MeasurementRecord, quantities } from '../../records/records.ts';
import { appendRecords, emptyRun, type Run } from '../../records/run.ts';
import type { CurveQuestion, Evidence } from '../lesson.ts';
import { curvePoints, summaryOf, tableOf } from './curve.ts';

const question: CurveQuestion = {
  kind: 'draw',
  points: [
    { network: 'a', depth: 8 },
    { network: 'b', depth: 20 },
  ],
};

/** A run of one step that ended with a training error. */
function runOf(trainError: number): Run {
  const layers = Object.fromEntries(quantities.map((quantity) => [quantity, new Float32Array()]));
  const records = [
    { type: 'step', network: 'a', step: 1, loss: 2, learningRate: 0.1, layers, overflow: null },
    { type: 'evaluation', network: 'a', step: 1, trainError, testError: 0.9 },
  ] as unknown as MeasurementRecord[];
  return appendRecords(emptyRun([]), records);
}

const { experiment } = parseLink('#v=1&a=t7-plain-8&b=t7-plain-20');
const evidence: Evidence = { experiment, runs: { a: runOf(0.1234) }, graft: null, blocks: null };

test('A drawn curve is a table of what was predicted and what the run gave, not rounded', () => {
  const points = curvePoints(question, [0.1, 0.25], evidence, true);
  expect(tableOf(points).columns).toHaveLength(3);
  expect(tableOf(points).rows).toEqual([
    [8, 0.1, 0.1234],
    [20, 0.25, null],
  ]);
  expect(summaryOf(points)).toBe(
    'Training error of networks by depth. 8 layers: predicted 10.0%, measured 12.3%; 20 layers: predicted 25.0%.',
  );
});

test('A curve does not give away what the run has reached before its end', () => {
  const points = curvePoints(question, null, evidence, false);
  expect(tableOf(points).rows).toEqual([
    [8, null, null],
    [20, null, null],
  ]);
  expect(summaryOf(points)).toContain('8 layers: nothing yet');
});

test('A measured error of zero is an error', () => {
  const perfect = { ...evidence, runs: { a: runOf(0) } };
  expect(curvePoints(question, null, perfect, true)[0]?.measured).toBe(0);
});
