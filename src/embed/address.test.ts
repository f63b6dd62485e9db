import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sentence } from '../messages/messages.ts';
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
  expect(problems?.map(sentence)).toEqual([
    'Ignored ?show=pie in the address: bars is used; possible are bars, error, depth, history, verdict, bet.',
    'Ignored ?ui=tiny in the address: transport is used; possible are none, transport, full.',
    'Ignored ?theme=pink in the address: system is used; possible are system, light, dark, projector.',
    'Ignored ?autoplay=yes in the address: 0 is used; possible are 0, 1.',
    'Ignored ?origin=x in the address: messages of any page around are heard. An origin reads https://example.org.',
  ]);
  expect(readEmbed('?embed=1&show=pie')?.options.show).toEqual(usualEmbed.show);
});

it('takes the nearest word for one that is mistyped, and says so', () => {
  const { options, problems } = readEmbed('?embed=1&show=bar,Erorr&ui=Non&theme=drak') ?? {};
  expect(options).toEqual({ ...usualEmbed, show: ['bars', 'error'], ui: 'none', theme: 'dark' });
  expect(problems?.map(({ values }) => 'used' in values && values.used)).toEqual(['bars', 'error', 'none', 'dark']);
  expect(problems?.[3] && sentence(problems[3])).toBe(
    'Changed ?theme=drak in the address to dark; possible are system, light, dark, projector.',
  );
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
