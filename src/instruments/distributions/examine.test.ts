import { describe, expect, it } from 'vitest';
import type { Activation, NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { firstImages } from '../examination/examiner.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { distributions, examine } from './examine.ts';
import { binned, histogramOf, linearBins } from './histogram.ts';

function specOf(act: Activation): NetworkSpec {
  const stem = { kind: 'conv', width: 3, stride: 2, count: 1 } as const;
  const block = { kind: 'residual', width: 3, stride: 1, count: 1 } as const;
  return { ...presets.t7.network, act, gain: act === 'sigmoid' ? 9 : 1, stack: [stem, block] };
}

async function distributionsOf(act: Activation) {
  const subject = await testSubject(specOf(act));
  const report = (await reportsOf(examine, subject, {})).at(-1);
  return { subject, report, indices: firstImages(subject.training.batch, subject.images) };
}

describe('the distributions of a network', () => {
  it('are of what every layer puts out behind its activation, over a minibatch', async () => {
    const { subject, report, indices } = await distributionsOf('relu');
    const outputs = await subject.trainer.activations(
      'train',
      indices,
      subject.graph.layers.map(({ output }) => output),
    );
    expect(report?.images).toBe(8);
    expect(report?.layers.map(({ name }) => name)).toEqual(['conv 1', 'conv 2', 'conv 3', 'classifier']);
    report?.layers.forEach(({ activations }, layer) => {
      expect(activations).toEqual(histogramOf(outputs[layer] ?? []));
      expect(activations.count).toBe(layer < 3 ? 8 * 7 * 7 * 3 : 8 * 10);
    });
    const [relu] = report?.layers ?? [];
    const share = (relu?.activations.zeros ?? 0) / (relu?.activations.count ?? 1);
    expect(Math.abs(share - 0.5), 'half of a centred response is below 0').toBeLessThan(0.1);
    expect(binned(relu?.activations ?? histogramOf([]), linearBins(8, true)).counts.slice(0, 32)).toEqual(
      Array(32).fill(0),
    );
  });

  it('have the signal gradients whose root mean square a step measures, and its dead and saturated units', async () => {
    for (const act of ['relu', 'tanh', 'sigmoid'] as const) {
      const { subject, report, indices } = await distributionsOf(act);
      const { layers } = await subject.trainer.step(indices, 0);
      report?.layers.forEach(({ gradients, dead }, layer) => {
        const rms = layers.signalGradient[layer] ?? Number.NaN;
        expect(dead).toBeCloseTo(layers.deadFraction[layer] ?? Number.NaN, 6);
        // No value is larger than all squares together, and the largest no smaller than their mean.
        expect(gradients.reach).toBeGreaterThanOrEqual(rms);
        expect(gradients.reach / 2).toBeLessThan(rms * Math.sqrt(gradients.count));
      });
    }
  });

  it('grow with every chunk of layers that fits, and are the same at the end', async () => {
    const subject = await testSubject(specOf('relu'));
    const reports = [];
    for await (const report of distributions(subject, 1)) reports.push(report);
    expect(reports.map(({ done, planned, layers }) => [done, planned, layers.length])).toEqual([
      [1, 4, 1],
      [2, 4, 2],
      [3, 4, 3],
      [4, 4, 4],
    ]);
    const atOnce = await reportsOf(examine, subject, {});
    expect(atOnce).toEqual([reports.at(-1)]);
  });
});
