import { describe, expect, it, test } from 'vitest';
import { evaluationSample } from '../data/evaluationSample.ts';
import { buildGraph } from '../network/build.ts';
import { checkExperiment } from './check.ts';
import { formatLink } from './link.ts';
import { anyCifar10, isLikeCifar10, paperDepths, paperExperiment, paperNetwork, published, reportOf } from './paper.ts';
import { parseLink } from './parseLink.ts';
import { learningRate } from './schedule.ts';
import { depthOf } from './stack.ts';

describe('the experiment of He et al. 2015 on CIFAR-10', () => {
  it.each(paperDepths)('has the depth and the parameters of Table 6, of %i layers', (layers) => {
    const residual = paperNetwork('residual', layers);
    expect(depthOf(residual.stack)).toBe(layers);
    const count = ({ parameters }: ReturnType<typeof buildGraph>) =>
      parameters.reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0);
    const parameters = count(buildGraph(residual, { size: 32, data: anyCifar10 }));
    const said = String(published.find((each) => each.layers === layers)?.millions);
    expect((parameters / 1e6).toFixed(said.split('.')[1]?.length)).toBe(said);
    // Option A has no parameters.
    if (layers < 1202)
      expect(count(buildGraph(paperNetwork('plain', layers), { size: 32, data: anyCifar10 }))).toBe(parameters);
  });

  it.each(paperDepths)('of %i layers is within the limits, and a link that is read back', (layers) => {
    const experiment = paperExperiment(layers);
    expect(checkExperiment(experiment)).toEqual([]);
    expect(parseLink(formatLink(experiment))).toEqual({ experiment, problems: [] });
  });

  test('falls to a tenth at 32,000 and 48,000 of 64,000 steps, and warms up with 110 layers', () => {
    const rates = (layers: 56 | 110) =>
      [0, 399, 400, 31_999, 32_000, 47_999, 48_000, 63_999].map((step) =>
        Number(learningRate(paperExperiment(layers).training, step).toPrecision(12)),
      );
    expect(rates(56)).toEqual([0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
    expect(rates(110)).toEqual([0.01, 0.01, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
  });

  it('trains on all 50,000 images as section 4.2 says, and measures errors on all 10,000 test images', () => {
    const { training } = paperExperiment(56);
    expect(training).toMatchObject({ batch: 128, opt: 'momentum', wd: 1e-4, steps: 64_000, augment: 'cropflip' });
    const images = {
      train: training.train,
      test: evaluationSample(training.train, training.test, training.test).test.length,
    };
    expect(images).toEqual({ train: 50_000, test: 10_000 });
  });

  it('knows its networks again, and invents no figures for plain ones', () => {
    expect(reportOf(paperNetwork('residual', 56))).toMatchObject({ layers: 56, testError: 6.97 });
    expect(reportOf(paperNetwork('plain', 56))).toBe('drawn');
    expect(reportOf(paperNetwork('plain', 110))).toBe('hidden');
    expect(reportOf(paperNetwork('residual', 38))).toBeNull();
    expect(isLikeCifar10({ ...anyCifar10, id: 'af'.repeat(8), title: 'mine' })).toBe(true);
    expect(isLikeCifar10({ ...anyCifar10, channels: 1 })).toBe(false);
  });
});
