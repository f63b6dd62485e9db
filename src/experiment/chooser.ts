/** The experiments of the chooser: the calibrated set-ups of docs/science.md, by what they show. */
import { architectureNames, architectures } from './architectures.ts';
import type { DataRef } from './dataRef.ts';
import type { Experiment, NetworkSpec, TrainingSpec } from './experiment.ts';
import { ADDED_LAYERS, BASE_DEPTH, baseKinds, type FamilyKind } from './families.ts';
import { paperDepths, paperExperiment } from './paper.ts';
import { presetExperiment, presets } from './presets.ts';

export const experimentGroups = ['architectures', 'degradation', 's14', 'vanishing', 'insertion', 'paper'] as const;
export type ExperimentGroup = (typeof experimentGroups)[number];

export const experimentKeys = [
  'architectures',
  'base',
  't7-twins-8',
  't7-twins-20',
  't7-twins-38',
  't7-twins-56',
  't7-plain',
  't7-residual',
  's14-twins-20',
  's14-twins-38',
  's14-twins-56',
  'f7-sigmoid-12',
  'f7-sigmoid',
  'f7-tanh',
  'f7-exploding',
  'f7-cures',
  't7-inserted',
  's14-identities',
  'paper-20',
  'paper-32',
  'paper-44',
  'paper-56',
  'paper-110',
  'paper-1202',
] as const;
export type ExperimentKey = (typeof experimentKeys)[number];

export interface ExperimentEntry {
  readonly key: ExperimentKey;
  readonly group: ExperimentGroup;
  readonly experiment: Experiment;
  /** The same on images of the visitor's, where it asks for some. */
  readonly on?: (data: DataRef) => Experiment;
}

function twins(preset: 't7' | 's14', layers: number): Experiment {
  return presetExperiment(preset, [
    { kind: 'plain', layers },
    { kind: 'residual', layers },
  ]);
}

function depths(kind: FamilyKind, layers: readonly number[]): Experiment {
  return presetExperiment(
    't7',
    layers.map((count) => ({ kind, layers: count })),
  );
}

/** Flat plain networks without normalisation: one for each change to the preset's network. */
function flat(
  networks: readonly (Partial<NetworkSpec> & { readonly layers?: number })[],
  training: Partial<TrainingSpec> = {},
): Experiment {
  const base = presetExperiment(
    'f7',
    networks.map(({ layers = 12 }) => ({ kind: 'plain', layers })),
  );
  return {
    networks: base.networks.map((network, index) => {
      const { layers, ...changes } = networks[index] ?? {};
      return { ...network, ...changes };
    }),
    training: { ...base.training, ...training },
  };
}

const sigmoid = { act: 'sigmoid', init: 'xavier' } as const;
const sigmoidTraining = { lr: 0.1, steps: 60 };

const inserted: Experiment = presetExperiment('t7', [
  { kind: 'plain', layers: 8 },
  { kind: 'base+conv', layers: 18 },
  { kind: 'base+identity', layers: 18 },
]);

/** The three architectures side by side, with the settings of S14. */
const architecturesTogether: Experiment = {
  networks: architectureNames.map((name) => ({ stack: architectures[name], ...presets.s14.network })),
  training: presets.s14.training,
};

const identities: Experiment = presetExperiment(
  's14',
  baseKinds.map((kind) => ({ kind, layers: ADDED_LAYERS })),
);

export const experimentEntries: readonly ExperimentEntry[] = [
  { key: 'architectures', group: 'architectures', experiment: architecturesTogether },
  { key: 'base', group: 'architectures', experiment: presetExperiment('s14', [{ kind: 'plain', layers: BASE_DEPTH }]) },
  { key: 't7-twins-8', group: 'degradation', experiment: twins('t7', 8) },
  { key: 't7-twins-20', group: 'degradation', experiment: twins('t7', 20) },
  { key: 't7-twins-38', group: 'degradation', experiment: twins('t7', 38) },
  { key: 't7-twins-56', group: 'degradation', experiment: twins('t7', 56) },
  { key: 't7-plain', group: 'degradation', experiment: depths('plain', [8, 20, 38, 56]) },
  { key: 't7-residual', group: 'degradation', experiment: depths('residual', [8, 20, 38, 56]) },
  { key: 's14-twins-20', group: 's14', experiment: twins('s14', 20) },
  { key: 's14-twins-38', group: 's14', experiment: twins('s14', 38) },
  { key: 's14-twins-56', group: 's14', experiment: twins('s14', 56) },
  { key: 'f7-sigmoid-12', group: 'vanishing', experiment: flat([sigmoid], sigmoidTraining) },
  {
    key: 'f7-sigmoid',
    group: 'vanishing',
    experiment: flat(
      [2, 4, 8, 12].map((layers) => ({ ...sigmoid, layers })),
      sigmoidTraining,
    ),
  },
  { key: 'f7-tanh', group: 'vanishing', experiment: flat([{ act: 'tanh', init: 'normal', std: 0.05 }]) },
  { key: 'f7-exploding', group: 'vanishing', experiment: flat([{ act: 'relu', init: 'xavier', gain: 3 }]) },
  {
    key: 'f7-cures',
    group: 'vanishing',
    experiment: flat([
      { act: 'tanh', init: 'xavier' },
      { act: 'relu', init: 'he' },
      { act: 'relu', init: 'normal', std: 0.01, norm: 'batch' },
      { act: 'sigmoid', init: 'he', norm: 'batch' },
    ]),
  },
  { key: 't7-inserted', group: 'insertion', experiment: inserted },
  { key: 's14-identities', group: 'insertion', experiment: identities },
  ...paperDepths.map((layers) => ({
    key: `paper-${layers}` as const,
    group: 'paper' as const,
    experiment: paperExperiment(layers),
    on: (data: DataRef) => paperExperiment(layers, data),
  })),
];
