/**
 * The networks of the shortcut lab: the rows of He et al. 2016 (arXiv 1603.05027), Tables 1 and 2, and what came after. Its errors are of
 * ResNet-110 on CIFAR-10, the median of five runs; “fails” is an error above 20 %. Ours are trained at page scale, each from the same
 * original with only the settings here changed.
 */
import type { Experiment, NetworkSpec } from '../../experiment/experiment.ts';
import { presetExperiment, presets } from '../../experiment/presets.ts';
import type { NetworkSettings } from '../../experiment/settings.ts';

/** What a paper reports of a variant: a test error in per cent, or that training fails. */
export type Published =
  | { readonly kind: 'error'; readonly percent: number; readonly source: 'table1' | 'table2' | 'stochasticDepth' }
  | { readonly kind: 'fails' };

/** Rows that are compared with one original and trained alike. */
export const groupKeys = ['normalized', 'unnormalized'] as const;
export type GroupKey = (typeof groupKeys)[number];

export const variantKeys = [
  'original',
  'cut',
  'scaled',
  'halved',
  'exclusive0',
  'exclusive6',
  'exclusive7',
  'gated0',
  'gated6',
  'projected',
  'dropout',
  'normAfter',
  'actBefore',
  'actOnly',
  'preActivation',
  'stochasticDepth',
  'bare',
  'skipInit',
] as const;
export type VariantKey = (typeof variantKeys)[number];

export interface Variant {
  readonly key: VariantKey;
  readonly group: GroupKey;
  /** What differs from the preset's network. */
  readonly settings: Partial<NetworkSettings>;
  readonly published: Published | null;
}

const fails: Published = { kind: 'fails' };

function inTable(table: 1 | 2, percent: number): Published {
  return { kind: 'error', percent, source: `table${table}` };
}

function normalized(key: VariantKey, settings: Variant['settings'], published: Published): Variant {
  return { key, group: 'normalized', settings, published };
}

function unnormalized(key: VariantKey, settings: Variant['settings']): Variant {
  return { key, group: 'unnormalized', settings: { norm: 'none', ...settings }, published: null };
}

/** The first of a group is its original. */
export const variants: readonly Variant[] = [
  normalized('original', {}, inTable(1, 6.61)),
  normalized('cut', { skipscale: 0 }, fails),
  normalized('scaled', { skipscale: 0.5 }, fails),
  normalized('halved', { skipscale: 0.5, branchscale: 0.5 }, inTable(1, 12.35)),
  normalized('exclusive0', { gate: 'exclusive', gatebias: 0 }, fails),
  normalized('exclusive6', { gate: 'exclusive', gatebias: -6 }, inTable(1, 8.7)),
  normalized('exclusive7', { gate: 'exclusive', gatebias: -7 }, inTable(1, 9.81)),
  normalized('gated0', { gate: 'shortcut', gatebias: 0 }, inTable(1, 12.86)),
  normalized('gated6', { gate: 'shortcut', gatebias: -6 }, inTable(1, 6.91)),
  normalized('projected', { shortcut: 'c' }, inTable(1, 12.22)),
  normalized('dropout', { dropout: 0.5 }, fails),
  normalized('normAfter', { order: 'normafter' }, inTable(2, 8.17)),
  normalized('actBefore', { order: 'actbefore' }, inTable(2, 7.84)),
  normalized('actOnly', { order: 'actonly' }, inTable(2, 6.71)),
  normalized('preActivation', { order: 'pre' }, inTable(2, 6.37)),
  normalized('stochasticDepth', { survival: 0.5 }, { kind: 'error', percent: 4.91, source: 'stochasticDepth' }),
  unnormalized('bare', {}),
  unnormalized('skipInit', { skipinit: 'on' }),
];

export function variantsOf(group: GroupKey): readonly Variant[] {
  return variants.filter((variant) => variant.group === group);
}

/** Depths of the residual family T7 at which the lab trains. */
export const depths = [20, 38, 56, 110] as const;
export type Depth = (typeof depths)[number];

/** Without normalisation a lower learning rate, that of the calibrated set-up. */
export const learningRates: Readonly<Record<GroupKey, number>> = {
  normalized: presets.t7.training.lr,
  unnormalized: 0.03,
};

/** One network for each variant, trained as their group is. */
export function variantExperiment(group: GroupKey, chosen: readonly Variant[], depth: Depth): Experiment {
  const { networks, training } = presetExperiment('t7', [{ kind: 'residual', layers: depth }]);
  const made = networks.flatMap((base) => chosen.map(({ settings }): NetworkSpec => ({ ...base, ...settings })));
  return { networks: made, training: { ...training, lr: learningRates[group] } };
}
