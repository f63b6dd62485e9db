import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkExperiment } from './check.ts';
import { formatLink } from './link.ts';
import { linkIn, queryWithoutLink, repairLink } from './linkRepair.ts';
import { parseLink } from './parseLink.ts';
import { anyLink, validExperiment } from './testArbitraries.ts';

const sent = '#v=1&a=t7-plain-20&b=t7-residual-20';
const codes = (link: string) => parseLink(link).problems.map(({ code }) => code);

describe('a link that something has happened to on its way', () => {
  test.each([
    ['escaped in its values', '#v=1&a=t7%2Dplain%2D20&b=t7-residual-20'],
    ['in HTML', '#v=1&amp;a=t7-plain-20&amp;b=t7-residual-20'],
    ['in HTML twice', '#v=1&amp;amp;a=t7-plain-20&#038;b=t7-residual-20'],
    ['escaped whole', '#v%3D1%26a%3Dt7-plain-20%26b%3Dt7-residual-20'],
    ['escaped twice', encodeURIComponent(encodeURIComponent(sent))],
    ['at the end of a sentence', `${sent}).`],
    ['in quotes', `${sent}”,`],
    ['in an attribute', `${sent}&quot;&gt;`],
    ['in bold type', `${sent}**`],
    ['between angle brackets', `${sent}>`],
    ['on a line', `${sent}%0A`],
    ['with keys of those who follow readers', `${sent}&utm_source=moodle&fbclid=abc&gclid=1`],
    ['in a WordPress frame', `${sent}#?secret=Xy3`],
    ['with a text fragment', `${sent}:~:text=plain`],
    ['with a space of no width', sent.replace('plain', '\u200bplain')],
    ['with hyphens of typesetters', sent.replaceAll('-', '\u2011')],
    ['in old mail', sent.replaceAll('=', '=3D')],
  ])('(%s) is the link that was sent', (_, link) => {
    expect(parseLink(link)).toEqual(parseLink(sent));
    expect(parseLink(link).problems).toEqual([]);
  });

  test('keeps its networks apart from a Markdown that eats every *, for which x will do', () => {
    const stack = 'conv-8,residual-8*3,residual-16/2,identity*4';
    expect(parseLink(`#v=1&a=${stack.replaceAll('*', 'x')}`)).toEqual(parseLink(`#v=1&a=${stack}`));
    const eaten = `#v=1&a=${stack.replaceAll('*', '')}&b=plain-20`;
    expect(codes(eaten)).toEqual(['link.damaged', 'link.networkIgnored', 'spec.badItem', 'link.networkMoved']);
  });

  test('and was cut short says so, with dots or without', () => {
    for (const cut of [
      '#v=1',
      '#v=1&a=t7-plain-20&b=t7-resi',
      '#v=1&a=t7-plain-20&b=t7-residual-20...',
      `${sent}…`,
      `${sent}&c`,
    ]) {
      expect(codes(cut)[0], cut).toBe('link.damaged');
    }
  });

  const escapes: readonly ((link: string) => string)[] = [
    encodeURIComponent,
    encodeURI,
    (link) => link.replaceAll('&', '&amp;'),
    (link) => link.replaceAll('&', '&#38;'),
    (link) => link.replace(/[^\w]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`),
    (link) => link.replace(/[&=]/g, encodeURIComponent),
    (link) => link.replaceAll('*', 'x'),
    (link) => `${link}&utm_source=mail`,
    (link) => `#${link}`,
    (link) => `${link}).`,
  ];

  test('opens the same experiment however it was escaped, twice as well', () => {
    fc.assert(
      fc.property(
        validExperiment,
        fc.constantFrom(...escapes),
        fc.constantFrom(...escapes),
        (experiment, one, other) => {
          expect(parseLink(other(one(formatLink(experiment).slice(1))))).toEqual({ experiment, problems: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is repaired once and for all, and a sound link stays as it is', () => {
    fc.assert(
      fc.property(anyLink, fc.constantFrom(...escapes), (link, mangle) => {
        expect(repairLink(link)).toBe(link.slice(1));
        const repaired = repairLink(mangle(link));
        expect(repairLink(repaired)).toBe(repaired);
      }),
      { numRuns: 300 },
    );
  });

  test('says so, or is nothing, where it is no link at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
        const { experiment, problems } = parseLink(text);
        expect(checkExperiment(experiment)).toEqual([]);
        if (repairLink(text).replaceAll('&', '').trim() !== '') expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an address', () => {
  test.each([
    [
      'in its hash, whatever its query says',
      { hash: '#v=1&a=plain-8', search: '?x=v%3D1%26a%3Dplain-20' },
      '#v=1&a=plain-8',
    ],
    [
      'escaped in its query',
      { hash: '', search: '?x=v%3D1%26a%3Dplain-8%26lr%3D0.1&theme=dark' },
      '#v=1&a=plain-8&lr=0.1',
    ],
    [
      'among the keys of its query',
      { hash: '#', search: '?embed=1&x=v=1&a=plain-8&ui=none&lr=0.1' },
      '#v=1&a=plain-8&lr=0.1',
    ],
    ['behind what WordPress adds', { hash: '#?secret=Q1', search: '?x=v=1&amp;a=plain-8' }, '#v=1&a=plain-8'],
    ['nowhere', { hash: '', search: '?engine=cpu' }, ''],
  ])('holds a link %s', (_, address, link) => {
    expect(parseLink(linkIn(address))).toEqual(parseLink(link));
    expect(parseLink(linkIn(address)).problems).toEqual([]);
  });

  test('says what it does not know in the link of its query, but not of the keys of the page', () => {
    expect(codes(linkIn({ hash: '', search: '?x=v=1&a=plain-8&colour=red&locale=de' }))).toEqual(['link.unknownKey']);
  });

  test('keeps its query but for the link', () => {
    expect(queryWithoutLink('?engine=cpu&x=v=1&a=plain-8&theme=dark')).toBe('?engine=cpu&theme=dark');
    expect(queryWithoutLink('?x=v%3D1')).toBe('');
    expect(queryWithoutLink('?engine=cpu&n=2')).toBe('?engine=cpu&n=2');
    expect(queryWithoutLink('')).toBe('');
  });
});
