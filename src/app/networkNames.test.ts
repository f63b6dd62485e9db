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
});
