/**
 * How a kernel reads the activations of a layer. Normalisation and cheap activation functions are not
 * stored: the reader applies them, from the layer's raw output `z` and its `norm`, which saves a pass
 * over memory forwards and another one backwards.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import { LEAKY_SLOPE } from '../../../ops/activation/op.ts';
import { packsOf } from '../../plan/packs.ts';
import { activated, type Binding, reads } from './wgsl.ts';

/** What to do with the number found in a buffer. */
export interface Value {
  readonly channels: number;
  /** Multiply by the norm's slope and add its intercept first. */
  readonly normalized: boolean;
  readonly activation: Activation;
}

/** The parts of a batch norm's buffer, each one `vec4f` a pack. */
export const normParts = ['mean', 'inverseStd', 'slope', 'intercept'] as const;
export type NormPart = (typeof normParts)[number];

/** Where a part of a norm's buffer begins. */
export function normPart(part: NormPart, channels: number): number {
  return normParts.indexOf(part) * packsOf(channels);
}

/** The buffers that a value is read from. @param name of the buffer of raw numbers; its norm is `<name>Norm` */
export function valueBindings(name: string, { normalized }: Value): Binding[] {
  return normalized ? [reads(name), reads(`${name}Norm`)] : [reads(name)];
}

/** `let` statements that load what is constant for a pack; put them outside of loops over positions. */
export function loadNorm(name: string, { normalized, channels }: Value, pack: string): string {
  if (!normalized) return '';
  return `let ${name}Slope = ${name}Norm[${normPart('slope', channels)}u + ${pack}];
let ${name}Intercept = ${name}Norm[${normPart('intercept', channels)}u + ${pack}];`;
}

/** An expression for the value whose raw number is `raw`; comes after `loadNorm`. */
export function valueText(name: string, { normalized, activation }: Value, raw: string): string {
  const affine = normalized ? `(${name}Slope * ${raw} + ${name}Intercept)` : raw;
  return activated(activation, affine);
}

export const valueConstants = `const LEAKY_SLOPE = ${LEAKY_SLOPE};`;
