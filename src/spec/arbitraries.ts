/** Random experiments for property tests: every kind of item, family and setting, within the limits. */
import fc from 'fast-check';
import { checkExperiment } from './check.ts';
import { convKinds, type Experiment, type Item, type NetworkSpec, type TrainingSpec } from './experiment.ts';
import { type Family, familyKinds, familyLayers, familyStack, presetNames } from './families.ts';
import { limits, type Range } from './limits.ts';
import {
  type NetworkSettings,
  networkSettings,
  type Setting,
  type SettingValue,
  trainingSettings,
} from './settings.ts';

function numberIn({ min, max, integer, above }: Range): fc.Arbitrary<number> {
  if (integer) return fc.integer({ min, max });
  return fc.double({ min, max, noNaN: true, minExcluded: above ?? false }).map((value) => value + 0);
}

function settingValue(setting: Setting): fc.Arbitrary<SettingValue> {
  return setting.kind === 'choice' ? fc.constantFrom(...setting.choices) : numberIn(setting.range);
}

function settings<S>(table: Readonly<Record<keyof S & string, Setting>>): fc.Arbitrary<S> {
  const entries = Object.entries<Setting>(table).map(([key, setting]) => [key, settingValue(setting)] as const);
  return fc.record(Object.fromEntries(entries)) as fc.Arbitrary<S>;
}

const small = fc.integer({ min: 1, max: 4 });

export const anyItem: fc.Arbitrary<Item> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...convKinds),
    width: numberIn(limits.convWidth),
    stride: fc.constantFrom(1 as const, 2 as const),
    count: small,
  }),
  fc.record({ kind: fc.constant('dense' as const), width: numberIn(limits.denseWidth), count: small }),
  fc.record({ kind: fc.constantFrom('identity' as const, 'maxpool' as const, 'avgpool' as const), count: small }),
);

export const anyFamily: fc.Arbitrary<Family> = fc
  .tuple(fc.constantFrom(...presetNames), fc.constantFrom(...familyKinds), numberIn(limits.familyWidth), fc.nat())
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
  .record({ networks: anyNetworks, training: settings<TrainingSpec>(trainingSettings) })
  .map(({ networks, training }) => ({
    networks: networks.map((network) => ({
      ...network,
      ...(breaches(network, 'spec.narrowingShortcut') && { shortcut: 'b' as const }),
      ...(breaches(network, 'spec.bothPathsCut') && { skipscale: 1 }),
    })),
    training: { ...training, train: Math.max(training.train, training.batch) },
  }));

function breaches(network: NetworkSpec, breach: string): boolean {
  const alone: Experiment = { networks: [network], training: { ...anyTraining } };
  return checkExperiment(alone).some(({ code }) => code === breach);
}

const anyTraining: TrainingSpec = {
  size: 14,
  batch: 1,
  opt: 'sgd',
  lr: 1,
  schedule: 'constant',
  wd: 0,
  clip: 0,
  seed: 0,
  train: 10,
  steps: 1,
};
