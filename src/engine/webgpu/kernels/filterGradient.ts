/**
 * The gradient by a convolution's filter: for every tap, x shifted by the tap times dz, summed over all
 * images and pixels.
 *
 * Tiling: an invocation makes a *tile*, one row of the kernel × one pack of input channels × `outputs` packs of
 * output channels, and goes over a share of the minibatch's rows: 12 · `outputs` packs stay in registers,
 * and each pack of x that is loaded serves all taps of the row. The invocations of a workgroup share out up to eight tiles and the rows, and add
 * what they have of a tile before it is stored. What is left of the shares (split-K) is written to
 * buffers of their own and added in a fixed order by `reduceGradients`; there are no float atomics, and
 * so a run can be repeated bit for bit. Where barriers cost more than memory, each invocation stores its own share.
 *
 * The kernel may carry a rider: the small reduction that the layer below needs next. It has
 * workgroups of its own in the same dispatch, so that it costs no dispatch and runs beside the filter's work.
 */

import { isImages, type Source } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { type ConvGeometry, columnName, loadColumn, tapsOf } from './geometry.ts';
import {
  type NormGradientTiling,
  normGradientBindings,
  normGradientFunction,
  normGradientGroups,
} from './normGradient.ts';
import { sumDeclarations } from './reduce.ts';
import { loadNorm, sourceBindings, valueText } from './values.ts';
import { type Entry, type Reduction, reads, repeat, writes } from './wgsl.ts';

const WORKGROUP = 64;
/** Tiles of a workgroup, and sums that it adds up at one time, at most: memory for 8 of each invocation is half of what every device has. */
const TOGETHER = 8;

export interface FilterGradientShape {
  /** Of the forward convolution; `positions` is how many columns are unrolled. */
  readonly geometry: ConvGeometry;
  readonly fromChannels: number;
  readonly toChannels: number;
  /** Packs of output channels that one invocation makes; divides their number. */
  readonly outputs: number;
  /** Partial gradients: what is summed over, rows of all images, is split into so many shares that are added at the end (split-K). */
  readonly splits: number;
  /** Packs from one split to the next in the buffer of partial gradients. */
  readonly splitStride: number;
  readonly reduction: Reduction;
  readonly fromImages: boolean;
}

type Tiles = Pick<FilterGradientShape, 'geometry' | 'fromChannels' | 'toChannels' | 'outputs' | 'fromImages'>;

export function tilesOf({ geometry, fromChannels, toChannels, outputs, fromImages }: Tiles): number {
  return (geometry.kernel * (fromImages ? 1 : packsOf(fromChannels)) * packsOf(toChannels)) / outputs;
}

/** Shares of the rows that a workgroup adds up before it stores them. */
export function sharesTogether(reduction: Reduction, tiles: number): number {
  return reduction === 'invocation' ? 1 : Math.floor(WORKGROUP / Math.min(tiles, TOGETHER));
}

function workgroups(shape: FilterGradientShape): number {
  const tiles = tilesOf(shape);
  return shape.reduction === 'invocation'
    ? Math.ceil((tiles * shape.splits) / WORKGROUP)
    : Math.ceil(tiles / TOGETHER) * shape.splits;
}

export function filterGradientGroups(shape: FilterGradientShape, rider: Rider | null): [number, number] {
  return [workgroups(shape) + (rider ? normGradientGroups(rider.kernel, rider.tiling) : 0), 1];
}

/** A norm's gradient that runs beside a filter's. */
export interface Rider {
  readonly kernel: Kernels['normGradient'];
  readonly tiling: NormGradientTiling;
}

/** Its body knows `workgroup` and `local`. */
export function filterGradient(
  shape: FilterGradientShape,
  { x: source, dz, writes: { partial } }: Kernels['filterGradient'],
  rider: Rider | null,
): Entry {
  const { geometry, reduction } = shape;
  const rows = geometry.to[0];
  const shares = shape.splits * sharesTogether(reduction, tilesOf(shape));
  const share = `let rows = run.images * ${rows}u;
let each = (rows + ${shares - 1}u) / ${shares}u;
for (var index = share * each; index < min(rows, (share + 1u) * each); index++) {
let image = index / ${rows}u;
let fromRow = i32(index % ${rows}u) * ${geometry.stride} + ky - ${(geometry.kernel - 1) / 2};
if (fromRow < 0 || fromRow >= ${geometry.from[0]}) { continue; }
for (var x0 = 0; x0 < ${geometry.to[1]}; x0 += ${geometry.positions}) {
${runOfRow(shape, source)}
}
}`;
  const last = workgroups(shape);
  const ride = rider ? `if (workgroup.x >= ${last}u) { normGradient(workgroup.x - ${last}u, local); return; }` : '';
  const riding = rider ? [sumDeclarations(reduction, WORKGROUP), normGradientFunction(rider.kernel, rider.tiling)] : [];
  return {
    name: `gradient by filter ${geometry.kernel}×${geometry.kernel}${geometry.stride === 2 ? ' stride 2' : ''}`,
    workgroupSize: WORKGROUP,
    bindings: [
      ...sourceBindings(source),
      reads('dz', dz),
      writes('partial', partial),
      ...(rider ? normGradientBindings(rider.kernel, rider.tiling) : []),
    ],
    shared: WORKGROUP * sumsTogether(shape),
    declarations: [...riding],
    body: `${ride}
${reduction === 'invocation' ? ownTile(shape) : sharedTile(shape)}
${placeOfTile(shape, 'tile')}
${sums(shape, (name) => `var ${name} = vec4f();`)}
if (working) {
${isImages(source) ? '' : loadNorm('x', source, 'c')}
${share}
}
${reduction === 'invocation' ? storeOwn(shape) : storeShared(shape)}`,
  };
}

/** An invocation takes a tile and a share by itself. */
function ownTile(shape: FilterGradientShape): string {
  return `let id = workgroup.x * ${WORKGROUP}u + local;
let tile = id % ${tilesOf(shape)}u;
let split = id / ${tilesOf(shape)}u;
let share = split;
let working = split < ${shape.splits}u;`;
}

/** The workgroup takes some tiles and a split; neighbours take the tiles of one share. */
function sharedTile(shape: FilterGradientShape): string {
  const tiles = tilesOf(shape);
  const together = Math.min(tiles, TOGETHER);
  const blocks = Math.ceil(tiles / TOGETHER);
  const shares = sharesTogether('workgroup', tiles);
  return `let firstTile = workgroup.x % ${blocks}u * ${together}u;
let tile = firstTile + local % ${together}u;
let split = workgroup.x / ${blocks}u;
let share = split * ${shares}u + local / ${together}u;
let working = tile < ${tiles}u && local < ${together * shares}u;`;
}

/** Which packs of channels and which row of the kernel a tile is. */
function placeOfTile({ geometry, fromChannels, toChannels, outputs, fromImages }: Tiles, tile: string): string {
  const packs = fromImages ? 1 : packsOf(fromChannels);
  const outputTiles = packsOf(toChannels) / outputs;
  return `let firstPack = ${tile} % ${outputTiles}u * ${outputs}u;
let c = ${tile} / ${outputTiles}u % ${packs}u;
let ky = i32(${tile} / ${outputTiles * packs}u % ${geometry.kernel}u);`;
}

/** Numbers of an input pack: the images have one channel. */
const inputsOf = ({ fromImages }: Tiles) => (fromImages ? 1 : 4);

const sumsOf = (shape: Tiles) => shape.geometry.kernel * inputsOf(shape) * shape.outputs;

const sumsTogether = (shape: Tiles) =>
  Math.min(sumsOf(shape), TOGETHER, Math.floor(WORKGROUP / Math.min(tilesOf(shape), TOGETHER)));

/** Every sum `d<tap>_<input channel>_<output>` of a tile. */
function sums(shape: Tiles, text: (name: string, tap: number, i: number, o: number) => string): string {
  return repeat(shape.geometry.kernel, (tap) =>
    repeat(inputsOf(shape), (i) => repeat(shape.outputs, (o) => text(`d${tap}_${i}_${o}`, tap, i, o))),
  );
}

/** Where a sum goes; all but the shape are expressions. */
function placeOfSum(shape: FilterGradientShape, tap: string, i: string, o: string): string {
  const { geometry, fromChannels, toChannels, splitStride } = shape;
  const inputs = shape.fromImages ? 1 : 4 * packsOf(fromChannels);
  const row = `(u32(ky) * ${geometry.kernel}u + ${tap}) * ${inputs}u + c * 4u + ${i}`;
  return `split * ${splitStride}u + (${row}) * ${packsOf(toChannels)}u + firstPack + ${o}`;
}

function storeOwn(shape: FilterGradientShape): string {
  return `if (working) {
${sums(shape, (name, tap, i, o) => `partial[${placeOfSum(shape, `${tap}u`, `${i}u`, `${o}u`)}] = ${name};`)}
}`;
}

/** Some sums at a time go through the workgroup's memory; an invocation then adds all shares of one sum of one tile. */
function storeShared(shape: FilterGradientShape): string {
  const tiles = tilesOf(shape);
  const together = Math.min(tiles, TOGETHER);
  const names: string[] = [];
  sums(shape, (name) => String(names.push(name)));
  const most = sumsTogether(shape);
  const rounds = Math.ceil(names.length / most);
  const inputs = inputsOf(shape);
  const number = (round: number) => `${round * most}u + local / ${together}u`;
  const round = (index: number) => {
    const now = names.slice(index * most, (index + 1) * most);
    return `${index > 0 ? 'workgroupBarrier();' : ''}
${now.map((name, k) => `shared4[${k * WORKGROUP}u + local] = ${name};`).join('\n')}
workgroupBarrier();
if (local < ${now.length * together}u && firstTile + local % ${together}u < ${tiles}u) {
let number = ${number(index)};
${placeOfTile(shape, `(firstTile + local % ${together}u)`)}
var sum = vec4f();
for (var other = 0u; other < ${sharesTogether('workgroup', tiles)}u; other++) {
sum += shared4[local / ${together}u * ${WORKGROUP}u + other * ${together}u + local % ${together}u];
}
partial[${placeOfSum(shape, `number / ${inputs * shape.outputs}u`, `number / ${shape.outputs}u % ${inputs}u`, `number % ${shape.outputs}u`)}] = sum;
}`;
  };
  return repeat(rounds, round);
}

/** What a run of neighbouring pixels adds to the sums: a pixel of dz at a time, so that few of x and of dz are alive at one time. */
function runOfRow(shape: FilterGradientShape, source: Source): string {
  const { geometry, fromChannels, toChannels, outputs, fromImages } = shape;
  const { stride, from, to } = geometry;
  const packs = packsOf(toChannels);
  const load = (column: number) =>
    isImages(source)
      ? `pixels[u32(origin + ${column})]`
      : valueText('x', source, `x[u32(origin + ${column}) * ${packsOf(fromChannels)}u + c]`);
  const loaded = new Set<number>();
  const pixels = tapsOf(geometry).map((taps, p) => {
    const missing = taps.map(({ column }) => column).filter((column) => !loaded.has(column));
    for (const column of missing) loaded.add(column);
    const loads = missing.map((column) => loadColumn(geometry, fromImages ? '0.0' : 'vec4f()', column, load(column)));
    const gradients = repeat(outputs, (o) => `let g${p}_${o} = dz[to + ${p * packs + o}u];`);
    const products = taps.flatMap(({ tap, column }) =>
      Array.from({ length: inputsOf(shape) }, (_, i) =>
        repeat(outputs, (o) => {
          const sum = `d${tap}_${i}_${o}`;
          const factor = `${columnName(column)}${fromImages ? '' : `[${i}]`}`;
          return `${sum} = fma(g${p}_${o}, vec4f(${factor}), ${sum});`;
        }),
      ),
    );
    return [...loads, gradients, ...products].join('\n');
  });
  const image = fromImages ? 'indices[image]' : 'image';
  return `let baseColumn = x0${stride === 2 ? ' * 2' : ''};
let origin = (i32(${image} * ${from[0]}u) + fromRow) * ${from[1]} + baseColumn;
let to = (index * ${to[1]}u + u32(x0)) * ${packs}u + firstPack;
${pixels.join('\n')}`;
}
