/**
 * The sums that batch norm's statistics are made of: of each channel's numbers, and of their squared distances from the mean
 * of the part they belong to, from which `statistics` makes mean and variance without cancellation. Convolutions leave them as
 * they store their output; where a norm stands behind anything else, this kernel reads it once more.
 * An invocation adds one pack of `positions` neighbouring pixels.
 */
import type { Shape } from '../../../network/graph.ts';
import { partCount, partOf, sumDeclarations } from './reduce.ts';
import { type Kernel, kernel, packsOf, type Reduction, reads, repeat, writes } from './wgsl.ts';

export const MOMENTS_WORKGROUP = 64;

interface Runs {
  readonly channels: number;
  /** Neighbouring pixels of an invocation. */
  readonly positions: number;
  readonly reduction: Reduction;
}

export interface MomentsShape {
  readonly shape: Shape;
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

export function moments({ shape: [rows, columns, channels], positions, reduction }: MomentsShape): Kernel {
  const packs = packsOf(channels);
  return kernel({
    name: 'moments',
    workgroupSize: MOMENTS_WORKGROUP,
    bindings: [reads('x'), writes('sums')],
    declarations: sumDeclarations(reduction, MOMENTS_WORKGROUP),
    body: `let id = workgroup.x * ${MOMENTS_WORKGROUP}u + local;
let runs = run.images * ${rows * (columns / positions)}u;
let working = id < runs;
let pack = workgroup.y;
${repeat(positions, (p) => `var a${p} = vec4f();`)}
if (working) {
${repeat(positions, (p) => `a${p} = x[(id * ${positions}u + ${p}u) * ${packs}u + pack];`)}
}
${storeMoments({ channels, positions, reduction }, (p) => `a${p}`, 'pack')}`,
  });
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
