/**
 * The gradient by a convolution's filter: for every tap, x shifted by the tap times dz, summed over all
 * images and pixels.
 *
 * Tiling: an invocation makes one row of the kernel × one pack of input channels × `outputs` packs of
 * output channels, and goes over a share of the minibatch's rows: 12 · `outputs` packs stay in registers,
 * and each pack of x that is loaded serves all taps of the row. The shares (split-K) are written to
 * buffers of their own and added in a fixed order by `reduceGradients`; there are no float atomics, and
 * so a run can be repeated bit for bit.
 *
 * The kernel may carry a rider: the small reduction that the layer below needs next. It has
 * workgroups of its own in the same dispatch, so that it costs no dispatch and runs beside the filter's work.
 */

import { isImages, type Source } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { type ConvGeometry, columnName, loadColumns, tapsOf } from './geometry.ts';
import {
  type NormGradientTiling,
  normGradientBindings,
  normGradientFunction,
  normGradientGroups,
} from './normGradient.ts';
import { loadNorm, sourceBindings, valueConstants, valueText } from './values.ts';
import { type Kernel, kernel, reads, repeat, writes } from './wgsl.ts';

const WORKGROUP = 64;

export interface FilterGradientShape {
  /** Of the forward convolution; `positions` is how many columns are unrolled. */
  readonly geometry: ConvGeometry;
  readonly fromChannels: number;
  readonly toChannels: number;
  /** Packs of output channels that one invocation makes; divides their number. */
  readonly outputs: number;
  readonly splits: number;
  /** Packs from one split to the next in the buffer of partial gradients. */
  readonly splitStride: number;
}

/** Independent tiles of the filter. */
function tiles({ geometry, fromChannels, toChannels, outputs }: FilterGradientShape, fromImages: boolean): number {
  return geometry.kernel * (fromImages ? 1 : packsOf(fromChannels)) * (packsOf(toChannels) / outputs);
}

function workgroups(shape: FilterGradientShape, fromImages: boolean): number {
  return Math.ceil((tiles(shape, fromImages) * shape.splits) / WORKGROUP);
}

export function filterGradientGroups(
  shape: FilterGradientShape,
  fromImages: boolean,
  rider: Rider | null,
): [number, number] {
  return [workgroups(shape, fromImages) + (rider ? normGradientGroups(rider.kernel, rider.tiling) : 0), 1];
}

export interface Rider {
  readonly kernel: Kernels['normGradient'];
  readonly tiling: NormGradientTiling;
}

export function filterGradient(
  shape: FilterGradientShape,
  { x: source, dz, writes: { partial } }: Kernels['filterGradient'],
  rider: Rider | null,
): Kernel {
  const { geometry } = shape;
  const fromImages = isImages(source);
  const rows = geometry.to[0];
  const share = `let rows = run.images * ${rows}u;
let each = (rows + ${shape.splits - 1}u) / ${shape.splits}u;
for (var index = split * each; index < min(rows, (split + 1u) * each); index++) {
let image = index / ${rows}u;
let fromRow = i32(index % ${rows}u) * ${geometry.stride} + ky - ${(geometry.kernel - 1) / 2};
if (fromRow < 0 || fromRow >= ${geometry.from[0]}) { continue; }
for (var x0 = 0; x0 < ${geometry.to[1]}; x0 += ${geometry.positions}) {
${runOfRow(shape, source)}
}
}`;
  const last = workgroups(shape, fromImages);
  const ride = rider ? `if (workgroup.x >= ${last}u) { normGradient(workgroup.x - ${last}u, local); return; }` : '';
  return kernel({
    name: `gradient by filter ${geometry.kernel}×${geometry.kernel}${geometry.stride === 2 ? ' stride 2' : ''}`,
    workgroupSize: WORKGROUP,
    bindings: [
      ...sourceBindings(source),
      reads('dz', dz),
      writes('partial', partial),
      ...(rider ? normGradientBindings(rider.kernel, rider.tiling) : []),
    ],
    declarations: `${valueConstants}\n${rider ? normGradientFunction(rider.kernel, rider.tiling) : ''}`,
    body: `${ride}
${tileSetup(shape, fromImages)}
${isImages(source) ? '' : loadNorm('x', source, 'c')}
${eachProduct(shape, fromImages, (name) => `var ${name} = vec4f();`)}
${share}
${eachProduct(shape, fromImages, (name, at) => `partial[${at}] = ${name};`)}`,
  });
}

function tileSetup(shape: FilterGradientShape, fromImages: boolean): string {
  const { geometry, fromChannels, toChannels, outputs, splits } = shape;
  const packs = fromImages ? 1 : packsOf(fromChannels);
  const outputTiles = packsOf(toChannels) / outputs;
  return `let id = workgroup.x * ${WORKGROUP}u + local;
let split = id / ${tiles(shape, fromImages)}u;
if (split >= ${splits}u) { return; }
let firstPack = id % ${outputTiles}u * ${outputs}u;
let c = id / ${outputTiles}u % ${packs}u;
let ky = i32(id / ${outputTiles * packs}u % ${geometry.kernel}u);`;
}

/** Every accumulator `d<tap>_<input channel>_<output>` and where it goes. */
function eachProduct(
  shape: FilterGradientShape,
  fromImages: boolean,
  text: (name: string, at: string) => string,
): string {
  const { geometry, fromChannels, toChannels, outputs, splitStride } = shape;
  const inputs = fromImages ? 1 : 4 * packsOf(fromChannels);
  const packs = packsOf(toChannels);
  return repeat(geometry.kernel, (tap) =>
    repeat(fromImages ? 1 : 4, (i) =>
      repeat(outputs, (o) => {
        const row = `(u32(ky) * ${geometry.kernel}u + ${tap}u) * ${inputs}u + c * 4u + ${i}u`;
        return text(`d${tap}_${i}_${o}`, `split * ${splitStride}u + (${row}) * ${packs}u + firstPack + ${o}u`);
      }),
    ),
  );
}

/** What a run of neighbouring pixels adds to the accumulators. */
function runOfRow(shape: FilterGradientShape, source: Source): string {
  const { geometry, fromChannels, toChannels, outputs } = shape;
  const { positions, stride, from, to } = geometry;
  const fromImages = isImages(source);
  const packs = packsOf(toChannels);
  const taps = tapsOf(geometry);
  const loads = isImages(source)
    ? loadColumns(geometry, '0.0', (column) => `pixels[u32(origin + ${column})]`)
    : loadColumns(geometry, 'vec4f()', (column) =>
        valueText('x', source, `x[u32(origin + ${column}) * ${packsOf(fromChannels)}u + c]`),
      );
  const gradients = repeat(positions, (p) => repeat(outputs, (o) => `let g${p}_${o} = dz[to + ${p * packs + o}u];`));
  const products = repeat(geometry.kernel, (tap) =>
    repeat(fromImages ? 1 : 4, (i) =>
      repeat(outputs, (o) => {
        const terms = taps.flatMap((each, p) =>
          each
            .filter((one) => one.tap === tap)
            .map(({ column }) => `${columnName(column)}${fromImages ? '' : `[${i}]`} * g${p}_${o}`),
        );
        return `d${tap}_${i}_${o} += ${terms.join(' + ')};`;
      }),
    ),
  );
  const image = fromImages ? 'indices[image]' : 'image';
  return `let baseColumn = x0${stride === 2 ? ' * 2' : ''};
let origin = (i32(${image} * ${from[0]}u) + fromRow) * ${from[1]} + baseColumn;
let to = (index * ${to[1]}u + u32(x0)) * ${packs}u + firstPack;
${loads}
${gradients}
${products}`;
}
