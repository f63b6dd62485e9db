import { describe, expect, it } from 'vitest';
import { parseLink } from '../experiment/parseLink.ts';
import { buildGraph } from './build.ts';
import { gradientTheory } from './gradientTheory.ts';

function theoryOf(link: string): number[] | null {
  const { experiment, problems } = parseLink(link);
  expect(problems).toEqual([]);
  const [network] = experiment.networks;
  return network ? gradientTheory(buildGraph(network, experiment.training.size), network) : null;
}

/** Geometric mean of the factor from one layer to the one before it. */
function factorOf(link: string): number {
  const theory = theoryOf(link) ?? [];
  return (theory[0] ?? Number.NaN) ** (1 / (theory.length - 1));
}

describe('the theory of the gradient over depth', () => {
  it.each([
    // Measured in PyTorch with 8 channels, F7, three seeds (SCIENCE's calibrated set-ups).
    ['sigmoid, Xavier', 'act=sigmoid&init=xavier', 0.22],
    ['tanh, normal(0.05)', 'act=tanh&init=normal&std=0.05', 0.39],
    ['ReLU, normal(0.05)', 'act=relu&init=normal&std=0.05', 0.27],
    ['ReLU, Xavier × gain 3', 'act=relu&init=xavier&gain=3', 1.88],
  ])('agrees with what was measured: %s', (_, settings, measured) => {
    expect(Math.abs(factorOf(`#v=1&a=f7-12&${settings}`) / measured - 1)).toBeLessThan(0.06);
  });

  it('is 1 for ReLU and He but for the padding, whose taps add nothing: (19/21)² of 9 taps in maps of 7×7', () => {
    const factors = (theoryOf('#v=1&a=f7-12') ?? []).map((value, index, all) => value / (all[index + 1] ?? 1));
    // √(19/21)² = 19/21 between two convs of 7×7 maps.
    for (const factor of factors.slice(0, -1)) expect(factor).toBeCloseTo(19 / 21, 3);
    expect(factors.at(-1)).toBe(1);
  });

  it('counts how many outputs an input feeds: 7×7 inputs and 4×4 outputs of a conv of stride 2', () => {
    const [first = 0, last = 0] = theoryOf('#v=1&a=conv-8/2,conv-8/2&norm=none') ?? [];
    // He's variance 2/72 × 72 weights, of whose taps a sixth lie outside on each side, × 16/49 × half of the units.
    expect(first / last).toBeCloseTo((5 / 6) * (4 / 7), 6);
  });

  describe('with batch norm and ReLU', () => {
    /** The factor to each layer from the one behind it. */
    const factorsOf = (link: string) =>
      (theoryOf(link) ?? []).slice(0, -1).map((value, index, all) => value / (all[index + 1] ?? 1));

    it('is √(π/(π−1)) a layer on a map whose edges hardly count, whatever the weights', () => {
      for (const init of ['init=he', 'init=xavier&gain=3', 'init=normal&std=0.5']) {
        const [, factor] = factorsOf(`#v=1&a=conv-8*4&size=28&${init}`);
        expect(Math.abs((factor ?? 0) / Math.sqrt(Math.PI / (Math.PI - 1)) - 1)).toBeLessThan(0.015);
      }
    });

    it('is less where taps lie in the padding, which lowers the mean that batch norm takes away', () => {
      // Along a side of 7 the outer taps lie inside at 6/7 of the outputs: a mean of 19/21, and 121/147 of the squares.
      const factor = Math.sqrt(Math.PI / (Math.PI - (121 / 147 / (19 / 21)) ** 2));
      expect(factorsOf('#v=1&a=t7-plain-20').slice(1, 6)).toEqual(Array(5).fill(expect.closeTo(factor, 4)));
    });

    it('falls where the stride is 2, and into the stem, which reads pixels', () => {
      const factors = factorsOf('#v=1&a=t7-plain-20');
      // He: 2/72 × 144 weights × (5/6)² inside × 16/49 outputs an input, halved; over Var(z) of a conv in 7×7 maps.
      const variance = (19 / 21) ** 2 - (121 / 147) ** 2 / Math.PI;
      expect(factors[6]).toBeCloseTo(Math.sqrt((2 * (5 / 6) ** 2 * (16 / 49)) / variance), 4);
      // 2/72 × 72 × (19/21)², halved; over 2 × (20/21)².
      expect(factors[0]).toBeCloseTo(19 / 20 / Math.SQRT2, 4);
    });

    it('grows behind a conv that widens where all weights are alike: its sums have fewer terms than the next conv’s', () => {
      const [he, alike] = ['he', 'normal&std=0.5'].map((init) => factorsOf(`#v=1&a=t7-plain-20&init=${init}`)[7] ?? 0);
      expect((alike ?? 0) / (he ?? 1)).toBeCloseTo(Math.SQRT2, 4);
    });

    it('grows by less where weights are so small that ε counts', () => {
      expect(factorOf('#v=1&a=t7-plain-20&init=normal&std=0.0001')).toBeLessThan(0.3);
    });

    // Measured at step 1 on the wasm backend, seeds 1 to 3: the mean of the logarithms over all layers but the stem.
    it.each([
      ['t7-plain-8', 1.003],
      ['t7-plain-20', 1.107],
      ['t7-plain-56', 1.147],
      ['s14-plain-20', 1.139],
    ])('agrees with what was measured: %s', (name, measured) => {
      const factors = factorsOf(`#v=1&a=${name}`).slice(1);
      const mean = Math.exp(factors.reduce((sum, factor) => sum + Math.log(factor), 0) / factors.length);
      expect(Math.abs(mean / measured - 1)).toBeLessThan(0.04);
    });
  });

  it('is not at hand with shortcuts, pooling, weights that start as the identity, or batch norm and another activation', () => {
    expect(theoryOf('#v=1&a=t7-residual-20')).toBeNull();
    expect(theoryOf('#v=1&a=t7-residual-20&order=pre')).toBeNull();
    // Each conv reads the one before it, and yet the stem has a second way to the loss.
    expect(theoryOf('#v=1&a=conv-8,residual-8')).toBeNull();
    expect(theoryOf('#v=1&a=conv-8,maxpool,conv-8&norm=none')).toBeNull();
    expect(theoryOf('#v=1&a=t7-plain-20&act=tanh')).toBeNull();
    expect(theoryOf('#v=1&a=conv-8')).toBeNull();
    expect(theoryOf('#v=1&a=conv-8,dirac-8,conv-8')).toBeNull();
  });
});
