/** The checks, on runs made up by hand: what they find, and that they say so where the effect is not there. */
import { describe, expect, it } from 'vitest';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import type { BlocksReport } from '../../instruments/layers/blocksReport.ts';
import type { GraftReport } from '../../records/graft.ts';
import { quantities } from '../../records/records.ts';
import { appendRecords, emptyRun, type Run } from '../../records/run.ts';
import type { Evidence, Part } from '../lesson.ts';
import { at, experimentAt } from './all.ts';
import { graftsOnto } from './grafts.ts';

/** A run of one step with these values at its conv layers, input first, and these errors behind it. */
function runOf(network: NetworkId, signal: readonly number[], errors: readonly number[] = [], weight = signal): Run {
  const names = [...signal.map((_, i) => `conv ${i + 1}`), 'classifier'];
  const zeros = new Float32Array(names.length);
  const layers = Object.fromEntries(quantities.map((quantity) => [quantity, zeros])) as Record<
    (typeof quantities)[number],
    Float32Array
  >;
  layers.signalGradient = Float32Array.from([...signal, 1]);
  layers.weightGradient = Float32Array.from([...weight, 1]);
  const step = { type: 'step', network, step: 1, loss: 2.3, learningRate: 0.1, layers, overflow: null } as const;
  const evaluations = errors.map((trainError, i) => ({
    type: 'evaluation' as const,
    network,
    step: i,
    trainError,
    testError: trainError,
  }));
  return appendRecords(emptyRun(names), [step, ...evaluations]);
}

function overflowed(network: NetworkId): Run {
  return { ...runOf(network, [1], [0.9]), overflow: { where: 'loss', layer: null, step: 1 } };
}

function evidenceOf(lesson: number, part: number, runs: Evidence['runs'], more: Partial<Evidence> = {}) {
  const place = { lesson, part };
  const evidence: Evidence = { experiment: experimentAt(place, 'small'), runs, graft: null, blocks: null, ...more };
  const found: Part = at(place).part;
  const truth = found.question?.kind === 'choose' ? found.question.truth(evidence) : null;
  return { findings: found.check?.(evidence) ?? null, truth };
}

const errors = (...values: readonly number[]): Evidence['runs'] =>
  Object.fromEntries(values.map((error, i) => [networkIds[i], runOf(networkIds[i] ?? 'a', [1, 1], [0.9, error])]));

describe('twins', () => {
  it('show the gap between plain and residual, and who was better', () => {
    const { findings, truth } = evidenceOf(5, 2, errors(0.8, 0.3));
    expect(findings).toMatchObject({ isShown: true, values: { plain: 0.8, residual: 0.3, gap: 0.5 } });
    expect(truth).toBe('residual');
  });

  it('do not show it where the two are alike, or the plain one is better', () => {
    expect(evidenceOf(5, 2, errors(0.31, 0.3))).toMatchObject({ findings: { isShown: false }, truth: 'close' });
    expect(evidenceOf(9, 0, errors(0.2, 0.4))).toMatchObject({ findings: { isShown: false }, truth: 'plain' });
  });

  it('say nothing where one of them has overflowed', () => {
    expect(evidenceOf(5, 2, { ...errors(0.3), b: overflowed('b') })).toEqual({ findings: null, truth: null });
  });
});

describe('vanishing', () => {
  const falling = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1];

  it('is a factor per layer that is alike in all stacks', () => {
    const runs = { a: runOf('a', falling, [0.9]), b: runOf('b', falling, [0.9]), c: runOf('c', falling, [0.9]) };
    const { findings, truth } = evidenceOf(2, 0, runs);
    expect(findings?.isShown).toBe(true);
    expect(findings?.values.twelve).toBeCloseTo(0.1, 5);
    expect(findings?.values.shrinks).toBeCloseTo(1e5, -1);
    expect(truth).toBe('million');
  });

  it('is not there where the signal stays level', () => {
    const runs = { a: runOf('a', [1, 1, 1]), b: runOf('b', [1, 1, 1]), c: runOf('c', [1, 1, 1]) };
    expect(evidenceOf(2, 0, runs)).toMatchObject({ findings: { isShown: false }, truth: 'same' });
  });

  it('is hidden only where the weight gradient is flat while the signal fades', () => {
    const flat = {
      a: runOf(
        'a',
        falling,
        [],
        falling.map(() => 1),
      ),
      b: runOf(
        'b',
        falling,
        [],
        falling.map(() => 1),
      ),
    };
    expect(evidenceOf(2, 1, flat)).toMatchObject({ findings: { isShown: true }, truth: 'flat' });
    expect(evidenceOf(2, 1, { a: runOf('a', falling), b: runOf('b', falling) })).toMatchObject({
      findings: { isShown: false },
      truth: 'falls',
    });
  });
});

describe('degradation', () => {
  it('is a training error that rises with depth', () => {
    expect(evidenceOf(5, 0, errors(0.25, 0.32, 0.6, 0.8)).findings).toMatchObject({ isShown: true });
    expect(evidenceOf(5, 0, errors(0.25, 0.2, 0.2, 0.2)).findings).toMatchObject({ isShown: false });
  });

  it('needs all four networks', () => {
    expect(evidenceOf(5, 0, errors(0.25, 0.32, 0.6)).findings).toBeNull();
  });
});

describe('grafts', () => {
  const experiment = graftsOnto(experimentAt({ lesson: 6, part: 1 }, 'small'));
  const report = (changes: readonly number[], after: readonly number[]): GraftReport => ({
    images: 1000,
    testErrorBefore: 0.14,
    networks: changes.map((logitChange, i) => ({
      network: networkIds[i] ?? 'a',
      logitChange,
      testErrorAfter: after[i] ?? 1,
    })),
  });

  it('show that identities change no logit and fresh layers do, and where training took them', () => {
    const graft = report([0, 0, 13, 0], [0.14, 0.14, 0.9, 0.14]);
    const { findings, truth } = evidenceOf(6, 1, errors(0.14, 0.14, 0.24, 0.15), { experiment, graft });
    expect(findings).toMatchObject({ isShown: true, values: { convEnd: 0.24, diracEnd: 0.15, convChange: 13 } });
    expect(truth).toBe('chance');
  });

  it('do not show it where an identity changed a logit by the least bit', () => {
    const graft = report([1e-7, 0, 13, 0], [0.14, 0.14, 0.9, 0.14]);
    expect(evidenceOf(6, 1, errors(0.14, 0.14, 0.24, 0.15), { experiment, graft }).findings?.isShown).toBe(false);
  });

  it('do not show it where the residual blocks came to harm', () => {
    const graft = report([0, 0, 13, 0], [0.14, 0.14, 0.9, 0.14]);
    expect(evidenceOf(6, 1, errors(0.14, 0.3, 0.34, 0.15), { experiment, graft }).findings?.isShown).toBe(false);
  });
});

describe('residual blocks', () => {
  const blocksOf = (ratios: readonly number[]): BlocksReport => ({
    step: 10,
    images: 32,
    done: 1,
    planned: 1,
    blocks: ratios.map((ratio, layer) => ({ layer, trunk: 2, branch: 2 * ratio })),
  });

  it('make smaller corrections late in the network, or not', () => {
    expect(evidenceOf(7, 0, {}, { blocks: blocksOf([1.7, 1.5, 1, 0.8, 0.5, 0.4]) })).toMatchObject({
      findings: { isShown: true, values: { early: 1.6, late: 0.45, first: 1.7, last: 0.4 } },
      truth: 'smaller',
    });
    expect(evidenceOf(7, 0, {}, { blocks: blocksOf([1, 1, 1]) })).toMatchObject({
      findings: { isShown: false },
      truth: 'same',
    });
  });
});

describe('parameters of twins', () => {
  it('are counted, not assumed', () => {
    expect(evidenceOf(8, 0, {})).toMatchObject({
      findings: { isShown: true, values: { plain: 67906 } },
      truth: 'none',
    });
    const { networks, training } = experimentAt({ lesson: 8, part: 0 }, 'small');
    const projected = { training, networks: networks.map((network) => ({ ...network, shortcut: 'b' as const })) };
    expect(evidenceOf(8, 0, {}, { experiment: projected })).toMatchObject({
      findings: { isShown: false },
      truth: 'few',
    });
  });
});
