import { describe, expect, it } from 'vitest';
import { parseLink } from '../spec/parseLink.ts';
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

  it('is √(π/(π−1)) a layer with batch norm and ReLU, whatever the weights', () => {
    expect(factorOf('#v=1&a=t7-plain-20')).toBeCloseTo(1.2112, 4);
    expect(factorOf('#v=1&a=t7-plain-20&init=normal&std=0.01')).toBeCloseTo(1.2112, 4);
  });

  it('is not at hand with shortcuts, pooling, or batch norm and another activation', () => {
    expect(theoryOf('#v=1&a=t7-residual-20')).toBeNull();
    expect(theoryOf('#v=1&a=t7-residual-20&order=pre')).toBeNull();
    // Each conv reads the one before it, and yet the stem has a second way to the loss.
    expect(theoryOf('#v=1&a=conv-8,residual-8')).toBeNull();
    expect(theoryOf('#v=1&a=conv-8,maxpool,conv-8&norm=none')).toBeNull();
    expect(theoryOf('#v=1&a=t7-plain-20&act=tanh')).toBeNull();
    expect(theoryOf('#v=1&a=conv-8')).toBeNull();
  });
});
