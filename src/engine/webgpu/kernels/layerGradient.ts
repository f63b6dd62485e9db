/**
 * Completes the gradient by a layer's output, dz, and measures it. Behind a batch norm
 * dz = slope · (g − mean g − x̂ · mean(g · x̂)), to which what other readers of z send is added; without one, dz is g and
 * only measured.
 *
 * Tiling: an invocation makes one pack of one pixel for all images in turn. So it sees a unit over the
 * whole minibatch, and can tell whether it is dead; and neighbouring invocations read neighbouring packs.
 * What it leaves of each pack is (largest |dz|, Σ (dz / largest)², dead units): squares of 10⁻³⁰ would be
 * zero, and gradients that small are what this page is about.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import { packsOf } from '../../plan/packs.ts';
import { sumDeclarations } from './reduce.ts';
import { loadNorm, normPart, type Value, valueBindings, valueConstants, valueText } from './values.ts';
import { derivative, type Kernel, kernel, laneMask, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;
/** A saturated unit's derivative is, on average, below this share of the function's largest. */
const SATURATED = 0.01;

/** What `dead` looks at: the layer's output after the activation that follows it. */
export interface DeadCheck {
  readonly activation: Extract<Activation, 'relu' | 'sigmoid' | 'tanh'>;
  readonly output: {
    /** The layer's own stored numbers with its own norm; or another buffer, which may have another norm. */
    readonly from: 'z' | 'y';
    readonly value: Value;
  };
}

export interface LayerGradientShape {
  readonly channels: number;
  readonly pixels: number;
  readonly normalized: boolean;
  /** Overwrite g by dz instead of writing dz to a buffer of its own. */
  readonly inPlace: boolean;
  /** Behind a norm: add what other readers send to what the norm reads. */
  readonly addend: boolean;
  /** Leave Σ g over the images for every pixel, for the gradient by the bias. @see biasStride */
  readonly bias: boolean;
  /** Packs from one pixel to the next in the buffer of the bias' partial gradients. */
  readonly biasStride: number;
  /** Null for layers that are not measured, such as projections. */
  readonly meter: { readonly dead: DeadCheck | null } | null;
  readonly reduction: Reduction;
}

export function layerGradientGroups({ channels, pixels }: LayerGradientShape): [number, number] {
  return [Math.ceil((pixels * packsOf(channels)) / WORKGROUP), 1];
}

/** How many entries a layer leaves to `summarizeGradients`. */
export function meterParts({ channels, pixels, reduction }: LayerGradientShape): number {
  const units = pixels * packsOf(channels);
  return reduction === 'invocation' ? units : Math.ceil(units / WORKGROUP);
}

export function layerGradient(shape: LayerGradientShape): Kernel {
  const { channels, pixels, normalized, bias, meter, reduction } = shape;
  const packs = packsOf(channels);
  const readsZ = normalized || readsRaw(shape);
  return kernel({
    name: nameOf(shape),
    workgroupSize: WORKGROUP,
    bindings: bindingsOf(shape),
    declarations: `${valueConstants}\n${meter ? sumDeclarations(reduction, WORKGROUP) : ''}`,
    body: `let unit = workgroup.x * ${WORKGROUP}u + local;
let working = unit < ${pixels * packs}u;
let pack = unit % ${packs}u;
var largest = 0.0;
var squares = 0.0;
var life = vec4f();
var total = vec4f();
if (working) {
${constants(shape)}
for (var image = 0u; image < run.images; image++) {
let at = image * ${pixels * packs}u + unit;
${readsZ ? 'let raw = z[at];' : ''}
${gradientOf(shape)}
${bias ? 'total += gradient;' : ''}
${meter ? measured(shape) : ''}
}
${bias ? `biasPartial[unit / ${packs}u * ${shape.biasStride}u + pack] = total;` : ''}
}
${meter ? storeMeter(shape) : ''}`,
  });
}

function nameOf({ normalized, meter }: LayerGradientShape): string {
  if (normalized) return 'layer gradient';
  return meter ? 'layer gradient, measured' : 'gradient by bias';
}

function readsRaw({ meter }: LayerGradientShape): boolean {
  return meter?.dead?.output.from === 'z';
}

function bindingsOf(shape: LayerGradientShape) {
  const { normalized, inPlace, addend, bias, meter } = shape;
  const dead = meter?.dead;
  const usesNorm = normalized || (dead?.output.from === 'z' && dead.output.value.normalized);
  return [
    normalized && inPlace ? writes('g') : reads('g'),
    ...(normalized || readsRaw(shape) ? [reads('z')] : []),
    ...(usesNorm ? [reads('zNorm')] : []),
    ...(normalized ? [reads('means')] : []),
    ...(addend ? [reads('addend')] : []),
    ...(dead?.output.from === 'y' ? valueBindings('y', dead.output.value) : []),
    ...(normalized && !inPlace ? [writes('dz')] : []),
    ...(bias ? [writes('biasPartial')] : []),
    ...(meter ? [writes('meter')] : []),
  ];
}

function constants({ channels, normalized, meter }: LayerGradientShape): string {
  const dead = meter?.dead;
  const other = dead?.output.from === 'y' ? loadNorm('y', dead.output.value, 'pack') : '';
  const usesNorm = normalized || (dead?.output.from === 'z' && dead.output.value.normalized);
  if (!usesNorm) return other;
  const part = (name: Parameters<typeof normPart>[0]) => `zNorm[${normPart(name, channels)}u + pack]`;
  const own = `let zMean = ${part('mean')};
let zInverseStd = ${part('inverseStd')};
let meanGradient = means[pack];
let meanAlong = means[${packsOf(channels)}u + pack];`;
  return `let zSlope = ${part('slope')};
let zIntercept = ${part('intercept')};
${normalized ? own : ''}${other && `\n${other}`}`;
}

function gradientOf({ normalized, inPlace, addend }: LayerGradientShape): string {
  if (!normalized) return 'let gradient = g[at];';
  const through = 'zSlope * (g[at] - meanGradient - (raw - zMean) * zInverseStd * meanAlong)';
  return `let gradient = ${through}${addend ? ' + addend[at]' : ''};
${inPlace ? 'g' : 'dz'}[at] = gradient;`;
}

function measured({ meter }: LayerGradientShape): string {
  const dead = meter?.dead;
  const size = `let sizes = abs(gradient);
let larger = max(max(sizes.x, sizes.y), max(sizes.z, sizes.w));
if (larger > largest) {
  squares *= (largest / larger) * (largest / larger);
  largest = larger;
}
let share = gradient / max(largest, 1e-37);
squares += dot(share, share);`;
  if (!dead) return size;
  const { from, value } = dead.output;
  const out = valueText(from, value, from === 'y' ? 'y[at]' : 'raw');
  // ReLU's output is never negative: a unit's sum is zero just where every image's is.
  const alive = dead.activation === 'relu' ? 'out' : derivative(dead.activation, 'out');
  return `${size}\nlet out = ${out};\nlife += ${alive};`;
}

function deadUnits({ channels, meter }: LayerGradientShape): string {
  const dead = meter?.dead;
  if (!dead) return '0.0';
  const largest = dead.activation === 'sigmoid' ? 1 / 4 : 1;
  const limit = dead.activation === 'relu' ? 'vec4f()' : `vec4f(${SATURATED * largest} * f32(run.images))`;
  const isDead = `select(vec4f(), vec4f(1.0), life ${dead.activation === 'relu' ? '<=' : '<'} ${limit})`;
  return `dot(${isDead}, ${laneMask(channels, 'pack') ?? 'vec4f(1.0)'})`;
}

function storeMeter(shape: LayerGradientShape): string {
  if (shape.reduction === 'invocation') {
    return `if (working) { meter[unit] = vec4f(largest, squares, ${deadUnits(shape)}, 0.0); }`;
  }
  // The whole workgroup's largest first, so that all its squares have one scale.
  return `let dead = select(0.0, ${deadUnits(shape)}, working);
workgroupBarrier();
shared4[local] = vec4f(largest, 0.0, 0.0, 0.0);
workgroupBarrier();
var scale = 0.0;
for (var i = 0u; i < ${WORKGROUP}u; i++) { scale = max(scale, shared4[i].x); }
let ratio = largest / max(scale, 1e-37);
let sums = workgroupSum(vec4f(squares * ratio * ratio, dead, 0.0, 0.0), local);
if (local == 0u) { meter[workgroup.x] = vec4f(scale, sums.x, sums.y, 0.0); }`;
}
