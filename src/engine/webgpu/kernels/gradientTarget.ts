/** How WGSL finishes the gradient by a layer's output. */

import type { Shape } from '../../../network/graph.ts';
import { activationFormulas } from '../../../ops/activation/formula.ts';
import { dips } from '../../../ops/activation/op.ts';
import type { Addend, GradientTarget } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { factorBindings, loadFactors, multiplied } from './factors.ts';
import type { ConvolveShape } from './geometry.ts';
import { partOf } from './reduce.ts';
import { type NormPart, normPart, valueText } from './values.ts';
import { type Binding, laneMask, reads, repeat, wgsl, writes } from './wgsl.ts';

/** Whether the output is made of what is stored, for the activation's derivative. */
function makesOutput({ activation, y }: GradientTarget): boolean {
  return activation !== 'linear' && y === null;
}

/** @param name of the addend's buffer */
export function addendBindings({ gradient, factors }: Addend, name: string): Binding[] {
  return [reads(name, gradient), ...factorBindings(name, factors)];
}

/** In this order: `y`, `z` and `zNorm` as far as needed, the gradient `g`, and `sums`. */
export function targetBindings({ y, z, norm, writes: { gradient, sums } }: GradientTarget): Binding[] {
  return [
    ...(y ? [reads('y', y)] : []),
    ...(z ? [reads('z', z)] : []),
    ...(norm ? [reads('zNorm', norm)] : []),
    writes('g', gradient),
    ...(sums ? [writes('sums', sums)] : []),
  ];
}

/** `let` statements for what is constant in a pack. @param suffix of their names @param pack as an expression */
export function targetSetup(target: GradientTarget, pack: string): string {
  const channels = target.shape[2];
  const lines: string[] = [];
  const load = (name: string, part: NormPart) =>
    lines.push(`let ${name} = zNorm[${normPart(part, channels)}u + ${pack}];`);
  if (target.writes.sums) {
    load('zMean', 'mean');
    load('zInverseStd', 'inverseStd');
  }
  if (makesOutput(target) && target.norm) {
    load('zSlope', 'slope');
    load('zIntercept', 'intercept');
  }
  return lines.join('\n');
}

/**
 * Finishes the gradient `gradient` (a variable) of one pack of one pixel and stores it.
 * @param at index of the pack in the layer's buffers
 */
export function finishGradient(target: GradientTarget, gradient: string, at: string): string {
  const lines: string[] = [];
  if (target.z) lines.push(`let raw = z[${at}];`);
  if (target.activation !== 'linear') {
    const asked = dips(target.activation) ? { ...target, activation: 'linear' as const } : target;
    lines.push(`let out = ${target.y ? `y[${at}]` : valueText('z', asked, 'raw')};`);
    const slope = activationFormulas[target.activation].slope(wgsl(lines), 'out');
    lines.push(`${gradient} *= ${slope};`);
  }
  lines.push(`g[${at}] = ${gradient};`);
  if (target.writes.sums) {
    lines.push(`total += ${gradient};`, `along += ${gradient} * ((raw - zMean) * zInverseStd);`);
  }
  return lines.join('\n');
}

/** Adds an addend to `gradient`, in the pack numbered `pack` of a pixel known by `image`, `pixelRow` and `pixelColumn`. @param name of its buffer */
export function addAddend(target: GradientTarget, addend: Addend, name: string, gradient: string, at: string): string {
  const { factors } = addend;
  const loads = loadFactors(name, factors, 'pack');
  const received = (shape: Shape, from: string) =>
    multiplied(name, factors, { shape, at: factors.length > 0 ? `(${from})` : from, pack: 'pack' }, `${name}[${from}]`);
  if (addend.kind === 'same') {
    const add = `${gradient} += ${received(target.shape, at)};`;
    return loads === '' ? add : `{\n${loads}\n${add}\n}`;
  }
  const { stride, shape } = addend;
  const [rows, columns, channels] = shape;
  const kept = stride === 1 ? '' : `pixelRow % ${stride}u == 0u && pixelColumn % ${stride}u == 0u && `;
  const from = `((image * ${rows}u + pixelRow / ${stride}u) * ${columns}u + pixelColumn / ${stride}u) * ${packsOf(channels)}u + pack`;
  // A padded shortcut also has gradients for channels that the layer does not have: they are dropped.
  const mask = laneMask(target.shape[2], 'pack');
  const sent = `${received(shape, from)}${mask ? ` * ${mask}` : ''}`;
  return `if (${kept}pack < ${packsOf(channels)}u) {${loads === '' ? '' : `\n${loads}\n`} ${gradient} += ${sent}; }`;
}

/** Stores the sums of one pack. */
export function storeSums(
  shape: Shape,
  reduction: ConvolveShape['reduction'],
  workgroupSize: number,
  pack: string,
): string {
  const at = `sums[(part * ${packsOf(shape[2])}u + ${pack}) * 2u`;
  if (reduction === 'invocation') {
    return `if (working) {
let part = ${partOf(reduction, workgroupSize, 'id')};
${at}] = total;
${at} + 1u] = along;
}`;
  }
  return `{
let part = workgroup.x;
let totalOfAll = workgroupSum(total, local);
let alongOfAll = workgroupSum(along, local);
if (local == 0u) {
${at}] = totalOfAll;
${at} + 1u] = alongOfAll;
}
}`;
}

/** The end of a convolution: finishes the accumulators `a<position>_<output>`. */
export function targetEpilogue(target: GradientTarget, shape: ConvolveShape, workgroupSize: number): string {
  const { geometry, outputs, reduction } = shape;
  const [rows, columns, channels] = target.shape;
  const packs = packsOf(channels);
  return repeat(outputs, (o) => {
    const pixels = repeat(geometry.positions, (p) => {
      return `{
let pixelRow = u32(row);
let pixelColumn = u32(x0) + ${p}u;
let at = ((image * ${rows}u + pixelRow) * ${columns}u + pixelColumn) * ${packs}u + pack;
${target.addend ? addAddend(target, target.addend, 'addend', `a${p}_${o}`, 'at') : ''}
${finishGradient(target, `a${p}_${o}`, 'at')}
}`;
    });
    return `{
let pack = firstPack + ${o}u;
var total = vec4f();
var along = vec4f();
if (working) {
${targetSetup(target, 'pack')}
${pixels}
}
${target.writes.sums ? storeSums(target.shape, reduction, workgroupSize, 'pack') : ''}
}`;
  });
}
