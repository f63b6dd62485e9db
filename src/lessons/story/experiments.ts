/** The experiments of the lessons: the calibrated set-ups of docs/science.md, sized so that each trains within minutes on two CPU cores. */
import { architectureNames, architectures } from '../../experiment/architectures.ts';
import type { Experiment, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import type { Family, PresetName } from '../../experiment/families.ts';
import { presetExperiment, presets } from '../../experiment/presets.ts';

type Families = readonly Pick<Family, 'kind' | 'layers'>[];

/** Families with the settings of a preset. */
export function families(preset: PresetName, which: Families, training: Partial<TrainingSpec> = {}): Experiment {
  const base = presetExperiment(preset, which);
  return { ...base, training: { ...base.training, ...training } };
}

export function twins(preset: PresetName, layers: number, training: Partial<TrainingSpec> = {}): Experiment {
  return families(
    preset,
    [
      { kind: 'plain', layers },
      { kind: 'residual', layers },
    ],
    training,
  );
}

export function plains(
  preset: PresetName,
  depths: readonly number[],
  training: Partial<TrainingSpec> = {},
): Experiment {
  return families(
    preset,
    depths.map((layers) => ({ kind: 'plain', layers })),
    training,
  );
}

/** Flat networks without normalisation (F7) that differ in how they are made. */
export function flats(
  networks: readonly (Partial<NetworkSpec> & { readonly layers: number })[],
  training: Partial<TrainingSpec>,
): Experiment {
  const base = plains(
    'f7',
    networks.map(({ layers }) => layers),
    training,
  );
  const made = base.networks.map((network, index) => {
    const { layers: _, ...changes } = networks[index] ?? { layers: 0 };
    return { ...network, ...changes };
  });
  return { ...base, networks: made };
}

export function architecturesTogether(steps: number): Experiment {
  return {
    networks: architectureNames.map((name) => ({ stack: architectures[name], ...presets.s14.network })),
    training: { ...presets.s14.training, steps },
  };
}
