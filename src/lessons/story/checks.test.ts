/** The checks, on runs made up by hand: what they find, and that they say so where the effect is not there. */
import { describe, expect, it } from 'vitest';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import type { BlocksReport } from '../../instruments/layers/report.ts';
import type { GraftReport } from '../../records/graft.ts';
import { quantities } from '../../records/records.ts';
import { appendRecords, emptyRun, type Run } from '../../records/run.ts';
import { judge } from '../judgement.ts';
import type { Evidence, Part } from '../lesson.ts';
import { at, lessons } from '../lessons.ts';
import { SKIPPED } from '../progress.ts';
import { experimentAt } from './experiments.ts';
import { graftsOnto } from './identity/grafts.ts';

/** A run with these values at its conv layers, input first, at each of its steps, and these errors behind it. */
function runOf(
  network: NetworkId,
  signal: readonly number[],
  errors: readonly number[] = [],
  weight = signal,
  steps = 1,
): Run {
  const names = [...signal.map((_, i) => `conv ${i + 1}`), 'classifier'];
  const zeros = new Float32Array(names.length);
  const layers = Object.fromEntries(quantities.map((quantity) => [quantity, zeros])) as Record<
    (typeof quantities)[number],
    Float32Array
  >;
  layers.signalGradient = Float32Array.from([...signal, 1]);
  layers.weightGradient = Float32Array.from([...weight, 1]);
  const made = Array.from(
    { length: steps },
    (_, i) => ({ type: 'step', network, step: i + 1, loss: 2.3, learningRate: 0.1, layers, overflow: null }) as const,
  );
  const evaluations = errors.map((trainError, i) => ({
    type: 'evaluation' as const,
    network,
    step: i,
    trainError,
    testError: trainError,
  }));
  return appendRecords(emptyRun(names), [...made, ...evaluations]);
}

/** Residual 56, nine blocks a stage, whose ratio goes from the first number to the second. */
function blocksOf(stages: readonly (readonly [first: number, last: number])[], step: number): BlocksReport {
  const blocks = stages.flatMap(([first, last], stage) =>
    Array.from({ length: 9 }, (_, i) => ({ layer: 2 * (9 * stage + i) + 2, trunk: 1, branch: i < 8 ? first : last })),
  );
  return { step, images: 32, done: 1, planned: 1, blocks };
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
  const runs = { a: runOf('a', [1, 1]) };
  const found = (stages: Parameters<typeof blocksOf>[0], step = 1) =>
    evidenceOf(7, 0, runs, { blocks: blocksOf(stages, step) });

  it('make smaller corrections late in a stage, though they jump where the shape changes', () => {
    // Of all blocks, the last third has the largest mean.
    const falling = [
      [0.8, 0.2],
      [0.5, 0.4],
      [0.9, 0.6],
    ] as const;
    expect(found(falling)).toMatchObject({
      findings: { isShown: true, values: { first1: 0.8, last2: 0.4, first3: 0.9 } },
      truth: 'smaller',
    });
  });

  it('do not, where one stage stays level, or all do', () => {
    const inPart = [
      [0.8, 0.2],
      [0.5, 0.4],
      [0.5, 0.5],
    ] as const;
    expect(found(inPart)).toMatchObject({ findings: { isShown: false }, truth: null });
    const level = [
      [1, 1],
      [0.6, 0.6],
      [0.4, 0.4],
    ] as const;
    expect(found(level)).toMatchObject({ findings: { isShown: false }, truth: 'same' });
  });

  it('say nothing before they have been looked at behind the last step', () => {
    const falling = [
      [0.8, 0.2],
      [0.5, 0.4],
      [0.9, 0.6],
    ] as const;
    expect(found(falling, 0)).toEqual({ findings: null, truth: null });
    expect(evidenceOf(7, 0, runs)).toEqual({ findings: null, truth: null });
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

describe('what is said of a prediction and of a run', () => {
  const layers = Array.from({ length: 12 }, (_, i) => i);
  /** By layer, input first: fading, fading a little, level, growing a little, growing. */
  const signals = [0.1, 0.7, 1, 1.05, 1.5].map((factor) => layers.map((layer) => factor ** -layer));
  const endings = [
    [0.2, 0.2, 0.2, 0.2],
    [0.25, 0.32, 0.6, 0.8],
    [0.8, 0.3, 0.2, 0.2],
    [0.31, 0.3, 0.29, 0.28],
    [0.35, 0.3, 0.45, 0.3],
    [0.55, 0.6, 0.7, 0.55],
    [0.3, 0.5, 0.3, 0.6],
  ];

  const level = layers.map(() => 1);

  /** Runs of four networks: what reaches the layers of the first, and of the others, and the weight gradients that go with it. */
  const runSets: Evidence['runs'][] = signals.flatMap((signal, which) =>
    endings.flatMap((ending) => {
      const set = (other: readonly number[], weights: (of: readonly number[]) => readonly number[]) =>
        Object.fromEntries(
          networkIds.map((id, i) => {
            const own = i === 0 ? signal : other;
            return [id, runOf(id, own, [0.9, ending[i] ?? 1], weights(own), 12)] as const;
          }),
        );
      const same = (own: readonly number[]) => own;
      const alike = set(signal, same);
      return [
        alike,
        set(signal, () => level),
        set(signals[(which + 1) % signals.length] ?? level, same),
        { ...alike, b: { ...runOf('b', signal, [0.9]), overflow: { where: 'loss' as const, layer: null, step: 1 } } },
      ];
    }),
  );

  function evidencesFor(lesson: number, part: number): Evidence[] {
    const experiment = experimentAt({ lesson, part }, 'small');
    const { networks, training } = experiment;
    const experiments = [
      experiment,
      { training, networks: networks.map((network) => ({ ...network, shortcut: 'b' as const, gain: 1.27 })) },
    ];
    const grafted = graftsOnto(experimentAt({ lesson: 6, part: 1 }, 'small'));
    const graft: GraftReport = {
      images: 1000,
      testErrorBefore: 0.14,
      networks: [0.14, 0.14, 0.9, 0.14].map((testErrorAfter, i) => ({
        network: networkIds[i] ?? 'a',
        logitChange: i === 2 ? 13 : 0,
        testErrorAfter,
      })),
    };
    const blocks = [1, 0.4].map((late) => blocksOf(Array(3).fill([1, late]), 12));
    // What needs no run counts parameters, and that takes a while.
    const sets = at({ lesson, part }).part.isAtOnce ? runSets.slice(0, 2) : runSets;
    return sets.flatMap((runs, i) => [
      { experiment: experiments[i % 2] ?? experiment, runs, graft: null, blocks: blocks[i % 3] ?? null },
      { experiment: grafted, runs, graft, blocks: null },
    ]);
  }

  /** Answers that say what the lesson says: its run shows the effect just where they are true. */
  const affirming: Readonly<Record<string, string>> = {
    'cures.four': 'four',
    'cures.growth': 'grow',
    'degradation.twins': 'residual',
    'residual.block': 'smaller',
    'code.code': 'none',
    'limits.deep': 'residual',
  };

  const asked = lessons.flatMap(({ key, parts }, lesson) =>
    parts.flatMap((part, index) =>
      part.question?.kind === 'choose'
        ? [{ name: `${key}.${part.key}`, part, question: part.question, evidences: evidencesFor(lesson + 1, index) }]
        : [],
    ),
  );

  /** Asks once for each piece of evidence: theory takes its time. */
  function once<T>(ask: (evidence: Evidence) => T): (evidence: Evidence) => T {
    const known = new WeakMap<Evidence, { readonly said: T }>();
    return (evidence) => {
      const { said } = known.get(evidence) ?? { said: ask(evidence) };
      known.set(evidence, { said });
      return said;
    };
  }

  it.each(asked)('does not contradict itself in $name', ({ name, part: made, question, evidences }) => {
    const seen = new Set<string>();
    const part: Part = {
      ...made,
      question: { ...question, truth: once(question.truth) },
      check: made.check && once(made.check),
    };
    for (const evidence of evidences) {
      const nothing = { findings: null, truth: null, outcome: null, title: null };
      expect(judge(part, evidence, undefined, true)).toEqual(nothing);
      for (const given of [...question.options, SKIPPED]) {
        const { findings, truth, outcome, title } = judge(part, evidence, given, true);
        expect(outcome === 'right').toBe(truth === given);
        expect(outcome === 'wrong').toBe(truth !== null && given !== SKIPPED && truth !== given);
        expect(title === null).toBe(findings === null);
        if (title === 'other') expect(outcome).not.toBe('right');
        if (findings && title === 'shown') expect(findings.isShown || outcome === 'right').toBe(true);
        const affirmed = affirming[name];
        if (findings && affirmed) expect(findings.isShown).toBe(truth === affirmed);
        if (findings) seen.add(`${findings.isShown ? 'shown' : 'not shown'}, ${outcome}`);
        // Before the run is over nothing is told, but an answer that nothing later can change.
        const early = judge(part, evidence, given, false);
        if (!part.isAtOnce) expect(early).toMatchObject({ findings: null, title: null });
        if (!part.isAtOnce) expect(early.truth).toBe(question.isSettledEarly ? truth : null);
      }
    }
    // The runs above are no proof unless they show the effect, and do not, to who was right and to who was not.
    expect([...seen]).toEqual(
      expect.arrayContaining(['shown, right', 'shown, wrong', 'not shown, right', 'not shown, wrong']),
    );
  });

  it('calls a gain below the edge what it is to a learner who knew where the edge is', () => {
    const experiment = experimentAt({ lesson: 3, part: 0 }, 'small');
    const networks = experiment.networks.map((network) => ({ ...network, gain: 1.27 }));
    // A factor of 0.8 at a gain of 1.27: the edge is at 1.59.
    const signal = layers.map((layer) => 0.8 ** -layer);
    const runs = { a: runOf('a', signal, [0.8]), b: runOf('b', signal, [0.8]) };
    const evidence = { experiment: { ...experiment, networks }, runs, graft: null, blocks: null };
    const { part } = at({ lesson: 3, part: 0 });
    expect(judge(part, evidence, 'oneAndHalf', true)).toMatchObject({
      findings: { isShown: false },
      outcome: 'right',
      title: 'shown',
    });
    expect(judge(part, evidence, 'three', true)).toMatchObject({ outcome: 'wrong', title: 'other' });
  });
});
