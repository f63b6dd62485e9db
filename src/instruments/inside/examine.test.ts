import { describe, expect, it } from 'vitest';
import { testParameters } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { levelsOf, sampleOf } from '../examination/examiner.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { confusion, countsOf, inside as examineInside, judgements, worstOf } from './examine.ts';

/** Of the built-in images. */
const CLASSES = 10;

const spec: NetworkSpec = {
  ...presets.t7.network,
  stack: [
    { kind: 'conv', width: 2, stride: 2, count: 1 },
    { kind: 'residual', width: 3, stride: 2, count: 1 },
  ],
};
const subject = await testSubject(spec, 40, undefined, testParameters(buildGraph(spec, 14), spec));

async function inside(image: number, layer: number, at: 'output' | 'response') {
  const [report] = await reportsOf(examineInside, subject, { image, layer, at });
  if (!report) throw new Error('no report');
  return report;
}

describe('one image inside of a network', () => {
  it('has the probabilities of evaluation mode', async () => {
    const { calibration } = sampleOf(subject);
    const logits = await subject.trainer.logits('test', Uint32Array.of(7), calibration);
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    const { probabilities, labels } = await inside(7, 0, 'output');
    expect(probabilities).toHaveLength(CLASSES);
    for (const [k, probability] of probabilities.entries()) {
      expect(probability).toBeCloseTo(Math.exp(logits[k] ?? Number.NaN) / sum, 4);
    }
    expect(labels[7]).toBe(subject.images.test.labels[7]);
  });

  it('shows a layer behind its normalisation, and behind activation and addition', async () => {
    const before = (await inside(3, 0, 'response')).maps;
    const after = (await inside(3, 0, 'output')).maps;
    expect([before.height, before.width, before.channels]).toEqual([7, 7, 2]);
    expect(Math.min(...before.values)).toBeLessThan(0);
    expect(after.values).toEqual(before.values.map((value) => Math.max(0, value)));
    const end = (await inside(3, 2, 'output')).maps;
    const branch = (await inside(3, 2, 'response')).maps;
    // Option A: every second position, and nothing added to the third channel.
    const expected = branch.values.map((value, i) => {
      const [channel, column, row] = [i % 3, Math.floor(i / 3) % 4, Math.floor(i / 12)];
      const shortcut = channel < 2 ? (after.values[(2 * row * 7 + 2 * column) * 2 + channel] ?? 0) : 0;
      return Math.max(0, value + shortcut);
    });
    expect(end.values).toHaveLength(48);
    for (const [i, value] of end.values.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  });

  it('shows the classifier’s logits, to which the probabilities belong', async () => {
    const { maps, probabilities } = await inside(5, 3, 'output');
    expect(maps).toMatchObject({ height: 1, width: 1, channels: CLASSES });
    const [one = 0, other = 0] = maps.values;
    expect((probabilities[0] ?? 0) / (probabilities[1] ?? 1)).toBeCloseTo(Math.exp(one - other), 4);
  });
});

/** Logits under which the first classes have probabilities in these proportions, and the others none. */
const logitsFor = (...shares: number[]) =>
  Array.from({ length: CLASSES }, (_, k) => (shares[k] === undefined ? -1000 : 50 + Math.log(shares[k])));

/** Right; wrong by a little; wrong by much; not a number. */
const logits = [logitsFor(6, 3, 1), logitsFor(5, 4, 1), logitsFor(1, 96, 3), logitsFor(Number.NaN, 1)].flat();
const judged = judgements(logits, Uint8Array.of(0, 1, 0, 2));

describe('what a network takes images for', () => {
  it('is the class of the largest softmax, with its probability and the loss', () => {
    expect(judged.map(({ predicted }) => predicted)).toEqual([0, 0, 1, -1]);
    expect(judged[0]?.probability).toBeCloseTo(0.6, 12);
    expect(judged[1]?.probability).toBeCloseTo(0.5, 12);
    expect(judged[1]?.ownProbability).toBeCloseTo(0.4, 12);
    expect(judged[2]?.loss).toBeCloseTo(Math.log(100), 9);
    expect(judged[3]?.probability).toBeNaN();
  });

  it('is counted by class and by what it is taken for', () => {
    const counts = countsOf(judged, CLASSES);
    expect(counts.slice(0, 3)).toEqual([1, 1, 0]);
    expect(counts.slice(CLASSES, CLASSES + 3)).toEqual([1, 0, 0]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('is worst where it is wrong and the own class is least probable', () => {
    expect(worstOf(judged, 5).map(({ image }) => image)).toEqual([2, 1]);
    expect(worstOf(judged, 1).map(({ image }) => image)).toEqual([2]);
  });

  it('has a loss where the own class has next to no probability', () => {
    expect(judgements(logitsFor(1), Uint8Array.of(9))[0]?.loss).toBe(1050);
  });
});

describe('the confusion of a network', () => {
  it('adds up to its test error, and shows the images it speaks of', async () => {
    const stack = [{ kind: 'conv', width: 2, stride: 2, count: 1 }] as const;
    const subject = await testSubject({ ...presets.t7.network, stack }, 60);
    const [report] = await reportsOf(confusion, subject, {});
    const { calibration, test } = sampleOf(subject);
    const { testError } = await subject.trainer.evaluate(calibration, test, test);
    const right = report?.counts.filter((_, i) => i % (CLASSES + 1) === 0).reduce((sum, count) => sum + count, 0);
    expect(right).toBe(60 - Math.round(60 * testError));
    expect(report?.counts.reduce((sum, count) => sum + count, 0)).toBe(60);
    const [worst] = report?.worst ?? [];
    expect(worst?.label).toBe(subject.images.test.labels[worst?.image ?? -1]);
    expect(worst?.pixels).toEqual(levelsOf(subject.images, [worst?.image ?? -1])[0]);
  });
});

describe('grey levels', () => {
  it('go from the darkest to the brightest pixel of all test images', () => {
    const set = { count: 2, pixels: Float32Array.of(-1, 0, 1, 1, -0.5, 3, 3, 3), labels: Uint8Array.of(0, 1) };
    expect(levelsOf({ size: 2, train: set, test: set }, [1, 0])).toEqual([
      Uint8Array.of(32, 255, 255, 255),
      Uint8Array.of(0, 64, 128, 128),
    ]);
  });
});
