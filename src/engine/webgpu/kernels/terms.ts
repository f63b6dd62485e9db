/** How WGSL reads a term of a sum: another layer's activations, shaped like the sum, times factors. */

import type { Shape } from '../../../network/graph.ts';
import type { Term } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { factorBindings, loadFactors, multiplied } from './factors.ts';
import { loadNorm, type ReadValue, valueBindings, valueText } from './values.ts';
import type { Binding } from './wgsl.ts';

export type ReadTerm = Term & { readonly value: ReadValue };

export function termBindings(name: string, { value, factors }: ReadTerm): Binding[] {
  return [...valueBindings(name, value), ...factorBindings(name, factors)];
}

/**
 * A block of statements that add a term to the `vec4f` variable `sum`. They know `image`, `pixelRow`, `pixelColumn` and `pack`.
 * @param shape of the sum
 * @param at index of the pack in a buffer of that shape
 */
export function addTerm(
  sum: string,
  shape: Shape,
  { value, pad, factors }: ReadTerm,
  name: string,
  at: string,
): string {
  const loads = [loadNorm(name, value, 'pack'), loadFactors(name, factors, 'pack')].filter((text) => text !== '');
  const add = (from: string) => {
    const product = multiplied(name, factors, { shape, at, pack: 'pack' }, valueText(name, value, `${name}[${from}]`));
    return `${loads.join('\n')}\n${sum} += ${product};`;
  };
  if (pad === null) return `{\n${add(at)}\n}`;
  const [rows, columns, channels] = value.shape;
  const packs = packsOf(channels);
  const from = `((image * ${rows}u + pixelRow * ${pad}u) * ${columns}u + pixelColumn * ${pad}u) * ${packs}u + pack`;
  return `if (pack < ${Math.min(packs, packsOf(shape[2]))}u) {\n${add(from)}\n}`;
}
