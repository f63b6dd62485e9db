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
import { momentPacks } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { overAll, sumDeclarations } from './reduce.ts';
import { type NormPart, normPart } from './values.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

/** Invocations that go over the parts of a pack of channels together. */
export interface Sharing {
  /** The buffer of the moments. */
  readonly sums: string;
  /** Number of the invocation among them, as an expression. */
  readonly lane: string;
  readonly lanes: number;
  /** Reduces an expression over all of them. */
  readonly over: (name: 'workgroupSum' | 'workgroupMax', x: string) => string;
}

export function statisticsGroups({ shape }: Kernels['statistics']): [number, number] {
  return [packsOf(shape[2]), 1];
}

/** @param partSize numbers of one channel in a part, but for the last */
export function statistics(about: Kernels['statistics'], partSize: number, reduction: Reduction): Kernel {
  const { sums, affine, writes: made } = about;
  const size = reduction === 'invocation' ? 1 : 64;
  const sharing: Sharing = { sums: 'sums', lane: 'local', lanes: size, over: (name, x) => overAll(reduction, name, x) };
  return kernel({
    name: 'channel statistics',
    workgroupSize: size,
    bindings: [
      reads('sums', sums),
      ...(affine ? [reads('scale', affine.scale), reads('shift', affine.shift)] : []),
      ...(made.norm ? [writes('norm', made.norm)] : []),
      writes('response', made.response),
    ],
    declarations: [sumDeclarations(reduction, size)],
    body: `let pack = workgroup.x;
${overAllParts(about, partSize, sharing)}
if (local == 0u) {
${made.norm ? normText(about.shape[2], storedNorm) : responseText(about.shape[2])}
}`,
  });
}

/** From the moments of the parts the `mean`, the `deviation`, and for a norm the `variance` of the pack of channels `pack`. */
export function overAllParts(
  { shape: [rows, columns, channels], moments }: Kernels['statistics'],
  partSize: number,
  sharing: Sharing,
): string {
  /** Knows `at`, the first pack of the part, and `members`, how many numbers it has. */
  const overParts = (body: string) => `for (var i = ${sharing.lane}; i < parts; i += ${sharing.lanes}u) {
let at = (i * ${packsOf(channels)}u + pack) * ${momentPacks[moments]}u;
let members = f32(min(${partSize}u, count - i * ${partSize}u));
${body}
}`;
  return `let count = run.images * ${rows * columns}u;
let parts = (count + ${partSize - 1}u) / ${partSize}u;
${moments === 'squares' ? squares(overParts, sharing) : scaled(overParts, sharing)}`;
}

function squares(overParts: (body: string) => string, { sums, over }: Sharing): string {
  const moved = `let off = ${sums}[at] / members - mean;
squares += ${sums}[at + 1u] + members * off * off;`;
  return `var sum = vec4f();
${overParts(`sum += ${sums}[at];`)}
let mean = ${over('workgroupSum', 'sum')} / f32(count);
var squares = vec4f();
${overParts(moved)}
let variance = ${over('workgroupSum', 'squares')} / f32(count);
let deviation = sqrt(variance);`;
}

function scaled(overParts: (body: string) => string, { sums, over }: Sharing): string {
  const moved = `let own = ${sums}[at + 1u] / scale;
let off = (${sums}[at] - mean) / scale;
squares += ${sums}[at + 2u] * own * own + members * off * off;`;
  return `var shares = vec4f();
${overParts(`shares += ${sums}[at] * (members / f32(count));`)}
let mean = ${over('workgroupSum', 'shares')};
var largest = vec4f(1e-37);
${overParts(`largest = max(largest, max(${sums}[at + 1u], abs(${sums}[at] - mean)));`)}
let scale = ${over('workgroupMax', 'largest')};
var squares = vec4f();
${overParts(moved)}
let deviation = scale * sqrt(${over('workgroupSum', 'squares')} / f32(count));`;
}

/** Names of the buffers of a norm's parameters, and of those that it goes to. */
export interface NormNames {
  readonly scale: string;
  readonly shift: string;
  readonly norm: string;
  readonly response: string;
}

const storedNorm: NormNames = { scale: 'scale', shift: 'shift', norm: 'norm', response: 'response' };

/** Sets `slope` and `intercept` of a pack, and stores the norm and its response. @param store where that is for this invocation to do */
export function normText(channels: number, { scale, shift, norm, response }: NormNames, store = ''): string {
  const part = (name: NormPart) => `${norm}[${normPart(name, channels)}u + pack]`;
  const stored = `${part('mean')} = mean;
${part('inverseStd')} = inverseStd;
${part('slope')} = slope;
${part('intercept')} = intercept;
${response}[pack] = ${shift}[pack];
${response}[${packsOf(channels)}u + pack] = abs(slope) * deviation;`;
  return `let inverseStd = inverseSqrt(variance + ${NORM_EPSILON});
let slope = ${scale}[pack] * inverseStd;
let intercept = ${shift}[pack] - slope * mean;
${store === '' ? stored : `if (${store}) {\n${stored}\n}`}`;
}

function responseText(channels: number): string {
  return `response[pack] = mean;\nresponse[${packsOf(channels)}u + pack] = deviation;`;
}
