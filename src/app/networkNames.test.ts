import { describe, expect, it } from 'vitest';
import { parseLink } from '../spec/parseLink.ts';
import { networkNames } from './networkNames.ts';

const namesOf = (link: string) => networkNames(parseLink(link).experiment.networks);

describe('the names of networks', () => {
  it('are those of their families where these differ', () => {
    expect(namesOf('#a=t7-plain-8&b=t7-residual-8')).toEqual(['T7 plain 8', 'T7 residual 8']);
  });

  it('end with the letter where they would be the same, as settings alone may differ', () => {
    expect(namesOf('#a=f7-plain-12&b=f7-plain-4&c=f7-plain-12&c.act=tanh')).toEqual([
      'F7 plain 12 (a)',
      'F7 plain 4',
      'F7 plain 12 (c)',
    ]);
  });

  it('tell by their residual blocks what would be the same, as far as these differ', () => {
    expect(namesOf('#a=t7-residual-20&b=t7-residual-20&c=t7-residual-20&b.skipscale=0.5&c.gate=shortcut')).toEqual([
      'T7 residual 20',
      'Skip ×0.5 (T7 residual 20)',
      'Gate −6 (T7 residual 20)',
    ]);
    expect(namesOf('#a=t7-residual-20&b=t7-residual-20&order=pre&b.act=tanh')).toEqual([
      'Pre-act (T7 residual 20) (a)',
      'Pre-act (T7 residual 20) (b)',
    ]);
    // Nothing of a plain network depends on what its blocks would do.
    expect(namesOf('#a=t7-plain-20&b=t7-plain-20&b.order=pre')).toEqual(['T7 plain 20 (a)', 'T7 plain 20 (b)']);
  });
});
