/**
 * Stores activations where a reader cannot make them up on the fly: the sum that ends a residual block,
 * with the activation behind it; and the output of activation functions that are too dear to be computed
 * by every reader. An invocation makes one pack.
 */

import type { Shape } from '../../../network/graph.ts';
import type { Activation } from '../../../spec/experiment.ts';
import { loadNorm, type Value, valueBindings, valueConstants, valueText } from './values.ts';
import { activated, type Kernel, kernel, laneMask, packsOf, writes } from './wgsl.ts';

const WORKGROUP = 128;

export interface Term {
  readonly value: Value;
  /** The same shape, or that of an option-A shortcut's input. */
  readonly map: { readonly kind: 'same' } | { readonly kind: 'pad'; readonly stride: 1 | 2; readonly shape: Shape };
}

export interface CombineShape {
  readonly shape: Shape;
  /** One, or two to be added. */
  readonly terms: readonly Term[];
  readonly activation: Activation;
}

/** Names of the terms' buffers. */
const termNames = ['a', 'b'] as const;

export function elementwiseGroups([rows, columns, channels]: Shape, images: number): [number, number] {
  // Two dimensions, as one of them takes no more than 65,535.
  const groups = Math.ceil((images * rows * columns * packsOf(channels)) / WORKGROUP);
  const width = Math.min(groups, 32_768);
  return [width, Math.ceil(groups / width)];
}

/** Sets `index`, `pack`, `pixelColumn`, `pixelRow` and `image`, and returns beyond the end. */
export function elementSetup([rows, columns, channels]: Shape): string {
  const packs = packsOf(channels);
  return `let index = (workgroup.y * 32768u + workgroup.x) * ${WORKGROUP}u + local;
if (index >= run.images * ${rows * columns * packs}u) { return; }
let pack = index % ${packs}u;
let pixelColumn = index / ${packs}u % ${columns}u;
let pixelRow = index / ${packs * columns}u % ${rows}u;
let image = index / ${packs * columns * rows}u;`;
}

export const ELEMENTWISE_WORKGROUP = WORKGROUP;

export function combine({ shape, terms, activation }: CombineShape): Kernel {
  const mask = laneMask(shape[2], 'pack');
  return kernel({
    name: terms.length > 1 ? 'add' : 'activate',
    workgroupSize: WORKGROUP,
    bindings: [...terms.flatMap(({ value }, i) => valueBindings(nameOf(i), value)), writes('result')],
    declarations: valueConstants,
    body: `${elementSetup(shape)}
var sum = vec4f();
${terms.map((term, i) => termText(shape, term, nameOf(i))).join('\n')}
result[index] = ${activated(activation, 'sum')}${mask ? ` * ${mask}` : ''};`,
  });
}

function nameOf(index: number): string {
  const name = termNames[index];
  if (name === undefined) throw new RangeError('at most two terms can be combined');
  return name;
}

function termText(shape: Shape, { value, map }: Term, name: string): string {
  if (map.kind === 'same')
    return `{\n${loadNorm(name, value, 'pack')}\nsum += ${valueText(name, value, `${name}[index]`)};\n}`;
  const [rows, columns, channels] = map.shape;
  const packs = packsOf(channels);
  const at = `((image * ${rows}u + pixelRow * ${map.stride}u) * ${columns}u + pixelColumn * ${map.stride}u) * ${packs}u + pack`;
  const kept = Math.min(packs, packsOf(shape[2]));
  return `if (pack < ${kept}u) {
${loadNorm(name, value, 'pack')}
sum += ${valueText(name, value, `${name}[${at}]`)};
}`;
}
