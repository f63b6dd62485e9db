import { describe, expect, it } from 'vitest';
import { withNoise } from './labelNoise.ts';

const count = 20_000;
const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
const noise = { share: 0.4, seed: 3, classes: 10 };

describe('label noise', () => {
  it('draws a share of the labels anew, of which a tenth stay what they are by chance', () => {
    const noisy = withNoise(labels, 0, noise);
    const changed = noisy.filter((label, i) => label !== labels[i]).length / count;
    // 0.4 · 0.9, within four of its standard deviations.
    expect(Math.abs(changed - 0.36)).toBeLessThan(4 * Math.sqrt((0.36 * 0.64) / count));
    const drawn = noisy.filter((label, i) => label !== labels[i]);
    for (let label = 0; label < 10; label++) {
      expect(drawn.filter((each) => each === label).length / drawn.length).toBeCloseTo(0.1, 1);
    }
  });

  it('follows from the seed and the image alone, in whichever pieces the images arrive', () => {
    const whole = withNoise(labels.subarray(0, 100), 0, noise);
    expect(withNoise(labels.subarray(40, 100), 40, noise)).toEqual(whole.subarray(40));
    expect(withNoise(labels.subarray(0, 100), 0, { ...noise, seed: 4 })).not.toEqual(whole);
  });

  it('of 0 leaves every label, and of 1 none on purpose', () => {
    expect(withNoise(labels, 0, { ...noise, share: 0 })).toEqual(labels);
    const all = withNoise(labels, 0, { ...noise, share: 1 });
    expect(all.filter((label, i) => label === labels[i]).length / count).toBeCloseTo(0.1, 1);
  });
});
