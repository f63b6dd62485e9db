/**
 * Direct convolution, forwards (z = x ∗ w) and for the gradient by the input (dx = dz ∗ flipped wᵀ).
 *
 * Tiling: an invocation makes `positions` neighbouring pixels of one row × `outputs` packs of channels,
 * and keeps them in registers while it goes over the kernel's rows and the packs of input channels.
 * Every input pack it loads is used by up to three taps and all output packs; every weight by all
 * positions. The filter is a matrix of 4×4 blocks, one multiply of a block and a pack being sixteen
 * multiply-adds: its columns belong to input channels, so the same stored block serves both directions,
 * by its columns forwards and by its rows backwards, and each column is a chain of fused multiply-adds.
 *
 * A dense layer is a 1×1 convolution on one pixel. The image layer has one channel, not a pack.
 */

import { isImages } from '../../plan/expressions.ts';
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
  tapsOf,
} from './geometry.ts';
import { addendBindings, targetBindings, targetEpilogue } from './gradientTarget.ts';
import { storeMoments } from './partMoments.ts';
import { partCount, sumDeclarations } from './reduce.ts';
import { finishDeclarations, finishNorm } from './unfinishedNorm.ts';
import { loadNorm, type ReadSource, type ReadValue, sourceBindings, valueText } from './values.ts';
import { type Entry, type Kernel, kernel, reads, repeat, writes } from './wgsl.ts';

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
export function convolveForward(
  shape: ConvolveShape,
  convolve: Kernels['convolve'] & { readonly x: ReadSource },
): Kernel {
  const { x, weight, bias, moments, writes: made } = convolve;
  const { geometry, toChannels, outputs, reduction } = shape;
  const packs = packsOf(toChannels);
  const { positions } = geometry;
  const runs = { channels: toChannels, positions, moments, reduction, workgroupSize: CONVOLVE_WORKGROUP };
  const unfinished = isImages(x) ? undefined : x.unfinished;
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
    declarations: [
      sumDeclarations(reduction, CONVOLVE_WORKGROUP),
      unfinished ? finishDeclarations('x', unfinished, CONVOLVE_WORKGROUP) : '',
    ],
    body: `${unfinished ? finishNorm('x') : ''}
${runSetup(geometry)}
${accumulators(geometry.positions, outputs, bias !== null)}
if (working) {
${rowLoop(shape, x, 'x')}
${eachTile(geometry.positions, outputs, (p, o) => `z[to + ${p * packs + o}u] = a${p}_${o};`)}
}
${repeat(outputs, (o) => storeMoments(runs, (p) => `a${p}_${o}`, `firstPack + ${o}u`))}`,
  });
}

/** The gradient by the input, finished as `target` says: see `gradientTarget.ts`. */
export function convolveGradient(shape: ConvolveShape, about: Kernels['inputGradient']): Kernel {
  return kernel(convolveGradientEntry(shape, about));
}

/** The same before it is printed. Its body knows `workgroup` and `local`. */
export function convolveGradientEntry(shape: ConvolveShape, { dz, weight, target }: Kernels['inputGradient']): Entry {
  const { geometry, outputs, reduction } = shape;
  const source: ReadValue = {
    from: dz,
    shape: [...geometry.from, shape.fromChannels],
    norm: null,
    activation: 'linear',
  };
  return {
    name: nameOf(shape),
    workgroupSize: CONVOLVE_WORKGROUP,
    bindings: [
      reads('dz', dz),
      reads('w', weight),
      ...(target.addend ? addendBindings(target.addend, 'addend') : []),
      ...targetBindings(target),
    ],
    declarations: [
      target.writes.sums ? sumDeclarations(reduction, CONVOLVE_WORKGROUP) : '',
      ...factorFunctions(target.addend?.factors ?? []),
    ],
    body: `${runSetup(geometry)}
${accumulators(geometry.positions, outputs, false)}
if (working) {
${rowLoop(shape, source, 'dz')}
}
${targetEpilogue(target, shape, CONVOLVE_WORKGROUP)}`,
  };
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

/** Goes over the kernel's rows and the input's packs and adds to the accumulators. @param name of the input's buffer */
function rowLoop(shape: ConvolveShape, source: ReadSource, name: string): string {
  const { geometry, toChannels } = shape;
  const packs = packsOf(toChannels);
  const { kernel: size, to, from } = geometry;
  const address = `let to = ((image * ${to[0]}u + u32(row)) * ${to[1]}u + u32(x0)) * ${packs}u + firstPack;`;
  const loop = `for (var ky = 0; ky < ${size}; ky++) {
${fromRow(geometry)}
${baseColumn(geometry)}
${isImages(source) ? imageTaps(shape, from) : packLoop(shape, source, name)}
}`;
  return `${geometry.direction === 'forward' ? address : ''}\n${loop}`;
}

function packLoop(shape: ConvolveShape, value: ReadValue, name: string): string {
  const packs = packsOf(shape.fromChannels);
  const [rows, columns] = shape.geometry.from;
  const base = `let origin = (i32(image * ${rows}u) + fromRow) * ${columns} + baseColumn;`;
  if (packs <= UNROLLED_PACKS) {
    return `${base}\n${repeat(packs, (c) => `{\n${packTaps(shape, value, name, `${c}u`)}\n}`)}`;
  }
  return `${base}\nfor (var c = 0u; c < ${packs}u; c++) {\n${packTaps(shape, value, name, 'c')}\n}`;
}

function packTaps(shape: ConvolveShape, value: ReadValue, name: string, pack: string): string {
  const { geometry, fromChannels, outputs } = shape;
  const packs = packsOf(fromChannels);
  const loads = loadColumns(geometry, 'vec4f()', (column) =>
    valueText(name, value, `${name}[u32(origin + ${column}) * ${packs}u + ${pack}]`),
  );
  const taps = tapsOf(geometry);
  const used = [...new Set(taps.flatMap((each) => each.map(({ tap }) => tap)))];
  // A tap at a time: so that one block is alive at one time.
  const products = repeat(outputs, (o) =>
    used
      .map((tap) => {
        const sums = taps.flatMap((each, p) =>
          each.filter((one) => one.tap === tap).map(({ column }) => multiplyAdd(`a${p}_${o}`, 'm', columnName(column))),
        );
        return `{\nlet m = ${block(shape, tap, o, pack)};\n${sums.join('\n')}\n}`;
      })
      .join('\n'),
  );
  return `${loadNorm(name, value, pack)}\n${loads}\n${products}`;
}

/** Adds block × pack to a sum, a column of the block at a time. */
function multiplyAdd(sum: string, block: string, pack: string): string {
  return repeat(4, (i) => `${sum} = fma(${block}[${i}], vec4f(${pack}[${i}]), ${sum});`);
}

/**
 * The filter's 4×4 block for a tap, as what it is multiplied by makes it: forwards, its columns are input channels, each a pack of output channels.
 * Backwards it is the transpose of that.
 */
function block({ geometry, fromChannels, toChannels }: ConvolveShape, tap: number, o: number, pack: string): string {
  const forward = geometry.direction === 'forward';
  const inputs = 4 * packsOf(forward ? fromChannels : toChannels);
  const outputPacks = packsOf(forward ? toChannels : fromChannels);
  const position = `(u32(ky) * ${geometry.kernel}u + ${tap}u) * ${inputs * outputPacks}u`;
  const column = (j: number) =>
    forward
      ? `w[${position} + (${pack} * 4u + ${j}u) * ${outputPacks}u + firstPack + ${o}u]`
      : `w[${position} + ((firstPack + ${o}u) * 4u + ${j}u) * ${outputPacks}u + ${pack}]`;
  const stored = `mat4x4f(${repeat(4, column, ', ')})`;
  return forward ? stored : `transpose(${stored})`;
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
    const sums = taps.flatMap((each, p) =>
      each.map(({ tap, column }) => `a${p}_${o} = fma(m${tap}, vec4f(${columnName(column)}), a${p}_${o});`),
    );
    return `{\n${weights}\n${sums.join('\n')}\n}`;
  });
  return `let origin = (i32(indices[image] * ${rows}u) + fromRow) * ${columns} + baseColumn;
${loads}
${products}`;
}
