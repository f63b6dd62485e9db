/**
 * A sweep: the first network of an experiment, trained again and again with one setting varied (its depth, unless
 * another is chosen), as a plain and as a residual network, from several seeds. Like an experiment it is plain data;
 * its cells follow from it (`cells.ts`).
 */
import type { DataRef } from '../dataRef.ts';
import type { Experiment, NetworkSpec } from '../experiment.ts';
import { recognizeFamily } from '../families.ts';
import { inRange, limits, type Range, whole } from '../limits.ts';
import {
  familyWidthSetting,
  type NetworkSettingKey,
  networkSettingKeys,
  networkSettings,
  type Setting,
  type SettingValue,
  type TrainingSettingKey,
  trainingSetting,
  trainingSettingKeys,
} from '../settings.ts';

export const sweepKinds = ['plain', 'residual'] as const;
export type SweepKind = (typeof sweepKinds)[number];

/** What may vary along the horizontal axis. The seed may not: it is what every value is repeated over. */
export type SweepAxis = 'depth' | 'width' | NetworkSettingKey | Exclude<TrainingSettingKey, 'seed'>;

export const sweepAxes: readonly SweepAxis[] = [
  'depth',
  'width',
  ...networkSettingKeys,
  ...trainingSettingKeys.filter((key) => key !== 'seed'),
];

export interface Sweep {
  readonly axis: SweepAxis;
  /** Of the setting on the axis, each once, in the order in which they are drawn and trained. */
  readonly values: readonly SettingValue[];
  readonly kinds: readonly SweepKind[];
  readonly seeds: readonly number[];
}

/** Weight layers; which of them a family has, `checkFamily` says when the cells are made. */
const depthSetting: Setting = { kind: 'number', range: whole(2, limits.familyDepth.max), usual: 38 };

/** What an axis can be set to. @param data that networks are trained on, where somebody has brought it */
export function axisSetting(axis: SweepAxis, data?: DataRef): Setting {
  if (axis === 'depth') return depthSetting;
  if (axis === 'width') return familyWidthSetting;
  return isNetworkAxis(axis) ? networkSettings[axis] : trainingSetting(axis, data);
}

export function isNetworkAxis(axis: SweepAxis): axis is NetworkSettingKey {
  return networkSettingKeys.some((key) => key === axis);
}

/** He et al.'s steps of 18 layers, and what is left of them in flat networks without normalisation. */
const stagedDepths = [8, 20, 38, 56];
const flatDepths = [4, 8, 12, 20];
const seeds = [1, 2, 3];

/** The sweep that a page offers first: the paper's question, at the depths of its Fig. 6. */
export function defaultSweep({ networks: [first] }: Pick<Experiment, 'networks'>): Sweep {
  return { axis: 'depth', values: depthsFor(first), kinds: sweepKinds, seeds };
}

function depthsFor(network: NetworkSpec | undefined): readonly number[] {
  return network && recognizeFamily(network.stack)?.preset === 'f7' ? flatDepths : stagedDepths;
}

/** Values to begin with on an axis: every choice there is, or the experiment's own number, its half and its double. */
export function usualValues(axis: SweepAxis, { networks: [first], training }: Experiment): readonly SettingValue[] {
  const setting = axisSetting(axis, training.data);
  if (axis === 'depth') return depthsFor(first);
  if (setting.swept) return setting.swept;
  if (setting.kind === 'choice') return setting.choices;
  if (setting.kind === 'list') return [setting.usual];
  const own = Number(isNetworkAxis(axis) ? first?.[axis] : training[axis as Exclude<TrainingSettingKey, 'seed'>]);
  const around = own === 0 ? aroundZero(setting.range) : [own / 2, own, own * 2];
  const possible = around.map((value) => (setting.range.integer ? Math.round(value) : value));
  return [...new Set(possible.filter((value) => inRange(value, setting.range)))];
}

/** Weight decay and clipping are off at 0: one usual strength beside it. */
function aroundZero({ max }: Range): number[] {
  return max > 1 ? [0, 1] : [0, 1e-4];
}
