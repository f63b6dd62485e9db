/**
 * Direct convolution, forwards (z = x ∗ w) and for the gradient by the input (dx = dz ∗ flipped wᵀ).
 *
 * Tiling: an invocation makes `positions` neighbouring pixels of one row × `outputs` packs of channels,
 * and keeps them in registers while it goes over the kernel's rows and the packs of input channels.
 * Every input pack it loads is used by up to three taps and all output packs; every weight by all
 * positions. The filter is a matrix of 4×4 blocks, one multiply of a block and a pack being sixteen
 * multiply-adds: columns belong to input channels, so the same stored block serves both directions,
 * as `block * pack` forwards and as `pack * block` (its transpose) backwards.
 *
 * A dense layer is a 1×1 convolution on one pixel. The image layer has one channel, not a pack.
 */

import { isImages, type Source, type Value } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { factorFunctions } from './factors.ts';
import {
  baseColumn,
  type ConvGeometry,
  type ConvolveShape,
  columnName,
  fromRow,
  loadColumns,
  type Tap,
  tapsOf,
} from './geometry.ts';
import { addendBindings, targetBindings, targetEpilogue } from './gradientTarget.ts';
import { storeMoments } from './partMoments.ts';
import { partCount, sumDeclarations } from './reduce.ts';
import { loadNorm, sourceBindings, valueConstants, valueText } from './values.ts';
import { type Kernel, kernel, reads, repeat, writes } from './wgsl.ts';

const CONVOLVE_WORKGROUP = 64;
/** Up to this many input packs the loop over them is unrolled: narrow layers gain, wide ones would only compile longer. */
const UNROLLED_PACKS = 2;

/** Workgroups for a number of images, and how many partial sums they leave. */
export function convolveGroups(shape: ConvolveShape, images: number): { groups: [number, number]; parts: number } {
  const { geometry, toChannels, outputs, reduction } = shape;
  const [rows, columns] = geometry.to;
  const invocations = images * rows * (columns / geometry.positions);
  return {
    groups: [Math.ceil(invocations / CONVOLVE_WORKGROUP), packsOf(toChannels) / outputs],
    parts: partCount(reduction, CONVOLVE_WORKGROUP, invocations),
  };
}

/** Forwards. Leaves the moments of each part, from which `statistics` makes those of all without cancellation. */
export function convolveForward(shape: ConvolveShape, convolve: Kernels['convolve']): Kernel {
  const { x, weight, bias, moments, writes: made } = convolve;
  const { geometry, toChannels, outputs, reduction } = shape;
  const packs = packsOf(toChannels);
  const { positions } = geometry;
  const runs = { channels: toChannels, positions, moments, reduction, workgroupSize: CONVOLVE_WORKGROUP };
  return kernel({
    name: nameOf(shape),
    workgroupSize: CONVOLVE_WORKGROUP,
    bindings: [
      ...sourceBindings(x),
      reads('w', weight),
      ...(bias ? [reads('bias', bias)] : []),
      writes('z', made.z),
      writes('sums', made.sums),
    ],
    declarations: `${valueConstants}\n${sumDeclarations(shape.reduction, CONVOLVE_WORKGROUP)}`,
    body: `${runSetup(geometry)}
${accumulators(geometry.positions, outputs, bias !== null)}
if (working) {
${rowLoop(shape, x)}
${eachTile(geometry.positions, outputs, (p, o) => `z[to + ${p * packs + o}u] = a${p}_${o};`)}
}
${repeat(outputs, (o) => storeMoments(runs, (p) => `a${p}_${o}`, `firstPack + ${o}u`))}`,
  });
}

/** The gradient by the input, finished as `target` says: see `gradientTarget.ts`. */
export function convolveGradient(shape: ConvolveShape, { dz, weight, target }: Kernels['inputGradient']): Kernel {
  const { geometry, outputs, reduction } = shape;
  const source: Value = { from: dz, shape: [...geometry.from, shape.fromChannels], norm: null, activation: 'linear' };
  return kernel({
    name: nameOf(shape),
    workgroupSize: CONVOLVE_WORKGROUP,
    bindings: [
      reads('x', dz),
      reads('w', weight),
      ...(target.addend ? addendBindings(target.addend, 'addend') : []),
      ...targetBindings(target),
    ],
    declarations: [
      valueConstants,
      target.writes.sums ? sumDeclarations(reduction, CONVOLVE_WORKGROUP) : '',
      ...factorFunctions(target.addend?.factors ?? []),
    ].join('\n'),
    body: `${runSetup(geometry)}
${accumulators(geometry.positions, outputs, false)}
if (working) {
${rowLoop(shape, source)}
}
${targetEpilogue(target, shape, CONVOLVE_WORKGROUP)}`,
  });
}

function nameOf({ geometry: { direction, kernel: size, stride } }: ConvolveShape): string {
  const what = direction === 'forward' ? 'convolve' : 'gradient by input';
  return `${what} ${size}×${size}${stride === 2 ? ' stride 2' : ''}`;
}

/** Which run of which row this invocation makes; `to` is where its first pack lies. */
function runSetup({ to: [rows, columns], positions }: ConvGeometry): string {
  return `let id = workgroup.x * ${CONVOLVE_WORKGROUP}u + local;
let runs = run.images * ${rows * (columns / positions)}u;
let working = id < runs;
let image = id / ${rows * (columns / positions)}u;
let row = i32(id / ${columns / positions}u % ${rows}u);
let x0 = i32(id % ${columns / positions}u) * ${positions};`;
}

function accumulators(positions: number, outputs: number, bias: boolean): string {
  const start = (o: number) => (bias ? `bias[firstPack + ${o}u]` : 'vec4f()');
  return `let firstPack = workgroup.y * ${outputs}u;
${eachTile(positions, outputs, (p, o) => `var a${p}_${o} = ${start(o)};`)}`;
}

function eachTile(positions: number, outputs: number, text: (p: number, o: number) => string): string {
  return repeat(positions, (p) => repeat(outputs, (o) => text(p, o)));
}

/** Goes over the kernel's rows and the input's packs and adds to the accumulators. */
function rowLoop(shape: ConvolveShape, source: Source): string {
  const { geometry, toChannels } = shape;
  const packs = packsOf(toChannels);
  const { kernel: size, to, from } = geometry;
  const address = `let to = ((image * ${to[0]}u + u32(row)) * ${to[1]}u + u32(x0)) * ${packs}u + firstPack;`;
  const loop = `for (var ky = 0; ky < ${size}; ky++) {
${fromRow(geometry)}
${baseColumn(geometry)}
${isImages(source) ? imageTaps(shape, from) : packLoop(shape, source)}
}`;
  return `${geometry.direction === 'forward' ? address : ''}\n${loop}`;
}

function packLoop(shape: ConvolveShape, value: Value): string {
  const packs = packsOf(shape.fromChannels);
  const [rows, columns] = shape.geometry.from;
  const base = `let origin = (i32(image * ${rows}u) + fromRow) * ${columns} + baseColumn;`;
  if (packs <= UNROLLED_PACKS) {
    return `${base}\n${repeat(packs, (c) => `{\n${packTaps(shape, value, `${c}u`)}\n}`)}`;
  }
  return `${base}\nfor (var c = 0u; c < ${packs}u; c++) {\n${packTaps(shape, value, 'c')}\n}`;
}

function packTaps(shape: ConvolveShape, value: Value, pack: string): string {
  const { geometry, fromChannels, outputs } = shape;
  const packs = packsOf(fromChannels);
  const loads = loadColumns(geometry, 'vec4f()', (column) =>
    valueText('x', value, `x[u32(origin + ${column}) * ${packs}u + ${pack}]`),
  );
  const taps = tapsOf(geometry);
  const used = [...new Set(taps.flatMap((each) => each.map(({ tap }) => tap)))];
  const products = repeat(outputs, (o) => {
    const blocks = used.map((tap) => `let m${tap} = ${block(shape, tap, o, pack)};`);
    const sums = taps.flatMap((each, p) =>
      each.length === 0 ? [] : [`a${p}_${o} += ${each.map((tap) => product(geometry, tap)).join(' + ')};`],
    );
    return `{\n${[...blocks, ...sums].join('\n')}\n}`;
  });
  return `${loadNorm('x', value, pack)}\n${loads}\n${products}`;
}

function product({ direction }: ConvGeometry, { tap, column }: Tap): string {
  const pack = columnName(column);
  return direction === 'forward' ? `m${tap} * ${pack}` : `${pack} * m${tap}`;
}

/** The filter's 4×4 block for a tap: its columns are input channels, each a pack of output channels. */
function block({ geometry, fromChannels, toChannels }: ConvolveShape, tap: number, o: number, pack: string): string {
  const forward = geometry.direction === 'forward';
  const inputs = 4 * packsOf(forward ? fromChannels : toChannels);
  const outputPacks = packsOf(forward ? toChannels : fromChannels);
  const position = `(u32(ky) * ${geometry.kernel}u + ${tap}u) * ${inputs * outputPacks}u`;
  const column = (j: number) =>
    forward
      ? `w[${position} + (${pack} * 4u + ${j}u) * ${outputPacks}u + firstPack + ${o}u]`
      : `w[${position} + ((firstPack + ${o}u) * 4u + ${j}u) * ${outputPacks}u + ${pack}]`;
  return `mat4x4f(${repeat(4, column, ', ')})`;
}

/** The layer that reads the images: one channel, so a weight pack is multiplied by a number. */
function imageTaps({ geometry, toChannels, outputs }: ConvolveShape, [rows, columns]: ConvGeometry['from']): string {
  const packs = packsOf(toChannels);
  const loads = loadColumns(geometry, '0.0', (column) => `pixels[u32(origin + ${column})]`);
  const taps = tapsOf(geometry);
  const products = repeat(outputs, (o) => {
    const weights = repeat(
      geometry.kernel,
      (tap) => `let m${tap} = w[(u32(ky) * ${geometry.kernel}u + ${tap}u) * ${packs}u + firstPack + ${o}u];`,
    );
    const sums = taps.map((each, p) => `a${p}_${o} += ${each.map((tap) => product(geometry, tap)).join(' + ')};`);
    return `{\n${weights}\n${sums.join('\n')}\n}`;
  });
  return `let origin = (i32(indices[image] * ${rows}u) + fromRow) * ${columns} + baseColumn;
${loads}
${products}`;
}
