/** How kernels read activations: what is stored, with the norm and the activation function behind it that were not applied yet. */

import type { Activation } from '../../../experiment/experiment.ts';
import type { Shape } from '../../../network/graph.ts';
import { activationFormulas } from '../../../ops/activation/formula.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, get, set, v128 } from '../assembler/code.ts';
import type { Elementwise, Spot, Steps } from './elementwise.ts';
import { formulas } from './formulas.ts';
import { fixed, type Kernel, type Place } from './kernel.ts';
import { multiplyAdd } from './product.ts';

/** A vector for each spot of a pass. */
export type Values = (spot: Spot) => Code;

export interface Value {
  readonly place: Place;
  readonly shape: Shape;
  /** Where the numbers of a norm are that is yet to be applied. */
  readonly norm: number | null;
  readonly activation: Activation;
}

/**
 * What is known of a norm, or of the numbers that a layer makes: sums over all images in float64, of each pack eight (Σ of its channels, Σ of
 * their squares); then packs of one float a channel.
 */
export const normParts = ['mean', 'inverseStd', 'slope', 'intercept', 'gradientMean', 'gradientAlong'] as const;
export type NormPart = (typeof normParts)[number];
export const SUMS_BYTES = 64;

export function normOffset(part: NormPart, packs: number): number {
  return SUMS_BYTES * packs + 16 * packs * normParts.indexOf(part);
}

export function normBytes(packs: number): number {
  return (SUMS_BYTES + 16 * normParts.length) * packs;
}

export function perNormed(pass: Elementwise, norm: number, part: NormPart, packs = pass.extent.packs) {
  return pass.perChannel(fixed(norm + normOffset(part, packs)));
}

/** @param steps of what is stored, where that is not a map of the pass's shape */
export function readValue(pass: Elementwise, value: Value, steps?: Steps): Values {
  const stored = pass.stream(value.place, steps);
  const read = (spot: Spot) => stored.load(spot);
  return activated(pass, normalized(pass, read, value), value.activation);
}

/** The numbers in front of the activation. */
function normalized(pass: Elementwise, read: Values, { norm, shape }: Value): Values {
  if (norm === null) return read;
  const packs = packsOf(shape[2]);
  const [slope, intercept] = [perNormed(pass, norm, 'slope', packs), perNormed(pass, norm, 'intercept', packs)];
  return (spot) => multiplyAdd(pass.kernel.fma, slope(spot.pack), read(spot), intercept(spot.pack));
}

export function activated(pass: Elementwise, read: Values, activation: Activation): Values {
  if (activation === 'linear') return read;
  const x = pass.kernel.fn.local('v128');
  const named: Code[] = [];
  const value = activationFormulas[activation].value(formulas(pass.kernel, named), get(x));
  return (spot) => [set(x, read(spot)), named, value];
}

/** Of a gradient by what is behind an activation, that by what is in front of it. @param y the activation's output, or its input where it dips */
export function throughActivation(kernel: Kernel, activation: Activation, y: Code, gradient: Code): Code {
  if (activation === 'linear') return gradient;
  // A mask costs less than a product.
  if (activation === 'relu') return v128.and(gradient, f32x4.gt(y, v128.zero));
  const named: Code[] = [];
  const slope = activationFormulas[activation].slope(formulas(kernel, named), y);
  return [named, f32x4.mul(gradient, slope)];
}

/** Ones in the lanes of a pack that are channels, zeros in those that fill it up; null where all are. */
function laneMask(channels: number, pack: number): Code | null {
  const lanes = channels - 4 * pack;
  if (lanes >= 4) return null;
  const bits = [0, 1, 2, 3].map((lane) => (lane < lanes ? -1 : 0)) as [number, number, number, number];
  return v128.bits(...bits);
}

export function masked(value: Code, channels: number, pack: number): Code {
  const mask = laneMask(channels, pack);
  return mask === null ? value : v128.and(value, mask);
}
