/**
 * Calibrated starting points (SGD with momentum 0.9, He initialisation, 6,000 training images of 14×14): settings at
 * which an effect of depth is seen within minutes on two CPU cores, and the measured errors are known.
 */
import type { Experiment, NetworkSettings, TrainingSpec } from './experiment.ts';
import { type Family, familyStack, type PresetName } from './families.ts';
import { familyWidthSetting, usualNetwork, usualTraining } from './settings.ts';

export interface Preset {
  readonly network: NetworkSettings;
  readonly training: TrainingSpec;
}

/** The preset behind names without a prefix and behind custom stacks. */
export const BARE_PRESET: PresetName = 's14';

export const presets: Readonly<Record<PresetName, Preset>> = {
  /** Three stages behind a stem of stride 2: the quick default. */
  t7: { network: usualNetwork, training: { ...usualTraining, batch: 32, steps: 100 } },
  /** Three stages at full resolution. */
  s14: { network: usualNetwork, training: usualTraining },
  /** Flat, without normalisation, for vanishing and exploding; global pooling would learn too slowly here. */
  f7: {
    network: { ...usualNetwork, norm: 'none', head: 'flatten' },
    training: { ...usualTraining, lr: 0.03, schedule: 'constant', steps: 120 },
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
      stack: familyStack({ preset: name, width: familyWidthSetting.usual, ...family }),
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
