/**
 * Mean and standard deviation of every channel of a layer's output z from the moments of its parts, as Chan, Golub & LeVeque
 * (1983) combine them: first the mean of all, then each part's squared distances moved to it. With batch norm it writes the
 * layer's norm; and for every layer the mean and standard deviation of the response, per channel, from which
 * `summarizeGradients` makes that of the layer.
 *
 * Tiling: a workgroup makes a pack and its invocations share the parts, because there are many parts and few packs, and every
 * pass over them needs the result of the one before, which a workgroup can wait for. Where barriers cost more than a loop, it is
 * one invocation.
 */

import { NORM_EPSILON } from '../../../ops/batchNorm/op.ts';
import { type Moments, momentPacks } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { overAll, sumDeclarations } from './reduce.ts';
import { type NormPart, normPart } from './values.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

interface StatisticsShape {
  readonly channels: number;
  readonly partSize: number;
  readonly moments: Moments;
  readonly reduction: Reduction;
}

export function statisticsGroups({ shape }: Kernels['statistics']): [number, number] {
  return [packsOf(shape[2]), 1];
}

/** @param partSize numbers of one channel in a part, but for the last */
export function statistics(about: Kernels['statistics'], partSize: number, reduction: Reduction): Kernel {
  const [rows, columns, channels] = about.shape;
  const { sums, affine, moments, writes: made } = about;
  const shape = { channels, partSize, moments, reduction };
  const size = reduction === 'invocation' ? 1 : 64;
  return kernel({
    name: 'channel statistics',
    workgroupSize: size,
    bindings: [
      reads('sums', sums),
      ...(affine ? [reads('scale', affine.scale), reads('shift', affine.shift)] : []),
      ...(made.norm ? [writes('norm', made.norm)] : []),
      writes('response', made.response),
    ],
    declarations: sumDeclarations(reduction, size),
    body: `let pack = workgroup.x;
let count = run.images * ${rows * columns}u;
let parts = (count + ${partSize - 1}u) / ${partSize}u;
${moments === 'squares' ? squares(shape, size) : scaled(shape, size)}
if (local == 0u) {
${made.norm ? norm(channels) : `response[pack] = mean;\nresponse[${packsOf(channels)}u + pack] = deviation;`}
}`,
  });
}

/** A loop over the invocation's parts, which knows `at`, the first pack of the part, and `members`, how many numbers it has. */
function overParts({ channels, partSize, moments }: StatisticsShape, size: number, body: string): string {
  return `for (var i = local; i < parts; i += ${size}u) {
let at = (i * ${packsOf(channels)}u + pack) * ${momentPacks[moments]}u;
let members = f32(min(${partSize}u, count - i * ${partSize}u));
${body}
}`;
}

/** Sets `mean`, `variance` and `deviation`. */
function squares(shape: StatisticsShape, size: number): string {
  const all = (x: string) => overAll(shape.reduction, 'workgroupSum', x);
  const moved = `let off = sums[at] / members - mean;
squares += sums[at + 1u] + members * off * off;`;
  return `var sum = vec4f();
${overParts(shape, size, 'sum += sums[at];')}
let mean = ${all('sum')} / f32(count);
var squares = vec4f();
${overParts(shape, size, moved)}
let variance = ${all('squares')} / f32(count);
let deviation = sqrt(variance);`;
}

/** Sets `mean` and `deviation`. */
function scaled(shape: StatisticsShape, size: number): string {
  const all = (name: 'workgroupSum' | 'workgroupMax', x: string) => overAll(shape.reduction, name, x);
  const moved = `let own = sums[at + 1u] / scale;
let off = (sums[at] - mean) / scale;
squares += sums[at + 2u] * own * own + members * off * off;`;
  return `var shares = vec4f();
${overParts(shape, size, 'shares += sums[at] * (members / f32(count));')}
let mean = ${all('workgroupSum', 'shares')};
var largest = vec4f(1e-37);
${overParts(shape, size, 'largest = max(largest, max(sums[at + 1u], abs(sums[at] - mean)));')}
let scale = ${all('workgroupMax', 'largest')};
var squares = vec4f();
${overParts(shape, size, moved)}
let deviation = scale * sqrt(${all('workgroupSum', 'squares')} / f32(count));`;
}

function norm(channels: number): string {
  const part = (name: NormPart) => `norm[${normPart(name, channels)}u + pack]`;
  return `let inverseStd = inverseSqrt(variance + ${NORM_EPSILON});
let slope = scale[pack] * inverseStd;
${part('mean')} = mean;
${part('inverseStd')} = inverseStd;
${part('slope')} = slope;
${part('intercept')} = shift[pack] - slope * mean;
response[pack] = shift[pack];
response[${packsOf(channels)}u + pack] = abs(slope) * deviation;`;
}
