/** Random experiments for property tests: every kind of item, family and setting, within the limits. */
import fc from 'fast-check';
import { checkExperiment } from './check.ts';
import { convKinds, type Experiment, type Item, type NetworkSpec, type TrainingSpec } from './experiment.ts';
import { type Family, familyKinds, familyLayers, familyStack, presetNames } from './families.ts';
import { limits, type Range } from './limits.ts';
import { formatLink } from './link.ts';
import {
  familyWidthSetting,
  listText,
  type NetworkSettings,
  networkSettingKeys,
  networkSettings,
  type Setting,
  type SettingValue,
  trainingSettings,
  usualTraining,
} from './settings.ts';
import { defaultSweep, type Sweep, type SweepAxis, sweepAxes, usualValues } from './sweep/sweep.ts';
import { formatSweep } from './sweep/text.ts';

function numberIn({ min, max, integer, above }: Range): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  return fc.double({ min, max, noNaN: true, minExcluded: above ?? false }).map((value) => value + 0);
}

function settingValue(setting: Setting): fc.Arbitrary<SettingValue> {
  switch (setting.kind) {
    case 'choice':
      return fc.constantFrom(...setting.choices);
    case 'list':
      return fc
        .uniqueArray(numberIn(setting.range), { minLength: 1, maxLength: 4 })
        .map((numbers) => listText(numbers.sort((one, other) => one - other)));
    case 'number':
      return numberIn(setting.range);
  }
}

function settings<S>(table: Readonly<Record<keyof S & string, Setting>>): fc.Arbitrary<S> {
  const entries = Object.entries<Setting>(table).map(([key, setting]) => [key, settingValue(setting)] as const);
  return fc.record(Object.fromEntries(entries)) as fc.Arbitrary<S>;
}

/** How a network may be made, with the few numbers of each setting that a sweep begins with: of those far off, engines agree less. */
export const commonSettings: fc.Arbitrary<NetworkSettings> = fc.record(
  Object.fromEntries(
    networkSettingKeys.map((key) => {
      const { usual, swept, ...setting }: Setting = networkSettings[key];
      return [key, fc.constantFrom(...(setting.kind === 'choice' ? setting.choices : (swept ?? [usual])))];
    }),
  ),
) as fc.Arbitrary<NetworkSettings>;

const small = fc.integer({ min: 1, max: 4 });

export const anyItem: fc.Arbitrary<Item> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom(...convKinds),
      kernel: fc.constantFrom(...networkSettings.kernel.choices),
      width: numberIn(limits.convWidth),
      stride: fc.constantFrom(1 as const, 2 as const),
      count: small,
    },
    { requiredKeys: ['kind', 'width', 'stride', 'count'] },
  ),
  fc.record({ kind: fc.constant('dense' as const), width: numberIn(limits.denseWidth), count: small }),
  fc.record({ kind: fc.constantFrom('identity' as const, 'maxpool' as const, 'avgpool' as const), count: small }),
);

export const anyFamily: fc.Arbitrary<Family> = fc
  .tuple(fc.constantFrom(...presetNames), fc.constantFrom(...familyKinds), numberIn(familyWidthSetting.range), fc.nat())
  .filter(([preset, kind]) => preset !== 'f7' || !kind.startsWith('base'))
  .map(([preset, kind, width, n]) => {
    const possible = familyLayers(preset, kind);
    return { preset, kind, width, layers: possible[n % possible.length] ?? 0 };
  });

export const anyStack: fc.Arbitrary<readonly Item[]> = fc.oneof(
  anyFamily.map(familyStack),
  fc.array(anyItem, { minLength: 1, maxLength: 8 }),
);

const anyNetwork: fc.Arbitrary<NetworkSpec> = fc
  .tuple(anyStack, settings<NetworkSettings>(networkSettings))
  .map(([stack, made]) => ({ stack, ...made }));

/** Networks that share most settings are as common as networks that share none. */
const anyNetworks: fc.Arbitrary<readonly NetworkSpec[]> = fc.oneof(
  fc.array(anyNetwork, { minLength: 1, maxLength: limits.networks }),
  fc
    .tuple(settings<NetworkSettings>(networkSettings), fc.array(anyStack, { minLength: 1, maxLength: limits.networks }))
    .map(([made, stacks]) => stacks.map((stack) => ({ stack, ...made }))),
);

/** Experiments within the limits. */
export const validExperiment: fc.Arbitrary<Experiment> = fc
  .record({ networks: anyNetworks, training: settings<Omit<TrainingSpec, 'data'>>(trainingSettings) })
  .map(({ networks, training }) => ({
    networks: networks.map((network) => ({
      ...network,
      ...(breaches(network, 'spec.narrowingShortcut') && { shortcut: 'b' as const }),
      ...(breaches(network, 'spec.bothPathsCut') && { skipscale: 1 }),
      ...(breaches(network, 'spec.branchStaysZero') && { skipinit: 'off' as const }),
    })),
    training: { ...training, train: Math.max(training.train, training.batch) },
  }));

function breaches(network: NetworkSpec, breach: string): boolean {
  const alone: Experiment = { networks: [network], training: usualTraining };
  return checkExperiment(alone).some(({ code }) => code === breach);
}

const anySweep: fc.Arbitrary<(base: Experiment) => Sweep> = fc
  .tuple(
    fc.constantFrom<SweepAxis>(...sweepAxes),
    fc.uniqueArray(numberIn(trainingSettings.seed.range), { minLength: 1, maxLength: 3 }),
  )
  .map(([axis, seeds]) => (base) => ({ ...defaultSweep(base), axis, values: usualValues(axis, base), seeds }));

/** Links as the page writes them: of an experiment, a sweep or a lesson. */
export const anyLink: fc.Arbitrary<string> = fc
  .tuple(validExperiment, anySweep, fc.integer({ min: 1, max: 9 }), fc.constantFrom('lab', 'lab', 'sweep', 'lesson'))
  .map(([experiment, sweep, lesson, kind]) => {
    const link = formatLink(experiment);
    if (kind === 'sweep') return link + formatSweep(sweep(experiment), experiment);
    return kind === 'lesson' ? `#lesson=${lesson}&part=2&${link.slice(1)}` : link;
  });

/** Any character, as `unit: 'binary'` has them, which takes most of a second to be made. */
const character = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** What does not belong into a link, and what belongs somewhere else in it. */
const debris = fc.oneof(
  fc.string(),
  fc.string({ unit: character }),
  fc.constantFrom(
    ...[
      '&',
      '=',
      '#',
      '+',
      '*',
      ',',
      '/',
      '-',
      '.',
      ':',
      '%',
      '%00',
      '%25',
      '%26',
      '%2C',
      '&amp;',
      ').',
      '\0',
      '\ud800',
    ],
    ...['1e999', '-1', '-0', 'NaN', '99999999999', '*999999999', '0x10', '1e-320', '٣', 'İ'],
    ...['__proto__', 'constructor', '&__proto__=1', '&constructor.prototype=x', '&a.__proto__=1', 'toString'],
    ...['&a=plain-20', '&b=', '&d.norm=none', '&v=2', '&lr=', '&width=64', '&sweep=depth:8', '&seeds=1', '&lesson=3'],
    ...['conv-8,', 'residual-', '*200', '/2', 'base+conv-', 'f7-', 'vgg-16'],
  ),
  // As long as a novel, of one kind.
  fc.constantFrom('1', ',', '&', '&x=1', 'conv-8,', '%41', ' ').map((part) => part.repeat(100_000 / part.length)),
);

/** Something done to a text at a place that two fractions say. */
type Mutation = (text: string, from: number, to: number) => string;

function cutOut(replace: (part: string) => string): Mutation {
  return (text, one, other) => {
    const [from, to] = [one, other].map((fraction) => Math.round(fraction * text.length)).sort((a, b) => a - b);
    return text.slice(0, from) + replace(text.slice(from, to)) + text.slice(to ?? 0);
  };
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  debris.map((piece) => (text: string, at: number) => cutOut(() => piece)(text, at, at)),
  debris.map((piece) => cutOut(() => piece)),
  fc.constantFrom<Mutation>(
    (text, at) => text.slice(0, Math.round(at * text.length)),
    cutOut((part) => part + part),
    cutOut((part) => [...part].reverse().join('')),
    cutOut((part) => part.toUpperCase()),
    cutOut((part) => part.replace(/[^\w]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)),
    (text) => text.replaceAll('&', '&amp;'),
    (text) => text.replaceAll('*', ''),
    (text) => text.replace(/\d+/g, (digits) => digits.repeat(12)),
  ),
);

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

/** Links that something has happened to on their way. */
export const mangledLink: fc.Arbitrary<string> = fc
  .tuple(anyLink, fc.array(fc.tuple(mutation, fraction, fraction), { minLength: 1, maxLength: 4 }))
  .map(([link, mutations]) => mutations.reduce((text, [mutate, from, to]) => mutate(text, from, to), link));
