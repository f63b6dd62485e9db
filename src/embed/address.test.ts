import fc from 'fast-check';
import { expect, it } from 'vitest';
import { themeChoices } from '../ui/theme.ts';
import { type EmbedOptions, embedChrome, embedParts, formatEmbed, queryIn, readEmbed, usualEmbed } from './address.ts';

it('is asked for by embed=1 alone', () => {
  expect(readEmbed('')).toBe(null);
  expect(readEmbed('?embed=0')).toBe(null);
  expect(readEmbed('?theme=dark')).toBe(null);
  expect(readEmbed('?embed=1')).toEqual({ options: usualEmbed, problems: [] });
});

it('reads what an author writes', () => {
  const query = '?embed=1&show=error,history&ui=none&theme=dark&autoplay=1&parallel=1&origin=https://blog.example/a/b';
  expect(readEmbed(query)).toEqual({
    options: {
      show: ['error', 'history'],
      ui: 'none',
      theme: 'dark',
      autoplay: true,
      parallel: true,
      instrument: null,
      origin: 'https://blog.example',
    },
    problems: [],
  });
});

it('says what it does not know, and takes the usual for it', () => {
  const { options, problems } = readEmbed('?embed=1&show=bars,pie&ui=tiny&theme=pink&autoplay=yes&origin=x') ?? {};
  expect(options).toEqual({ ...usualEmbed, show: ['bars'] });
  expect(problems?.map(({ values }) => values)).toEqual([
    { key: 'show', value: 'pie', choices: 'bars, error, depth, history, verdict, bet' },
    { key: 'ui', value: 'tiny', choices: 'none, transport, full' },
    { key: 'theme', value: 'pink', choices: 'system, light, dark, projector' },
    { key: 'autoplay', value: 'yes', choices: '0, 1' },
    { key: 'origin', value: 'x', choices: 'https://…' },
  ]);
});

it('writes queries that it reads back', () => {
  const options: fc.Arbitrary<EmbedOptions> = fc.record({
    show: fc.subarray([...embedParts], { minLength: 1 }),
    ui: fc.constantFrom(...embedChrome),
    theme: fc.constantFrom(...themeChoices),
    autoplay: fc.boolean(),
    parallel: fc.boolean(),
    instrument: fc.constantFrom(null, 'history', 'slice'),
    origin: fc.constantFrom(null, 'https://a.example', 'http://localhost:8080'),
  });
  fc.assert(
    fc.property(options, (each) => {
      expect(readEmbed(formatEmbed(each))).toEqual({ options: each, problems: [] });
    }),
  );
  expect(formatEmbed({ show: ['bars', 'error'], origin: 'https://a.example' })).toBe(
    '?embed=1&show=bars,error&origin=https://a.example',
  );
});

it('says the same in another language, with whatever else is in its query', () => {
  const { options } = readEmbed('?embed=1&theme=dark') ?? {};
  const query = queryIn('de', '?embed=1&engine=cpu&theme=light&locale=fr', { ...usualEmbed, ...options });
  expect(query).toBe('?embed=1&theme=dark&engine=cpu&locale=de');
});

it('reads any query at all', () => {
  fc.assert(
    fc.property(fc.string(), (query) => {
      expect(readEmbed(`?embed=1&${query}`)).not.toBe(null);
    }),
  );
});
