/**
 * The end of a step, for all parameters at once. They lie in one buffer, divided into pieces; a table
 * (`plan/parameterLayout.ts`) says of each piece where it and its partial gradients are.
 *
 * - `reduceGradients` adds the partial gradients in the order of their splits.
 * - `summarizeGradients` makes one number a parameter of the pieces' norms, and what is measured of every layer.
 * - `verdict` decides what the update does: clip, or stand still for ever once a number is not finite.
 * - `updateParameters` applies the optimizer of `engine/optimizer.ts`.
 * - `summarizeUpdate` makes one number a parameter of what the update measured.
 *
 * A norm travels as (largest, Σ (x / largest)²), so that 10⁻³⁰ does not vanish and 10³⁰ does not overflow.
 */
import type { Optimizer } from '../../../spec/experiment.ts';
import { ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, MOMENTUM, momentsPerParameter } from '../../optimizer.ts';
import { sumDeclarations } from './reduce.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

/** Entries of the table for one piece: [first pack, first partial pack, splits, packs from split to split], [packs, decays, 0, 0]. */
export const PIECE_ENTRIES = 2;

/** Numbers of a step's results: first the loss and whether the network has stopped. */
export const RESULT_HEAD = 2;
/** Then for each layer: signal gradient, response, dead share. */
export const RESULTS_PER_LAYER = 3;
/** Then for each parameter: norm of its gradient, norm before the update, norm of the update. */
export const RESULTS_PER_PARAMETER = 3;

/** Workgroups of 64 for so many invocations, in rows of at most 32,768. */
export function linearGroups(invocations: number): [number, number] {
  const groups = Math.max(1, Math.ceil(invocations / WORKGROUP));
  const width = Math.min(groups, 32_768);
  return [width, Math.ceil(groups / width)];
}

const linearId = `let id = (workgroup.y * 32768u + workgroup.x) * ${WORKGROUP}u + local;`;

const norms = `/** Adds x to a norm. */
fn withPack(norm: vec2f, x: vec4f) -> vec2f {
  let sizes = abs(x);
  let larger = max(max(max(sizes.x, sizes.y), max(sizes.z, sizes.w)), norm.x);
  let scale = 1.0 / max(larger, 1e-37);
  let before = norm.x * scale;
  let share = x * scale;
  return vec2f(larger, norm.y * before * before + dot(share, share));
}
fn joined(a: vec2f, b: vec2f) -> vec2f {
  let larger = max(a.x, b.x);
  let scale = 1.0 / max(larger, 1e-37);
  return vec2f(larger, a.y * (a.x * scale) * (a.x * scale) + b.y * (b.x * scale) * (b.x * scale));
}
fn root(norm: vec2f) -> f32 { return norm.x * sqrt(norm.y); }
/** By the bits of the exponent: WGSL may assume that numbers are finite. */
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`;

export function reduceGradients(pieces: number): Kernel {
  return kernel({
    name: 'reduce gradients',
    workgroupSize: WORKGROUP,
    bindings: [reads('table', 'vec4u'), reads('partial'), writes('gradients'), writes('pieceNorms', 'vec2f')],
    declarations: norms,
    body: `${linearId}
if (id >= ${pieces}u) { return; }
let place = table[id * ${PIECE_ENTRIES}u];
let packs = table[id * ${PIECE_ENTRIES}u + 1u].x;
var norm = vec2f();
for (var i = 0u; i < packs; i++) {
  var sum = vec4f();
  for (var split = 0u; split < place.z; split++) { sum += partial[place.y + split * place.w + i]; }
  gradients[place.x + i] = sum;
  norm = withPack(norm, sum);
}
pieceNorms[id] = norm;`,
  });
}

export interface SummaryShape {
  readonly parameters: number;
  readonly layers: number;
}

/** @see summaryTable for the tables' entries */
export function summarizeGradients({ parameters, layers }: SummaryShape): Kernel {
  return kernel({
    name: 'summarize gradients',
    workgroupSize: WORKGROUP,
    bindings: [
      reads('owners', 'vec4u'),
      reads('measured', 'vec4u'),
      reads('pieceNorms', 'vec2f'),
      reads('meter'),
      reads('response'),
      writes('results', 'f32'),
    ],
    declarations: `${norms}
fn summarizeParameter(id: u32) {
  let pieces = owners[id];
  var norm = vec2f();
  for (var i = 0u; i < pieces.y; i++) { norm = joined(norm, pieceNorms[pieces.x + i]); }
  results[${RESULT_HEAD + RESULTS_PER_LAYER * layers}u + id * ${RESULTS_PER_PARAMETER}u] = root(norm);
}
fn summarizeLayer(id: u32) {
  // [first meter entry, entries, first response pack, channels], [numbers of one image, units, 0, 0]
  let first = measured[id * 2u];
  let sizes = measured[id * 2u + 1u];
  var norm = vec2f();
  var dead = 0.0;
  for (var i = 0u; i < first.y; i++) {
    let entry = meter[first.x + i];
    norm = joined(norm, entry.xy);
    dead += entry.z;
  }
  let packs = (first.w + 3u) / 4u;
  var mean = 0.0;
  for (var c = 0u; c < first.w; c++) { mean += response[first.z + c / 4u][c % 4u] / f32(first.w); }
  var variance = 0.0;
  for (var c = 0u; c < first.w; c++) {
    let off = response[first.z + c / 4u][c % 4u] - mean;
    variance += (response[first.z + packs + c / 4u][c % 4u] + off * off) / f32(first.w);
  }
  let at = ${RESULT_HEAD}u + id * ${RESULTS_PER_LAYER}u;
  results[at] = f32(run.images) * norm.x * sqrt(norm.y / (f32(run.images) * f32(sizes.x)));
  results[at + 1u] = sqrt(variance);
  results[at + 2u] = dead / f32(sizes.y);
}`,
    body: `${linearId}
if (id < ${parameters}u) { summarizeParameter(id); }
else if (id < ${parameters + layers}u) { summarizeLayer(id - ${parameters}u); }`,
  });
}

export function verdict({ parameters, layers }: SummaryShape, clip: number, reduction: Reduction): Kernel {
  const size = reduction === 'invocation' ? 1 : WORKGROUP;
  const all = (x: string) => (size === 1 ? x : `workgroupSum(${x}, local)`);
  const firstParameter = RESULT_HEAD + RESULTS_PER_LAYER * layers;
  // `largest` of all gradients first, then their squares in its scale, as elsewhere; maxima need no order.
  return kernel({
    name: 'verdict',
    workgroupSize: size,
    bindings: [reads('losses', 'f32'), writes('results', 'f32'), writes('control', 'f32')],
    declarations: `${norms}\n${sumDeclarations(reduction, size)}`,
    body: `var sums = vec4f();
for (var i = local; i < run.images; i += ${size}u) { sums.x += losses[i]; }
for (var i = local; i < ${layers}u; i += ${size}u) {
  let at = ${RESULT_HEAD}u + i * ${RESULTS_PER_LAYER}u;
  if (!isFinite(results[at]) || !isFinite(results[at + 1u])) { sums.y += 1.0; }
}
var largest = 0.0;
for (var i = 0u; i < ${parameters}u; i++) { largest = max(largest, results[${firstParameter}u + i * ${RESULTS_PER_PARAMETER}u]); }
let scale = 1.0 / max(largest, 1e-37);
for (var i = local; i < ${parameters}u; i += ${size}u) {
  let norm = results[${firstParameter}u + i * ${RESULTS_PER_PARAMETER}u];
  if (!isFinite(norm)) { sums.y += 1.0; }
  sums.z += norm * scale * norm * scale;
}
let found = ${all('sums')};
if (local == 0u) {
  let loss = found.x / f32(run.images);
  if (!isFinite(loss) || found.y > 0.0) { control[1] = 1.0; }
  let norm = largest * sqrt(found.z);
  control[0] = ${clip > 0 ? `select(1.0, ${clip} / norm, norm > ${clip})` : '1.0'};
  results[0] = loss;
  results[1] = control[1];
}`,
  });
}

const rules: Record<Optimizer, string> = {
  sgd: `after -= run.learningRate * gradient;`,
  momentum: `let velocity = ${MOMENTUM} * moments[at] + gradient;
moments[at] = velocity;
after -= run.learningRate * velocity;`,
  adam: `let firstMoment = ${ADAM_BETA1} * moments[at] + ${1 - ADAM_BETA1} * gradient;
let secondMoment = ${ADAM_BETA2} * moments[SIZE + at] + ${1 - ADAM_BETA2} * gradient * gradient;
moments[at] = firstMoment;
moments[SIZE + at] = secondMoment;
after -= run.learningRate * (firstMoment * run.firstCorrection) / (sqrt(secondMoment * run.secondCorrection) + ${ADAM_EPSILON});`,
};

/** @param packs of all parameters */
export function updateParameters(pieces: number, packs: number, opt: Optimizer, decay: number): Kernel {
  return kernel({
    name: `update, ${opt}`,
    workgroupSize: WORKGROUP,
    bindings: [
      reads('table', 'vec4u'),
      reads('gradients'),
      reads('control', 'f32'),
      writes('parameters'),
      ...(momentsPerParameter[opt] > 0 ? [writes('moments')] : []),
      writes('pieceMoves'),
    ],
    declarations: `${norms}\nconst SIZE = ${packs}u;`,
    body: `${linearId}
if (id >= ${pieces}u) { return; }
let first = table[id * ${PIECE_ENTRIES}u].x;
let about = table[id * ${PIECE_ENTRIES}u + 1u];
let stopped = control[1] > 0.0;
var norm = vec2f();
var moved = vec2f();
for (var i = 0u; i < about.x; i++) {
let at = first + i;
let before = parameters[at];
norm = withPack(norm, before);
if (stopped) { continue; }
${decay > 0 ? `let gradient = control[0] * gradients[at] + f32(about.y) * ${decay} * before;` : 'let gradient = control[0] * gradients[at];'}
var after = before;
${rules[opt]}
parameters[at] = after;
moved = withPack(moved, after - before);
}
pieceMoves[id] = vec4f(norm, moved);`,
  });
}

export function summarizeUpdate({ parameters, layers }: SummaryShape): Kernel {
  return kernel({
    name: 'summarize update',
    workgroupSize: WORKGROUP,
    bindings: [reads('owners', 'vec4u'), reads('pieceMoves'), writes('results', 'f32')],
    declarations: norms,
    body: `${linearId}
if (id >= ${parameters}u) { return; }
let pieces = owners[id];
var norm = vec2f();
var moved = vec2f();
for (var i = 0u; i < pieces.y; i++) {
  let piece = pieceMoves[pieces.x + i];
  norm = joined(norm, piece.xy);
  moved = joined(moved, piece.zw);
}
let at = ${RESULT_HEAD + RESULTS_PER_LAYER * layers}u + id * ${RESULTS_PER_PARAMETER}u;
results[at + 1u] = root(norm);
results[at + 2u] = root(moved);`,
  });
}
