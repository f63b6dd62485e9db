import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { unpackChunk } from '../data/chunk.ts';
import type { TrainingImages } from '../data/images.ts';
import { parseManifest } from '../data/manifest.ts';
import { levelsAt, pixelStatistics, scaling } from '../data/prepare.ts';
import { createCpuEngine } from '../engine/cpu/engine.ts';
import { item } from '../engine/reference/tensors.ts';
import { plainSgd } from '../engine/testSuite.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { factorPerLayer } from '../records/summary.ts';
import { buildGraph } from './build.ts';
import { initialParameters } from './init.ts';
import { gradientTheory } from './theory.ts';

function networkOf(link: string) {
  const { experiment, problems } = parseLink(`#v=1&${link}`);
  expect(problems).toEqual([]);
  const spec = item(experiment.networks, 0);
  return { spec, graph: buildGraph(spec, experiment.training.size) };
}

function theoryOf(link: string): number[] | null {
  const { spec, graph } = networkOf(link);
  return gradientTheory(graph, spec);
}

/** The factor to each conv layer from the one behind it, input first. */
function factorsOf(link: string): number[] {
  const theory = theoryOf(link) ?? [];
  return theory.slice(0, -1).map((value, index) => value / item(theory, index + 1));
}

/** Images of a minibatch. */
const IMAGES = 32;

describe('the theory of the gradient over depth, against what is measured', () => {
  let images: TrainingImages;

  beforeAll(async () => {
    const folder = join(import.meta.dirname, '../../public/data');
    const { file, ...chunkOf } = item(
      parseManifest(readFileSync(join(folder, 'manifest.json'), 'utf8')).train.chunks,
      0,
    );
    const chunk = await unpackChunk(file, new Uint8Array(readFileSync(join(folder, file))), chunkOf.images);
    const pixels = levelsAt(chunk.pixels, 14).subarray(0, IMAGES * 14 ** 2);
    const scale = scaling([pixelStatistics(chunk.pixels, 14)], 14);
    const train = { count: IMAGES, pixels, scale, labels: chunk.labels.subarray(0, IMAGES) };
    images = { size: 14, train, test: train };
  });

  const engine = createCpuEngine();
  const batch = Uint32Array.from({ length: IMAGES }, (_, index) => index);

  /** The signal gradient of every conv layer. */
  async function measured(link: string, seed: number): Promise<number[]> {
    const { spec, graph } = networkOf(link);
    const trainer = await engine.createTrainer(graph, initialParameters(graph, spec, seed), plainSgd, images);
    const { signalGradient } = (await trainer.step(batch, 0)).layers;
    trainer.dispose();
    return graph.layers.filter(({ kind }) => kind === 'conv').map(({ index }) => signalGradient[index] ?? Number.NaN);
  }

  const flat = (layers: number) => `a=conv-8*${layers}&head=flatten`;

  it.each([
    ['sigmoid, Xavier', 'a=f7-12&act=sigmoid&init=xavier', 3],
    ['tanh, normal(0.05)', 'a=f7-12&act=tanh&init=normal&std=0.05', 3],
    ['tanh, Xavier', 'a=f7-12&act=tanh&init=xavier', 3],
    ['ReLU, normal(0.05)', 'a=f7-12&act=relu&init=normal&std=0.05', 3],
    ['ReLU, Xavier × gain 3', 'a=f7-12&act=relu&init=xavier&gain=3', 3],
    ['ReLU, He', 'a=f7-12', 3],
    ['leaky ReLU, He', 'a=f7-20&act=leaky', 3],
    ['sigmoid, PyTorch’s default', 'a=f7-12&act=sigmoid&init=pytorch', 3],
    ['tanh, PyTorch’s default', 'a=f7-12&act=tanh&init=pytorch', 3],
    ['tanh, Keras’ default', 'a=f7-12&act=tanh&init=keras', 3],
    ['14×14, 12 layers, batch norm, PyTorch’s default', `${flat(12)}&init=pytorch`, 6],
    ['14×14, 12 layers, tanh, Xavier', `${flat(12)}&norm=none&act=tanh&init=xavier`, 2],
    ['14×14, 12 layers, ReLU, Xavier', `${flat(12)}&norm=none&init=xavier`, 2],
    ['14×14, 12 layers, ReLU, He', `${flat(12)}&norm=none`, 2],
    ['14×14, 12 layers, batch norm', flat(12), 6],
    ['F7, 12 layers, 5×5, GELU, He', 'a=f7-12&act=gelu&kernel=5', 3],
    ['F7, 12 layers, 7×7, SiLU, gain 2', 'a=f7-12&act=silu&kernel=7&gain=2', 3],
    ['14×14, 12 layers, 5×5, batch norm', `${flat(12)}&kernel=5`, 6],
    ['14×14, 30 layers, ReLU, He', `${flat(30)}&norm=none`, 1],
    ['14×14, 30 layers, batch norm', flat(30), 5],
    ['F7, 10 layers, batch norm, normal(0.01)', 'a=f7-10&norm=batch&init=normal&std=0.01', 5],
    ['T7, 14 layers, batch norm', 'a=t7-plain-14', 6],
    ['T7, 20 layers, batch norm', 'a=t7-plain-20', 6],
    ['T7, 56 layers, batch norm', 'a=t7-plain-56', 2],
    ['S14, 20 layers, batch norm', 'a=s14-plain-20', 3],
  ])('is within 2 % a layer: %s', async (_, link, seeds) => {
    const logarithms: number[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      logarithms.push(Math.log(factorPerLayer(await measured(link, seed)) ?? Number.NaN));
    }
    const factor = Math.exp(logarithms.reduce((sum, each) => sum + each, 0) / seeds);
    const theory = factorPerLayer(theoryOf(link) ?? []) ?? Number.NaN;
    expect(Math.abs(theory / factor - 1), `theory ${theory}, measured ${factor}`).toBeLessThan(0.02);
  });
});

describe('the theory of the gradient over depth', () => {
  it('comes to the largest eigenvalue of what a kernel reaches: 1 + 2 cos(π/8) of 3 taps along a side of 7', () => {
    // The tridiagonal matrix of ones of side n has the eigenvalues 1 + 2 cos(kπ / (n + 1)); He’s weights make up for 3 · 3 taps and ReLU.
    const share = (1 + 2 * Math.cos(Math.PI / 8)) / 3;
    expect(factorsOf('a=f7-60')[1]).toBeCloseTo(share, 6);
    // From a map that is the same everywhere, as the last layer is handed it, a side counts the mean share of its taps: 19 of 21.
    expect(factorsOf('a=f7-60').at(-1)).toBeCloseTo(19 / 21, 6);
  });

  it('counts by hand the 4 outputs that an input of a map of 2×2 feeds, whatever the position', () => {
    // He’s variance 2/72 × 8 channels × 4 taps × ½ of ReLU.
    expect(factorsOf('a=conv-8/2,conv-8/2,conv-8/2,conv-8*3&norm=none').at(-1)).toBeCloseTo(Math.sqrt(4 / 9), 6);
  });

  it('counts how many outputs an input feeds: 7×7 inputs and 4×4 outputs of a conv of stride 2', () => {
    // He’s variance 2/72 × 72 weights, of whose taps a sixth lie outside on each side, × 16/49 × half of the units.
    expect(factorsOf('a=conv-8/2,conv-8/2&norm=none')[0]).toBeCloseTo((5 / 6) * (4 / 7), 6);
  });

  it('follows a saturating activation: larger weights make a sigmoid’s slope smaller, and the product larger', () => {
    const factors = [1, 3, 6, 10, 20].map((gain) =>
      factorPerLayer(theoryOf(`a=f7-12&act=sigmoid&init=xavier&gain=${gain}`) ?? []),
    );
    // Measured with Xavier × 1, 3, 6, 10 and 20: 0.22, 0.51, 0.74, 0.94 and 1.31.
    [0.22, 0.51, 0.74, 0.94, 1.31].forEach((measured, i) => {
      expect(Math.abs((factors[i] ?? 0) / measured - 1)).toBeLessThan(0.1);
    });
  });

  describe('with batch norm and ReLU', () => {
    /** Four convs of stride 2 make 14×14 pixels a single position, of which one tap of nine reads anything. */
    const single = (width: number) => `a=conv-${width}/2*4,conv-${width}*8`;
    const yang = Math.PI / (Math.PI - 1);

    it('is √(π/(π−1)) a layer, whatever the weights, times √(k/(k−2)) where channels add up k terms', () => {
      for (const init of ['init=he', 'init=xavier&gain=3', 'init=normal&std=0.5']) {
        expect(factorsOf(`${single(8)}&${init}`).at(-1)).toBeCloseTo(Math.sqrt((yang * 8) / 6), 3);
        expect(factorsOf(`${single(64)}&${init}`).at(-1)).toBeCloseTo(Math.sqrt((yang * 64) / 62), 3);
      }
    });

    it('knows that orthonormal filters are of one length, so that all channels have one variance', () => {
      expect(factorsOf(`${single(8)}&init=orthogonal`).at(-1)).toBeCloseTo(Math.sqrt(yang), 3);
      const [, factor = 0] = factorsOf('a=conv-8*12&size=28&init=orthogonal');
      expect(Math.abs(factor / Math.sqrt(yang) - 1)).toBeLessThan(0.015);
    });

    it('falls into the stem, which reads pixels: their variance is 1, and that of what ReLU makes of them ½ − 1/2π', () => {
      const [stem = 0, next = 0] = factorsOf('a=conv-8*12&size=28&init=orthogonal');
      expect(Math.abs(stem / next / Math.sqrt(1 / 2 - 1 / (2 * Math.PI)) - 1)).toBeLessThan(0.025);
    });

    it('grows behind a conv that widens where all weights are alike: its sums have fewer terms than the next conv’s', () => {
      const [he, alike] = ['he', 'normal&std=0.5'].map((init) => factorsOf(`a=t7-plain-20&init=${init}`)[7] ?? 0);
      expect((alike ?? 0) / (he ?? 1)).toBeCloseTo(Math.SQRT2, 4);
    });

    it('grows by less where weights are so small that ε counts', () => {
      expect(factorPerLayer(theoryOf('a=t7-plain-20&init=normal&std=0.0001') ?? [])).toBeLessThan(0.3);
    });
  });

  it('is not at hand with shortcuts, pooling, weights that start as the identity, or batch norm and another activation or few layers', () => {
    for (const link of [
      'a=t7-residual-20',
      'a=t7-residual-20&order=pre',
      // Each conv reads the one before it, and yet the stem has a second way to the loss.
      'a=conv-8,residual-8',
      'a=conv-8,maxpool,conv-8&norm=none',
      'a=t7-plain-20&act=tanh',
      // Pixels that are nearly alike make the first ones of so few layers count.
      'a=t7-plain-8',
      'a=s14-plain-8',
      // One channel of one position: the mean of 1 / χ² of one degree of freedom is infinite.
      'a=conv-1/2*4,conv-1*8',
      'a=conv-8',
      'a=conv-8,dirac-8,conv-8',
    ])
      expect(theoryOf(link)).toBeNull();
  });
});
