/**
 * Completes the gradient by a layer's output, dz, and measures it. Behind a batch norm
 * dz = slope · (g − mean g − x̂ · mean(g · x̂)), to which what other readers of z send is added; without one, dz is g and
 * only measured.
 *
 * Tiling: an invocation makes one pack of one pixel, for all images in turn or, where invocations add within a workgroup, for every fourth. So the
 * unit is seen over the whole minibatch, which can tell whether it is dead; and neighbouring invocations read neighbouring packs.
 * What it leaves of each pack is (largest |dz|, Σ (dz / largest)², dead units): squares of 10⁻³⁰ would be
 * zero, and gradients that small are what this page is about.
 */

import { activationFormulas } from '../../../ops/activation/formula.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { allMeansFunction, normSumsBindings } from './normGradient.ts';
import { stridedSum, sumDeclarations } from './reduce.ts';
import { loadNorm, normPart, valueBindings, valueText } from './values.ts';
import { type Kernel, kernel, laneMask, type Reduction, reads, wgsl, writes } from './wgsl.ts';

const WORKGROUP = 64;
/** Invocations that share the images of a unit, where they add. */
const IMAGE_LANES = 4;
/** A saturated unit's derivative is, on average, below this share of the function's largest. */
const SATURATED = 0.01;

type LayerGradient = Kernels['layerGradient'];

export interface LayerGradientTiling {
  readonly reduction: Reduction;
  /** Packs from one pixel to the next in the buffer of the bias' partial gradients, which are Σ g over the images. */
  readonly biasStride: number;
  /** The norm's gradient, where this kernel makes it first. */
  readonly norm: { readonly kernel: Kernels['normGradient']; readonly partSize: number } | null;
}

function lanesOf(reduction: Reduction): number {
  return reduction === 'invocation' ? 1 : IMAGE_LANES;
}

function unitsOf({ shape: [rows, columns, channels] }: LayerGradient): number {
  return rows * columns * packsOf(channels);
}

export function layerGradientGroups(about: LayerGradient, reduction: Reduction): [number, number] {
  return [Math.ceil((unitsOf(about) * lanesOf(reduction)) / WORKGROUP), 1];
}

/** How many entries a layer leaves to `summarizeGradients`. */
export function statsParts(about: LayerGradient, reduction: Reduction): number {
  return reduction === 'invocation' ? unitsOf(about) : layerGradientGroups(about, reduction)[0];
}

export function layerGradient(about: LayerGradient, tiling: LayerGradientTiling): Kernel {
  const { writes: made, z } = about;
  const { reduction, biasStride, norm } = tiling;
  const lanes = lanesOf(reduction);
  const each = WORKGROUP / lanes;
  // What is the same of all lanes of a unit is for the first to do.
  const first = lanes === 1 ? 'working' : `working && local < ${each}u`;
  const overLanes = (name: string) => (lanes === 1 ? '' : `${name} = unitSum(${name}, local);`);
  const packs = packsOf(about.shape[2]);
  const units = unitsOf(about);
  return kernel({
    name: nameOf(about),
    workgroupSize: WORKGROUP,
    bindings: bindingsOf(about, norm?.kernel ?? null),
    declarations: [
      sumDeclarations(reduction, WORKGROUP),
      lanes > 1 ? stridedSum('unitSum', WORKGROUP, each) : '',
      norm ? allMeansFunction(norm.kernel, norm.partSize, WORKGROUP) : '',
    ],
    body: `${norm ? 'allMeans(workgroup.x == 0u, local);' : ''}
let unit = workgroup.x * ${each}u + local % ${each}u;
let working = unit < ${units}u;
let pack = unit % ${packs}u;
var largest = 0.0;
var squares = 0.0;
var life = vec4f();
var total = vec4f();
if (working) {
${constants(about)}
for (var image = local / ${each}u; image < run.images; image += ${lanes}u) {
let at = image * ${units}u + unit;
${z ? 'let raw = z[at];' : ''}
${gradientOf(about)}
${made.bias ? 'total += gradient;' : ''}
${made.stats ? measured(about) : ''}
}
}
${made.bias ? `${overLanes('total')}\nif (${first}) { biasPartial[unit / ${packs}u * ${biasStride}u + pack] = total; }` : ''}
${made.stats ? `${about.dead ? overLanes('life') : ''}\n${storeStats(about, reduction, first)}` : ''}`,
  });
}

function nameOf({ means, writes: { stats } }: LayerGradient): string {
  if (means) return 'layer gradient';
  return stats ? 'layer gradient, measured' : 'gradient by bias';
}

function bindingsOf(
  { gradient, z, norm, means, addend, dead, writes: { dz, bias, stats } }: LayerGradient,
  made: Kernels['normGradient'] | null,
) {
  return [
    means && !dz ? writes('g', gradient) : reads('g', gradient),
    ...(z ? [reads('z', z)] : []),
    ...(norm ? [reads('zNorm', norm)] : []),
    ...(made ? normSumsBindings(made) : means ? [reads('means', means)] : []),
    ...(addend ? [reads('addend', addend)] : []),
    ...(dead?.output.from === 'y' ? valueBindings('y', dead.output.value) : []),
    ...(dz ? [writes('dz', dz)] : []),
    ...(bias ? [writes('biasPartial', bias)] : []),
    ...(stats ? [writes('stats', stats)] : []),
  ];
}

function constants({ shape, norm, means, dead }: LayerGradient): string {
  const channels = shape[2];
  const other = dead?.output.from === 'y' ? loadNorm('y', dead.output.value, 'pack') : '';
  if (!norm) return other;
  const part = (name: Parameters<typeof normPart>[0]) => `zNorm[${normPart(name, channels)}u + pack]`;
  const own = `let zMean = ${part('mean')};
let zInverseStd = ${part('inverseStd')};
let meanGradient = means[pack];
let meanAlong = means[${packsOf(channels)}u + pack];`;
  return `let zSlope = ${part('slope')};
let zIntercept = ${part('intercept')};
${means ? own : ''}${other && `\n${other}`}`;
}

function gradientOf({ means, addend, writes: { dz } }: LayerGradient): string {
  if (!means) return 'let gradient = g[at];';
  const through = 'zSlope * (g[at] - meanGradient - (raw - zMean) * zInverseStd * meanAlong)';
  return `let gradient = ${through}${addend ? ' + addend[at]' : ''};
${dz ? 'dz' : 'g'}[at] = gradient;`;
}

function measured({ dead, norm }: LayerGradient): string {
  const size = `let sizes = abs(gradient);
let larger = max(max(sizes.x, sizes.y), max(sizes.z, sizes.w));
if (larger > largest) {
  squares *= (largest / larger) * (largest / larger);
  largest = larger;
}
let share = gradient / max(largest, 1e-37);
squares += dot(share, share);`;
  if (!dead) return size;
  const { output } = dead;
  const out =
    output.from === 'y'
      ? valueText('y', output.value, 'y[at]')
      : valueText('z', { norm, activation: output.activation }, 'raw');
  // ReLU's output is never negative: a unit's sum is zero just where every image's is.
  const alive = dead.activation === 'relu' ? 'out' : activationFormulas[dead.activation].slope(wgsl(), 'out');
  return `${size}\nlet out = ${out};\nlife += ${alive};`;
}

function deadUnits({ shape, dead }: LayerGradient): string {
  if (!dead) return '0.0';
  const largest = dead.activation === 'sigmoid' ? 1 / 4 : 1;
  const limit = dead.activation === 'relu' ? 'vec4f()' : `vec4f(${SATURATED * largest} * f32(run.images))`;
  const isDead = `select(vec4f(), vec4f(1.0), life ${dead.activation === 'relu' ? '<=' : '<'} ${limit})`;
  return `dot(${isDead}, ${laneMask(shape[2], 'pack') ?? 'vec4f(1.0)'})`;
}

function storeStats(about: LayerGradient, reduction: Reduction, first: string): string {
  if (reduction === 'invocation') {
    return `if (working) { stats[unit] = vec4f(largest, squares, ${deadUnits(about)}, 0.0); }`;
  }
  // The whole workgroup's largest first, so that all its squares have one scale.
  return `let dead = select(0.0, ${deadUnits(about)}, ${first});
let scale = workgroupMax(vec4f(largest), local).x;
let ratio = largest / max(scale, 1e-37);
let sums = workgroupSum(vec4f(squares * ratio * ratio, dead, 0.0, 0.0), local);
if (local == 0u) { stats[workgroup.x] = vec4f(scale, sums.x, sums.y, 0.0); }`;
}
