/**
 * The part of batch norm's gradient that a channel has in common (Ioffe & Szegedy 2015): from the partial
 * sums of g and g · x̂ the gradients by shift and scale, which are those sums, and their means, which
 * `layerGradient` takes away from every g. It runs as a dispatch of its own, rides in another one (see `filterGradient`), or `layerGradient` does it
 * first, in every workgroup.
 *
 * Tiling: a workgroup makes a pack and its invocations share the parts, because there are many parts and few packs: an
 * invocation a pack would be one long loop on an idle GPU. Where barriers cost more than a loop, an invocation makes a
 * channel; a channel and not a pack, so that even a narrow layer has something for each of the four that run at a time.
 */
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { lanesApart, stridedSum, sumDeclarations } from './reduce.ts';
import { type Binding, type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

type NormGradient = Kernels['normGradient'];

export interface NormGradientTiling {
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
  readonly reduction: Reduction;
}

export function normGradientBindings(about: NormGradient, { reduction }: NormGradientTiling): Binding[] {
  const type = reduction === 'invocation' ? 'f32' : 'vec4f';
  return [...normSumsBindings(about, type), writes('means', about.writes.means, type)];
}

/** All but the means. */
export function normSumsBindings({ sums, writes: { shift, scale } }: NormGradient, type = 'vec4f'): Binding[] {
  return [reads('normSums', sums, type), writes('shiftGradient', shift, type), writes('scaleGradient', scale, type)];
}

/** Declares `normGradient(group, local)`, which needs `workgroupSum`, to be called by all invocations of so many workgroups. @see normGradientGroups */
export function normGradientFunction(
  { shape: [rows, columns, channels] }: NormGradient,
  { partSize, reduction }: NormGradientTiling,
): string {
  return `fn normGradient(group: u32, local: u32) {
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

/**
 * Declares `allMeans(isFirst, local)`, by which every workgroup makes the means of all packs for itself, and the first one stores the gradients.
 */
export function allMeansFunction(
  { shape: [rows, columns, channels] }: NormGradient,
  partSize: number,
  workgroupSize: number,
): string {
  const packs = packsOf(channels);
  const apart = lanesApart(packs);
  return `var<workgroup> means: array<vec4f, ${2 * packs}>;
${stridedSum('packSum', workgroupSize, apart)}
fn allMeans(isFirst: bool, local: u32) {
  let count = run.images * ${rows * columns}u;
  let parts = (count + ${partSize - 1}u) / ${partSize}u;
  let pack = min(local % ${apart}u, ${packs - 1}u);
  var mine = vec4f();
  var mineAlong = vec4f();
  for (var i = local / ${apart}u; i < parts; i += ${workgroupSize / apart}u) {
    let at = (i * ${packs}u + pack) * 2u;
    mine += normSums[at];
    mineAlong += normSums[at + 1u];
  }
  let total = packSum(mine, local);
  let along = packSum(mineAlong, local);
  if (local < ${packs}u) {
    means[pack] = total / f32(count);
    means[${packs}u + pack] = along / f32(count);
    if (isFirst) {
      shiftGradient[pack] = total;
      scaleGradient[pack] = along;
    }
  }
  workgroupBarrier();
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
    declarations: [sumDeclarations(tiling.reduction, WORKGROUP), normGradientFunction(about, tiling)],
    body: `normGradient(workgroup.x, local);`,
  });
}
