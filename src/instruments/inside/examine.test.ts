import { describe, expect, it } from 'vitest';
import { testParameters } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { CLASSES } from '../../network/graph.ts';
import { sampleOf } from '../examination/evaluated.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { examine } from './examine.ts';

const spec: NetworkSpec = {
  ...presets.t7.network,
  stack: [
    { kind: 'conv', width: 2, stride: 2, count: 1 },
    { kind: 'residual', width: 3, stride: 2, count: 1 },
  ],
};
const subject = await testSubject(spec, 40, undefined, testParameters(buildGraph(spec, 14), spec));

async function inside(image: number, layer: number, at: 'output' | 'response') {
  const [report] = await reportsOf(examine, subject, { image, layer, at });
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
