/**
 * The sums that batch norm's statistics are made of: of each channel's numbers, and of their squared distances from the mean
 * of the part they belong to, from which `statistics` makes mean and variance without cancellation. Convolutions leave them as
 * they store their output; this kernel does the same as it stores a sum behind which a norm stands, and reads once more
 * what was stored otherwise. An invocation makes one pack of `positions` neighbouring pixels.
 */
import { type CombineShape, combineBindings, combineName, maskedSum, termNameOf } from './combine.ts';
import { factorFunctions } from './factors.ts';
import { partCount, partOf, sumDeclarations } from './reduce.ts';
import { addTerm } from './terms.ts';
import { valueConstants } from './values.ts';
import { type Kernel, kernel, packsOf, type Reduction, repeat, writes } from './wgsl.ts';

export const MOMENTS_WORKGROUP = 64;

interface Runs {
  readonly channels: number;
  /** Neighbouring pixels of an invocation. */
  readonly positions: number;
  readonly reduction: Reduction;
}

export interface MomentsShape extends CombineShape {
  /** Store the sum too. */
  readonly stores: boolean;
  /** Divides the columns. */
  readonly positions: number;
  readonly reduction: Reduction;
}

export function momentsGroups({ shape, positions, reduction }: MomentsShape, images: number) {
  const [rows, columns, channels] = shape;
  const invocations = images * rows * (columns / positions);
  const groups: [number, number] = [Math.ceil(invocations / MOMENTS_WORKGROUP), packsOf(channels)];
  return { groups, parts: partCount(reduction, MOMENTS_WORKGROUP, invocations) };
}

export function moments(about: MomentsShape): Kernel {
  const { shape, terms, stores, positions, reduction } = about;
  const [rows, columns, channels] = shape;
  const runs = columns / positions;
  return kernel({
    name: stores ? `${combineName(about)}, moments` : 'moments',
    workgroupSize: MOMENTS_WORKGROUP,
    bindings: [...combineBindings(about), ...(stores ? [writes('result')] : []), writes('sums')],
    declarations: [
      valueConstants,
      sumDeclarations(reduction, MOMENTS_WORKGROUP),
      ...factorFunctions(terms.flatMap(({ factors }) => factors)),
    ].join('\n'),
    body: `let id = workgroup.x * ${MOMENTS_WORKGROUP}u + local;
let runs = run.images * ${rows * runs}u;
let working = id < runs;
let pack = workgroup.y;
let image = id / ${rows * runs}u;
let pixelRow = id / ${runs}u % ${rows}u;
${repeat(positions, (p) => `var a${p} = vec4f();`)}
if (working) {
${repeat(positions, (p) => positionText(about, p, packsOf(channels)))}
}
${storeMoments({ channels, positions, reduction }, (p) => `a${p}`, 'pack')}`,
  });
}

function positionText(about: MomentsShape, p: number, packs: number): string {
  const { shape, terms, stores, positions } = about;
  return `{
let pixelColumn = id % ${shape[1] / positions}u * ${positions}u + ${p}u;
let at = (id * ${positions}u + ${p}u) * ${packs}u + pack;
var sum = vec4f();
${terms.map((term, i) => addTerm('sum', shape, term, termNameOf(i), 'at')).join('\n')}
a${p} = ${maskedSum(about)};
${stores ? `result[at] = a${p};` : ''}
}`;
}

/**
 * Stores the sums of one pack. The text around it knows `id` and `local`, the number of `runs`, and whether this invocation
 * is `working` on one.
 * @param value of each position, as an expression
 */
export function storeMoments(
  { channels, positions, reduction }: Runs,
  value: (position: number) => string,
  pack: string,
): string {
  const total = repeat(positions, value, ' + ');
  const squares = repeat(positions, (p) => `(${value(p)} - mean) * (${value(p)} - mean)`, ' + ');
  const at = `sums[(part * ${packsOf(channels)}u + ${pack}) * 2u`;
  if (reduction === 'invocation') {
    return `if (working) {
let part = ${partOf(reduction, MOMENTS_WORKGROUP, 'id')};
let sum = ${total};
let mean = sum * ${1 / positions};
${at}] = sum;
${at} + 1u] = ${squares};
}`;
  }
  return `{
let part = workgroup.x;
let sum = workgroupSum(select(vec4f(), ${total}, working), local);
let members = min(runs - workgroup.x * ${MOMENTS_WORKGROUP}u, ${MOMENTS_WORKGROUP}u) * ${positions}u;
let mean = sum / f32(members);
let squares = workgroupSum(select(vec4f(), ${squares}, working), local);
if (local == 0u) {
${at}] = sum;
${at} + 1u] = squares;
}
}`;
}
