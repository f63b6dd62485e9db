/**
 * The experiments of the lessons: the calibrated set-ups of docs/science.md, sized so that each trains within minutes on two CPU cores. They stand
 * apart from what the lessons tell, so that an embed can draw a lesson's networks before it has downloaded the lesson.
 */
import { architectureNames, architectures } from '../../experiment/architectures.ts';
import type { Experiment, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { ADDED_LAYERS, type Family, type PresetName } from '../../experiment/families.ts';
import { presetExperiment, presets } from '../../experiment/presets.ts';

import type { Place, Size } from '../lesson.ts';

type Families = readonly Pick<Family, 'kind' | 'layers'>[];

/** Families with the settings of a preset. */
function families(preset: PresetName, which: Families, training: Partial<TrainingSpec> = {}): Experiment {
  const base = presetExperiment(preset, which);
  return { ...base, training: { ...base.training, ...training } };
}

function twins(preset: PresetName, layers: number, training: Partial<TrainingSpec> = {}): Experiment {
  return families(
    preset,
    [
      { kind: 'plain', layers },
      { kind: 'residual', layers },
    ],
    training,
  );
}

function plains(preset: PresetName, depths: readonly number[], training: Partial<TrainingSpec> = {}): Experiment {
  return families(
    preset,
    depths.map((layers) => ({ kind: 'plain', layers })),
    training,
  );
}

/** Flat networks without normalisation (F7) that differ in how they are made. */
function flats(
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

function architecturesTogether(steps: number): Experiment {
  return {
    networks: architectureNames.map((name) => ({ stack: architectures[name], ...presets.s14.network })),
    training: { ...presets.s14.training, steps },
  };
}

/** Deeper and deeper plain networks. */
export const DEPTHS = [8, 20, 38, 56] as const;

const sigmoid = { act: 'sigmoid', init: 'xavier' } as const;
const small = { init: 'normal', std: 0.05 } as const;
/** He's weights lose a little at every zero-padded edge: at width 8, more than ten layers may not train without normalisation. */
const CURED_LAYERS = 10;
/** The ratio falls along every stage from all seeds that were tried (1 to 5); after 100 steps one no longer does in the last. */
const BLOCK_STEPS = 50;
/** The deepest network starts better at a lower rate than the others. */
const DEEPEST_RATE = 0.02;

/** Of every part of every lesson, in the order of the story; null where that of the part before goes on. */
export const storyExperiments: readonly (readonly (((size: Size) => Experiment) | null)[])[] = [
  [() => architecturesTogether(80), () => plains('s14', [8])],
  [
    () =>
      flats(
        [4, 8, 12].map((layers) => ({ ...sigmoid, layers })),
        { lr: 0.1, steps: 60 },
      ),
    () =>
      flats(
        [
          { ...small, act: 'tanh', layers: 12 },
          { ...small, act: 'relu', layers: 12 },
        ],
        { steps: 20 },
      ),
  ],
  [
    () =>
      flats(
        [12, 20].map((layers) => ({ init: 'xavier', gain: 3, layers })),
        { steps: 20 },
      ),
  ],
  [
    () =>
      flats(
        [
          { act: 'tanh', init: 'xavier', layers: CURED_LAYERS },
          { act: 'relu', init: 'he', layers: CURED_LAYERS },
          { act: 'relu', init: 'normal', std: 0.01, norm: 'batch', layers: CURED_LAYERS },
          { act: 'sigmoid', init: 'he', norm: 'batch', layers: CURED_LAYERS },
        ],
        { steps: 120 },
      ),
    () => plains('t7', [20, 56], { steps: 30 }),
  ],
  [() => plains('t7', DEPTHS), null, (size) => twins(size === 'large' ? 's14' : 't7', 56)],
  [
    () =>
      families('t7', [
        { kind: 'plain', layers: 8 },
        { kind: 'base+conv', layers: ADDED_LAYERS },
        { kind: 'base+identity', layers: ADDED_LAYERS },
      ]),
    () => plains('s14', [8], { steps: 600 }),
  ],
  [() => families('t7', [{ kind: 'residual', layers: 56 }], { steps: BLOCK_STEPS })],
  [() => twins('t7', 20)],
  [
    (size) =>
      size === 'large' ? twins('s14', 110, { lr: DEEPEST_RATE }) : twins('t7', 110, { lr: DEEPEST_RATE, steps: 80 }),
    null,
  ],
];

/**
 * The experiment of a place: its own, or the one that goes on from the part before. A part that is not there is the lesson's first.
 *
 * @param changes to the training of every experiment of the story, as a link asks for them
 */
export function experimentAt({ lesson, part }: Place, size: Size, changes: Partial<TrainingSpec> = {}): Experiment {
  const parts = storyExperiments[lesson - 1] ?? storyExperiments[0] ?? [];
  const own = parts.slice(0, (part in parts ? part : 0) + 1).findLast((each) => each !== null);
  if (!own) throw new RangeError(`lesson ${lesson} has no experiment`);
  const { networks, training } = own(size);
  return { networks, training: { ...training, ...changes } };
}
