/**
 * The part of batch norm's gradient that a channel has in common (Ioffe & Szegedy 2015): from the partial
 * sums of g and g · x̂ the gradients by shift and scale, which are those sums, and their means, which
 * `layerGradient` takes away from every g. It runs as a dispatch of its own or rides in another one (see `filterGradient`).
 *
 * Tiling: a workgroup makes a pack and its invocations share the parts, because there are many parts and few packs: an
 * invocation a pack would be one long loop on an idle GPU. Where barriers cost more than a loop, an invocation makes a
 * channel; a channel and not a pack, so that even a narrow layer has something for each of the four that run at a time.
 */
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { sumDeclarations } from './reduce.ts';
import { type Binding, type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

type NormGradient = Kernels['normGradient'];

export interface NormGradientTiling {
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
  readonly reduction: Reduction;
}

export function normGradientBindings(
  { sums, writes: { shift, scale, means } }: NormGradient,
  { reduction }: NormGradientTiling,
): Binding[] {
  const type = reduction === 'invocation' ? 'f32' : 'vec4f';
  return [
    reads('normSums', sums, type),
    writes('shiftGradient', shift, type),
    writes('scaleGradient', scale, type),
    writes('means', means, type),
  ];
}

/** Declares `normGradient(group, local)`, to be called by all invocations of so many workgroups. @see normGradientGroups */
export function normGradientFunction(
  { shape: [rows, columns, channels] }: NormGradient,
  { partSize, reduction }: NormGradientTiling,
): string {
  return `${sumDeclarations(reduction, WORKGROUP)}
fn normGradient(group: u32, local: u32) {
  let count = run.images * ${rows * columns}u;
  let parts = (count + ${partSize - 1}u) / ${partSize}u;
${reduction === 'invocation' ? byChannel(channels) : byPack(channels)}
}`;
}

function byChannel(channels: number): string {
  const lanes = packsOf(channels) * 4;
  return `  let channel = group * ${WORKGROUP}u + local;
  if (channel >= ${lanes}u) { return; }
  var total = 0.0;
  var along = 0.0;
  for (var i = 0u; i < parts; i++) {
    let at = (i * ${packsOf(channels)}u + channel / 4u) * 8u + channel % 4u;
    total += normSums[at];
    along += normSums[at + 4u];
  }
  shiftGradient[channel] = total;
  scaleGradient[channel] = along;
  means[channel] = total / f32(count);
  means[${lanes}u + channel] = along / f32(count);`;
}

function byPack(channels: number): string {
  const packs = packsOf(channels);
  return `  var mine = vec4f();
  var mineAlong = vec4f();
  for (var i = local; i < parts; i += ${WORKGROUP}u) {
    let at = (i * ${packs}u + group) * 2u;
    mine += normSums[at];
    mineAlong += normSums[at + 1u];
  }
  let total = workgroupSum(mine, local);
  let along = workgroupSum(mineAlong, local);
  if (local == 0u) {
    shiftGradient[group] = total;
    scaleGradient[group] = along;
    means[group] = total / f32(count);
    means[${packs}u + group] = along / f32(count);
  }`;
}

/** Workgroups. */
export function normGradientGroups({ shape }: NormGradient, { reduction }: NormGradientTiling): number {
  const channels = shape[2];
  return reduction === 'invocation' ? Math.ceil(channels / WORKGROUP) : packsOf(channels);
}

export function normGradient(about: NormGradient, tiling: NormGradientTiling): Kernel {
  return kernel({
    name: 'norm gradient',
    workgroupSize: WORKGROUP,
    bindings: normGradientBindings(about, tiling),
    declarations: normGradientFunction(about, tiling),
    body: `normGradient(workgroup.x, local);`,
  });
}
