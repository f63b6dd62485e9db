/** A term of a sum as a kernel reads it: another layer's activations, shaped like the sum, times factors. */

import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Factor, factorBindings, loadFactors, multiplied } from './factors.ts';
import { loadNorm, type Value, valueBindings, valueText } from './values.ts';
import type { Binding } from './wgsl.ts';

export interface Term {
  readonly value: Value;
  /** The same shape, or that of an option-A shortcut's input. */
  readonly map: { readonly kind: 'same' } | { readonly kind: 'pad'; readonly stride: 1 | 2; readonly shape: Shape };
  readonly factors: readonly Factor[];
}

export function termBindings(name: string, { value, factors }: Term): Binding[] {
  return [...valueBindings(name, value), ...factorBindings(name, factors)];
}

/**
 * A block of statements that add a term to the `vec4f` variable `sum`. They know `image`, `pixelRow`, `pixelColumn` and `pack`.
 * @param shape of the sum
 * @param at index of the pack in a buffer of that shape
 */
export function addTerm(sum: string, shape: Shape, { value, map, factors }: Term, name: string, at: string): string {
  const loads = [loadNorm(name, value, 'pack'), loadFactors(name, factors, 'pack')].filter((text) => text !== '');
  const add = (from: string) => {
    const product = multiplied(name, factors, { shape, at, pack: 'pack' }, valueText(name, value, `${name}[${from}]`));
    return `${loads.join('\n')}\n${sum} += ${product};`;
  };
  if (map.kind === 'same') return `{\n${add(at)}\n}`;
  const [rows, columns, channels] = map.shape;
  const packs = packsOf(channels);
  const from = `((image * ${rows}u + pixelRow * ${map.stride}u) * ${columns}u + pixelColumn * ${map.stride}u) * ${packs}u + pack`;
  return `if (pack < ${Math.min(packs, packsOf(shape[2]))}u) {\n${add(from)}\n}`;
}
