/**
 * The moments that batch norm's statistics are made of (see `partMoments.ts`). Convolutions leave them as they store their
 * output; this kernel does the same as it stores a sum that a norm follows, and reads once more what was stored
 * otherwise.
 *
 * Tiling: an invocation makes one pack of `positions` neighbouring pixels, as in a convolution, because every part leaves two
 * packs that `statistics` goes over again: runs make few parts, and two passes over a run's numbers stay in registers.
 */
import { packsOf } from '../../plan/packs.ts';
import { type Combine, combineBindings, combineName, maskedSum, termNameOf, termsFinishing } from './combine.ts';
import { factorFunctions } from './factors.ts';
import { storeMoments } from './partMoments.ts';
import { partCount, sumDeclarations } from './reduce.ts';
import { addTerm } from './terms.ts';
import { type Kernel, kernel, type Reduction, repeat } from './wgsl.ts';

const WORKGROUP = 64;

interface MomentsTiling {
  /** Divides the columns. */
  readonly positions: number;
  readonly reduction: Reduction;
}

export function momentsGroups({ shape }: Combine, { positions, reduction }: MomentsTiling, images: number) {
  const [rows, columns, channels] = shape;
  const invocations = images * rows * (columns / positions);
  const groups: [number, number] = [Math.ceil(invocations / WORKGROUP), packsOf(channels)];
  return { groups, parts: partCount(reduction, WORKGROUP, invocations) };
}

export function moments(about: Combine, { positions, reduction }: MomentsTiling): Kernel {
  const { shape, terms } = about;
  const [rows, columns, channels] = shape;
  const runs = columns / positions;
  return kernel({
    name: about.writes.result ? `${combineName(about)}, moments` : 'moments',
    workgroupSize: WORKGROUP,
    bindings: combineBindings(about),
    declarations: [
      sumDeclarations(reduction, WORKGROUP),
      ...factorFunctions(terms.flatMap(({ factors }) => factors)),
      ...termsFinishing(about, WORKGROUP).declarations,
    ],
    body: `${termsFinishing(about, WORKGROUP).statements}
let id = workgroup.x * ${WORKGROUP}u + local;
let runs = run.images * ${rows * runs}u;
let working = id < runs;
let pack = workgroup.y;
let image = id / ${rows * runs}u;
let pixelRow = id / ${runs}u % ${rows}u;
${repeat(positions, (p) => `var a${p} = vec4f();`)}
if (working) {
${repeat(positions, (p) => positionText(about, positions, p, packsOf(channels)))}
}
${storeMoments({ channels, positions, moments: 'squares', reduction, workgroupSize: WORKGROUP }, (p) => `a${p}`, 'pack')}`,
  });
}

function positionText(about: Combine, positions: number, p: number, packs: number): string {
  const { shape, terms } = about;
  return `{
let pixelColumn = id % ${shape[1] / positions}u * ${positions}u + ${p}u;
let at = (id * ${positions}u + ${p}u) * ${packs}u + pack;
var sum = vec4f();
${terms.map((term, i) => addTerm('sum', shape, term, termNameOf(i), 'at')).join('\n')}
a${p} = ${maskedSum(about)};
${about.writes.result ? `result[at] = a${p};` : ''}
}`;
}
