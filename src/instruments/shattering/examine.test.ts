import { describe, expect, it } from 'vitest';
import { inEvaluation, preciseStatistics } from '../../engine/reference/evaluate.ts';
import { logitsOf } from '../../engine/reference/passes.ts';
import { inputBatch, parameterTensors } from '../../engine/reference/tensors.ts';
import { testParameters } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import * as softmaxCrossEntropy from '../../ops/softmaxCrossEntropy/reference.ts';
import type { Subject } from '../../session/examination.ts';
import { sampleOf } from '../examination/examiner.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { autocorrelation, innerProducts } from './autocorrelation.ts';
import { examine } from './examine.ts';
import { LINE_POINTS } from './report.ts';

const AREA = 14 ** 2;
const ends = [3, 9] as const;

function specOf(settings: Partial<NetworkSpec>): NetworkSpec {
  const stem = { kind: 'conv', width: 3, stride: 2, count: 1 } as const;
  const block = { kind: 'residual', width: 3, stride: 1, count: 1 } as const;
  return { ...presets.t7.network, stack: [stem, block], ...settings };
}

function subjectOf(spec: NetworkSpec): Promise<Subject> {
  return testSubject(spec, 40, undefined, testParameters(buildGraph(spec, 14), spec));
}

async function shatteringOf(subject: Subject, line: readonly [number, number] = ends) {
  const [report, ...others] = await reportsOf(examine, subject, { ends: line });
  if (!report || others.length > 0) throw new RangeError('not one report');
  return report;
}

/** The loss of one image in evaluation mode, in float64, without folding anything. */
async function evaluatedLoss(subject: Subject, label: number) {
  const { graph, images, trainer } = subject;
  const parameters = parameterTensors(graph, (await trainer.snapshot()).parameters);
  const { calibration } = sampleOf(subject);
  const calibrating = inputBatch(graph, images.train.pixels.subarray(0, calibration.length * AREA), calibration.length);
  const mode = inEvaluation(preciseStatistics(graph, parameters, calibrating));
  return (pixels: Float64Array) =>
    softmaxCrossEntropy.forward(logitsOf(graph, parameters, inputBatch(graph, pixels, 1), mode), Uint8Array.of(label));
}

describe('the gradient along the line between two images', () => {
  it('is that of the loss in evaluation mode, by finite differences', async () => {
    const subject = await subjectOf(specOf({ act: 'tanh' }));
    const { gradients, labels } = await shatteringOf(subject);
    const { pixels } = subject.images.test;
    const loss = await evaluatedLoss(subject, labels[0]);
    for (const [point, pixel] of [
      [0, 90],
      [8, 0],
      [20, 121],
      [32, 195],
    ] as const) {
      const share = point / (LINE_POINTS - 1);
      const image = Float64Array.from({ length: AREA }, (_, i) => {
        const [from = 0, to = 0] = ends.map((end) => pixels[end * AREA + i]);
        return from + share * (to - from);
      });
      const nudged = (by: number) => loss(image.map((value, i) => (i === pixel ? value + by : value)));
      const expected = (nudged(1e-4) - nudged(-1e-4)) / 2e-4;
      const found = gradients[point * AREA + pixel] ?? Number.NaN;
      expect(Math.abs(found - expected), `point ${point}`).toBeLessThan(1e-4 * Math.abs(expected) + 1e-7);
    }
  });

  it('says which images stand at its ends, and shows what lies between', async () => {
    const subject = await subjectOf(specOf({}));
    const { labels, line, size } = await shatteringOf(subject);
    expect(labels).toEqual(ends.map((end) => subject.images.test.labels[end]));
    expect(labels[0], 'the loss has the label of the first').not.toBe(labels[1]);
    expect([line.length, size]).toEqual([LINE_POINTS * AREA, 14]);
    const [first = 0, middle = 0, last = 0] = [0, 16, 32].map((point) => line[point * AREA + 100]);
    expect(Math.abs(middle - (first + last) / 2)).toBeLessThanOrEqual(1);
  });

  it('does not turn from an image to itself', async () => {
    const { gradients } = await shatteringOf(await subjectOf(specOf({})), [5, 5]);
    for (const value of autocorrelation(innerProducts(gradients, LINE_POINTS), 'cosine', 20)) {
      expect(value).toBeCloseTo(1, 9);
    }
  });

  it('leaves the network as it was', async () => {
    const subject = await subjectOf(specOf({}));
    const before = await subject.trainer.snapshot();
    await shatteringOf(subject);
    expect(await subject.trainer.snapshot()).toEqual(before);
  });
});
