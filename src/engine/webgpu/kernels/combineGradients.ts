/**
 * The gradient by a layer's output where no convolution reads it, or where it comes from several readers:
 * the sum of what they contribute, finished like any other (see `gradientTarget`).
 *
 * Tiling: an invocation makes one pack of `positions` neighbouring pixels, because every part leaves sums for batch norm that
 * `normGradient` goes over again: runs make few parts.
 */

import type { Shape } from '../../../network/graph.ts';
import type { Contribution, Factor } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { factorFunctions, opennessText } from './factors.ts';
import { addAddend, addendBindings, finishGradient, storeSums, targetBindings, targetSetup } from './gradientTarget.ts';
import { partCount, sumDeclarations } from './reduce.ts';
import { addTerm, termBindings } from './terms.ts';
import { loadNorm, valueBindings, valueText } from './values.ts';
import { type Binding, type Kernel, kernel, type Reduction, reads } from './wgsl.ts';

const WORKGROUP = 64;

type CombineGradients = Kernels['combineGradients'];

interface Tiling {
  readonly positions: number;
  readonly reduction: Reduction;
}

const contributionNames = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh'] as const;

export function combineGradientsGroups({ target }: CombineGradients, { positions, reduction }: Tiling, images: number) {
  const [rows, columns, channels] = target.shape;
  const invocations = images * rows * (columns / positions);
  const groups: [number, number] = [Math.ceil(invocations / WORKGROUP), packsOf(channels)];
  return { groups, parts: partCount(reduction, WORKGROUP, invocations) };
}

export function combineGradients(
  { target, contributions, x }: CombineGradients,
  { positions, reduction }: Tiling,
): Kernel {
  const [rows, columns, channels] = target.shape;
  const runs = columns / positions;
  return kernel({
    name: 'combine gradients',
    workgroupSize: WORKGROUP,
    bindings: [
      ...contributions.flatMap((each, i) => contributionBindings(each, nameOf(i))),
      ...(x ? valueBindings('x', x) : []),
      ...targetBindings(target),
    ],
    declarations: [
      target.writes.sums ? sumDeclarations(reduction, WORKGROUP) : '',
      ...factorFunctions(contributions.flatMap(factorsOf)),
    ],
    body: `let id = workgroup.x * ${WORKGROUP}u + local;
let pack = workgroup.y;
let working = id < run.images * ${rows * runs}u;
let image = id / ${rows * runs}u;
let pixelRow = id / ${runs}u % ${rows}u;
var total = vec4f();
var along = vec4f();
if (working) {
${targetSetup(target, 'pack')}
${x ? loadNorm('x', x, 'pack') : ''}
for (var offset = 0u; offset < ${positions}u; offset++) {
let pixelColumn = id % ${runs}u * ${positions}u + offset;
let at = ((image * ${rows}u + pixelRow) * ${columns}u + pixelColumn) * ${packsOf(channels)}u + pack;
var gradient = vec4f();
${contributions.map((each, i) => contributionText({ target, x }, each, nameOf(i))).join('\n')}
${finishGradient(target, 'gradient', 'at')}
}
}
${target.writes.sums ? storeSums(target.shape, reduction, WORKGROUP, 'pack') : ''}`,
  });
}

function nameOf(index: number): string {
  const name = contributionNames[index];
  if (name === undefined) throw new RangeError('a layer with too many readers');
  return name;
}

/** Names of the buffers that a gate's contribution looks at besides: what opens it, and its term. */
const gateName = (name: string) => `${name}Gate`;
const gatedName = (name: string) => `${name}Gated`;

function contributionBindings(contribution: Contribution, name: string): Binding[] {
  switch (contribution.kind) {
    case 'same':
    case 'pad':
      return addendBindings(contribution, name);
    case 'gate':
      return [
        reads(name, contribution.gradient),
        ...valueBindings(gateName(name), contribution.value),
        ...termBindings(gatedName(name), contribution.term),
      ];
    default:
      return [reads(name, contribution.gradient)];
  }
}

function factorsOf(contribution: Contribution): readonly Factor[] {
  if (contribution.kind === 'gate') return [contribution, ...contribution.term.factors];
  return contribution.kind === 'same' || contribution.kind === 'pad' ? contribution.factors : [];
}

function contributionText(
  { target, x }: Pick<CombineGradients, 'target' | 'x'>,
  contribution: Contribution,
  name: string,
): string {
  const { shape } = target;
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  switch (contribution.kind) {
    case 'same':
    case 'pad':
      return addAddend(target, contribution, name, 'gradient', 'at');
    case 'gate':
      return gateText(shape, contribution, name);
    case 'globalAverage':
      return `gradient += ${name}[image * ${packs}u + pack] * ${1 / (rows * columns)};`;
    case 'averagePool':
      return `{
${windowOf(shape, contribution.shape)}
let members = min(2u, ${rows}u - top) * min(2u, ${columns}u - left);
gradient += ${name}[window] / f32(members);
}`;
    case 'maxPool':
      return maxPoolText(shape, contribution.shape, x, name);
  }
}

/** y = σ(±z) x has the gradient ± σ(±z) (1 − σ(±z)) x dy by z. */
function gateText(shape: Shape, gate: Extract<Contribution, { kind: 'gate' }>, name: string): string {
  const z = gateName(name);
  return `{
${loadNorm(z, gate.value, 'pack')}
let open = ${opennessText(z, gate, 'at')};
var gated = vec4f();
${addTerm('gated', shape, gate.term, gatedName(name), 'at')}
gradient ${gate.part === 'open' ? '+' : '-'}= open * (1.0 - open) * gated * ${name}[at];
}`;
}

/** Sets `top`, `left` and `window`, the index of the pooled pack, for a pixel of a 2×2 pool's input. */
function windowOf([, , channels]: Shape, [rows, columns]: Shape): string {
  return `let top = pixelRow / 2u * 2u;
let left = pixelColumn / 2u * 2u;
let window = ((image * ${rows}u + pixelRow / 2u) * ${columns}u + pixelColumn / 2u) * ${packsOf(channels)}u + pack;`;
}

/** The gradient goes to the first of the largest: no earlier member is as large, and no later one larger. */
function maxPoolText(shape: Shape, pooled: Shape, value: CombineGradients['x'], name: string) {
  if (value === null) throw new RangeError('a max pool without its input');
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const other = valueText(
    'x',
    value,
    `x[((image * ${rows}u + otherRow) * ${columns}u + otherColumn) * ${packs}u + pack]`,
  );
  return `{
${windowOf(shape, pooled)}
let mine = ${valueText('x', value, 'x[at]')};
let place = (pixelRow - top) * 2u + pixelColumn - left;
var chosen = vec4f(1.0);
for (var member = 0u; member < 4u; member++) {
let otherRow = top + member / 2u;
let otherColumn = left + member % 2u;
if (member == place || otherRow >= ${rows}u || otherColumn >= ${columns}u) { continue; }
let other = ${other};
if (member < place) { chosen *= select(vec4f(1.0), vec4f(), other >= mine); }
else { chosen *= select(vec4f(1.0), vec4f(), other > mine); }
}
gradient += chosen * ${name}[window];
}`;
}
