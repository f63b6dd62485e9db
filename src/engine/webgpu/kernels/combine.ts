/**
 * Stores activations where a reader cannot make them up on the fly: the sum that ends a residual block,
 * with the activation after it; products that readers other than sums need; and the output of activation
 * functions that are too expensive for every reader to compute.
 *
 * Tiling: an invocation makes one pack of one pixel, the next one the next pack in memory, because no activation is needed
 * twice: there is nothing for invocations to share, and neighbours load and store neighbouring packs.
 */

import type { Shape } from '../../../network/graph.ts';
import { activationFormulas } from '../../../ops/activation/formula.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { factorFunctions } from './factors.ts';
import { addTerm, type ReadTerm, termBindings } from './terms.ts';
import { finishDeclarations, finishNorm } from './unfinishedNorm.ts';
import { type Binding, type Kernel, kernel, laneMask, wgsl, writes } from './wgsl.ts';

const WORKGROUP = 128;

/** With norms that this kernel makes first. */
export type Combine = Omit<Kernels['combine'], 'terms'> & { readonly terms: readonly ReadTerm[] };

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

export function combine(about: Combine): Kernel {
  const { shape, terms } = about;
  return kernel({
    name: combineName(about),
    workgroupSize: WORKGROUP,
    bindings: combineBindings(about),
    declarations: [
      ...factorFunctions(terms.flatMap(({ factors }) => factors)),
      ...termsFinishing(about, WORKGROUP).declarations,
    ],
    body: `${termsFinishing(about, WORKGROUP).statements}
${elementSetup(shape)}
var sum = vec4f();
${terms.map((term, i) => addTerm('sum', shape, term, termNameOf(i), 'index')).join('\n')}
result[index] = ${maskedSum(about)};`,
  });
}

/** What makes the norms of the terms that are not made yet. */
export function termsFinishing({ terms }: Combine, workgroupSize: number) {
  const unfinished = terms.flatMap(({ value }, i) =>
    value.unfinished ? [{ name: termNameOf(i), norm: value.unfinished }] : [],
  );
  return {
    declarations: unfinished.map(({ name, norm }) => finishDeclarations(name, norm, workgroupSize)),
    statements: unfinished.map(({ name }) => finishNorm(name)).join('\n'),
  };
}

export function combineName({ terms }: Combine): string {
  if (terms.length > 1) return 'add';
  return terms.some(({ factors }) => factors.length > 0) ? 'multiply' : 'activate';
}

export function combineBindings({ terms, writes: { result, sums } }: Combine): Binding[] {
  return [
    ...terms.flatMap((term, i) => termBindings(termNameOf(i), term)),
    ...(result ? [writes('result', result)] : []),
    ...(sums ? [writes('sums', sums)] : []),
  ];
}

/** What is stored of the terms' `sum`. */
export function maskedSum({ shape, activation }: Combine): string {
  const mask = laneMask(shape[2], 'pack');
  return `${activationFormulas[activation].value(wgsl(), 'sum')}${mask ? ` * ${mask}` : ''}`;
}

/** Of a term's buffer. */
export function termNameOf(index: number): string {
  const name = termNames[index];
  if (name === undefined) throw new RangeError('at most two terms can be combined');
  return name;
}
