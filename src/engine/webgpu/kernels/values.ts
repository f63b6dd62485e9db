/** How WGSL reads values: the norm and the activation function of what is stored are applied by the reader. */

import { LEAKY_SLOPE } from '../../../ops/activation/op.ts';
import type { Images, Source, Value } from '../../plan/expressions.ts';
import { isImages } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { activated, type Binding, reads } from './wgsl.ts';

/** The parts of a batch norm's buffer, each one `vec4f` a pack. */
export const normParts = ['mean', 'inverseStd', 'slope', 'intercept'] as const;
export type NormPart = (typeof normParts)[number];

/** Where a part of a norm's buffer begins. */
export function normPart(part: NormPart, channels: number): number {
  return normParts.indexOf(part) * packsOf(channels);
}

/** The buffers that a value is read from. @param name of the buffer of raw numbers; its norm is `<name>Norm` */
export function valueBindings(name: string, { from, norm }: Pick<Value, 'from' | 'norm'>): Binding[] {
  return norm ? [reads(name, from), reads(`${name}Norm`, norm)] : [reads(name, from)];
}

/** The same of what a layer multiplies by its weights. */
export function sourceBindings(source: Source): Binding[] {
  return isImages(source) ? imageBindings(source) : valueBindings('x', source);
}

export function imageBindings({ pixels, indices }: Images): Binding[] {
  return [reads('pixels', pixels, 'f32'), reads('indices', indices, 'u32')];
}

/** `let` statements that load what is constant for a pack; put them outside of loops over positions. */
export function loadNorm(name: string, { norm, shape }: Pick<Value, 'norm' | 'shape'>, pack: string): string {
  if (!norm) return '';
  const channels = shape[2];
  return `let ${name}Slope = ${name}Norm[${normPart('slope', channels)}u + ${pack}];
let ${name}Intercept = ${name}Norm[${normPart('intercept', channels)}u + ${pack}];`;
}

/** An expression for the value whose raw number is `raw`; comes after `loadNorm`. */
export function valueText(name: string, { norm, activation }: Pick<Value, 'norm' | 'activation'>, raw: string): string {
  const affine = norm ? `(${name}Slope * ${raw} + ${name}Intercept)` : raw;
  return activated(activation, affine);
}

export const valueConstants = `const LEAKY_SLOPE = ${LEAKY_SLOPE};`;
