import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets.ts';
import { buildGraph } from '../../../network/build.ts';
import { compileTraining } from './compile.ts';
import { submitsOf, workOf } from './submits.ts';
import { type Tuning, tunings } from './tuning.ts';

function training(layers: number, width: number, size: 14 | 28, batch: number, tuning: Tuning) {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers, width }]).networks;
  if (!spec) throw new Error('no network');
  return compileTraining(buildGraph(spec, size), { opt: 'momentum', wd: 0, clip: 0, seed: 1 }, batch, tuning);
}

describe('the submits of a plan', () => {
  it('are one where there is little to do', () => {
    expect(submitsOf([1, 2, 0, 3], 6)).toEqual([4]);
    expect(submitsOf([], 6)).toEqual([0]);
  });

  it('hold no more than they may, but for what cannot be cut', () => {
    expect(submitsOf([4, 2, 0, 3, 9, 1, 5], 6)).toEqual([3, 4, 5, 7]);
  });

  it('count what is computed and what is moved', () => {
    const plan = training(8, 8, 28, 32, tunings.hardware);
    const [convolve = 0] = workOf(plan);
    // The first conv by hand, as in the listing: 25,088 pixels of 9 taps to 8 channels; images, indices, filter, z and its moments.
    const bytes = 4 * 25_088 + 4 * 32 + 512 + 32 * 25_088 + 98 * 2 * 2 * 16;
    expect(convolve).toBe(2 * 25_088 * 9 * 8 + 2 * bytes);
    expect(workOf(plan).every((work) => work > 0)).toBe(true);
  });

  it('are one a step in every case of the bench on a software GPU, and in the quick one on any', () => {
    const cases = [8, 20, 56].flatMap((layers) =>
      [8, 16].flatMap((width) => ([14, 28] as const).map((size) => [layers, width, size] as const)),
    );
    for (const [layers, width, size] of cases) {
      const plan = training(layers, width, size, 32, tunings.software);
      expect(submitsOf(workOf(plan), tunings.software.submitWork)).toEqual([plan.dispatches.length]);
    }
    const quick = training(8, 8, 28, 32, tunings.hardware);
    expect(submitsOf(workOf(quick), tunings.hardware.submitWork)).toEqual([quick.dispatches.length]);
  });

  it('are several where a slow GPU would hold up the page: ResNet-56 of width 16', () => {
    const work = workOf(training(56, 16, 28, 64, tunings.hardware));
    const ends = submitsOf(work, tunings.hardware.submitWork);
    const each = ends.map((end, i) => work.slice(ends[i - 1] ?? 0, end).reduce((sum, one) => sum + one, 0));
    expect(ends.length).toBeGreaterThanOrEqual(8);
    // A tenth of a second, for a GPU that does 50 GFLOP in one.
    expect(Math.max(...each)).toBeLessThanOrEqual(5e9);
  });
});
