/** How WGSL reads values: the norm and the activation function of what is stored are applied by the reader. */

import { activationFormulas } from '../../../ops/activation/formula.ts';
import type { Images, Value } from '../../plan/expressions.ts';
import { isImages } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { type Binding, reads, wgsl, writes } from './wgsl.ts';

/** The parts of a batch norm's buffer, each one `vec4f` a pack. */
export const normParts = ['mean', 'inverseStd', 'slope', 'intercept'] as const;
export type NormPart = (typeof normParts)[number];

/** Where a part of a norm's buffer begins. */
export function normPart(part: NormPart, channels: number): number {
  return normParts.indexOf(part) * packsOf(channels);
}

/** The statistics of a norm that whoever reads it first makes by itself: see `unfinishedNorm.ts`. */
export interface UnfinishedNorm {
  readonly statistics: Kernels['statistics'];
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
}

/** A value, and its norm as far as that is not made yet. */
export type ReadValue = Value & { readonly unfinished?: UnfinishedNorm };
export type ReadSource = ReadValue | Images;

/** The buffers that a value is read from. @param name of the buffer of raw numbers; its norm is `<name>Norm` */
export function valueBindings(
  name: string,
  { from, norm, unfinished }: Pick<ReadValue, 'from' | 'norm' | 'unfinished'>,
): Binding[] {
  if (unfinished) return [reads(name, from), ...unfinishedBindings(name, unfinished)];
  return norm ? [reads(name, from), reads(`${name}Norm`, norm)] : [reads(name, from)];
}

function unfinishedBindings(name: string, { statistics: { sums, affine, writes: made } }: UnfinishedNorm): Binding[] {
  if (!affine || !made.norm) throw new RangeError('statistics of no norm');
  return [
    reads(`${name}Sums`, sums),
    reads(`${name}Scale`, affine.scale),
    reads(`${name}Shift`, affine.shift),
    writes(`${name}Norm`, made.norm),
    writes(`${name}Response`, made.response),
  ];
}

/** Where the workgroup keeps a part of what it has made. */
export function finishedPart(name: string, part: 'slope' | 'intercept', channels: number, pack: string): string {
  return `${name}Finished[${part === 'slope' ? '' : `${packsOf(channels)}u + `}${pack}]`;
}

/** The same of what a layer multiplies by its weights. */
export function sourceBindings(source: ReadSource): Binding[] {
  return isImages(source) ? imageBindings(source) : valueBindings('x', source);
}

export function imageBindings({ pixels, indices }: Images): Binding[] {
  return [reads('pixels', pixels, 'f32'), reads('indices', indices, 'u32')];
}

/** `let` statements that load what is constant for a pack; put them outside of loops over positions. */
export function loadNorm(
  name: string,
  { norm, shape, unfinished }: Pick<ReadValue, 'norm' | 'shape' | 'unfinished'>,
  pack: string,
): string {
  if (!norm) return '';
  const channels = shape[2];
  if (unfinished) {
    return `let ${name}Slope = ${finishedPart(name, 'slope', channels, pack)};
let ${name}Intercept = ${finishedPart(name, 'intercept', channels, pack)};`;
  }
  return `let ${name}Slope = ${name}Norm[${normPart('slope', channels)}u + ${pack}];
let ${name}Intercept = ${name}Norm[${normPart('intercept', channels)}u + ${pack}];`;
}

/** An expression for the value whose raw number is `raw`; comes after `loadNorm`. */
export function valueText(name: string, { norm, activation }: Pick<Value, 'norm' | 'activation'>, raw: string): string {
  const affine = norm ? `(${name}Slope * ${raw} + ${name}Intercept)` : raw;
  return activationFormulas[activation].value(wgsl(), affine);
}
