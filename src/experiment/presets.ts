/**
 * Calibrated starting points (SGD with momentum 0.9, He initialisation, 6,000 training images of 14×14): settings at
 * which an effect of depth is seen within minutes on two CPU cores, and the measured errors are known.
 */
import { type Experiment, originalBlocks, type TrainingSpec } from './experiment.ts';
import { type Family, familyStack, type PresetName } from './families.ts';
import type { NetworkSettings } from './settings.ts';

export interface Preset {
  readonly network: NetworkSettings;
  readonly training: TrainingSpec;
}

/** Width of a family where a link names none. */
export const DEFAULT_WIDTH = 8;

/** The preset behind names without a prefix and behind custom stacks. */
export const BARE_PRESET: PresetName = 's14';

const network: NetworkSettings = {
  norm: 'batch',
  act: 'relu',
  init: 'he',
  std: 0.05,
  gain: 1,
  head: 'gap',
  ...originalBlocks,
};

const training: TrainingSpec = {
  size: 14,
  batch: 64,
  opt: 'momentum',
  lr: 0.05,
  schedule: 'linear',
  wd: 0,
  clip: 0,
  seed: 1,
  train: 6000,
  steps: 200,
};

export const presets: Readonly<Record<PresetName, Preset>> = {
  /** Three stages behind a stem of stride 2: the quick default. */
  t7: { network, training: { ...training, batch: 32, steps: 100 } },
  /** Three stages at full resolution. */
  s14: { network, training },
  /** Flat, without normalisation, for vanishing and exploding; global pooling would learn too slowly here. */
  f7: {
    network: { ...network, norm: 'none', head: 'flatten' },
    training: { ...training, lr: 0.03, schedule: 'constant', steps: 120 },
  },
};

/** An experiment with the settings of a preset; the families are of the default width unless they say otherwise. */
export function presetExperiment(
  name: PresetName,
  families: readonly (Pick<Family, 'kind' | 'layers'> & Partial<Family>)[],
): Experiment {
  const preset = presets[name];
  return {
    networks: families.map((family) => ({
      stack: familyStack({ preset: name, width: DEFAULT_WIDTH, ...family }),
      ...preset.network,
    })),
    training: preset.training,
  };
}

/** What the page opens with: plain 38 against its residual twin shows degradation within 100 steps. */
export const defaultExperiment: Experiment = presetExperiment('t7', [
  { kind: 'plain', layers: 38 },
  { kind: 'residual', layers: 38 },
]);
