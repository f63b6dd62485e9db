import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../experiment/check.ts';
import { limits } from '../../experiment/limits.ts';
import { formatLink } from '../../experiment/link.ts';
import { depths, groupKeys, variantExperiment, variants, variantsOf } from './variants.ts';

describe('the variants of the shortcut lab', () => {
  it('can be trained at every depth, as many as the lab takes', () => {
    for (const group of groupKeys) {
      for (const depth of depths) {
        const some = variantsOf(group).slice(-limits.networks);
        expect(checkExperiment(variantExperiment(group, some, depth))).toEqual([]);
      }
    }
  });

  it('are each another network, and the first of a group the original', () => {
    const links = variants.map((variant) => formatLink(variantExperiment(variant.group, [variant], 38)));
    expect(new Set(links).size).toBe(variants.length);
    expect(links[0]).toBe('#v=1&a=t7-residual-38');
    expect(links.find((link) => link.includes('skipinit'))).toBe('#v=1&a=t7-residual-38&norm=none&skipinit=on&lr=0.03');
    expect(links.find((link) => link.includes('gatebias=-7'))).toBe('#v=1&a=t7-residual-38&gate=exclusive&gatebias=-7');
  });

  it('have the figures of the paper where it gives any', () => {
    const failing = variants.filter(({ published }) => published?.kind === 'fails').map(({ key }) => key);
    expect(failing).toEqual(['cut', 'scaled', 'exclusive0', 'dropout']);
  });
});
