/**
 * Where parameters lie on the GPU. All of them share one buffer; each begins at a multiple of 256 bytes,
 * as bindings must, and its channels are filled up to whole packs with zeros, which training keeps zero.
 */
import type { NetworkGraph, Parameter } from '../../network/graph.ts';
import { elements } from '../../ops/shapes.ts';
import { PACK, packsOf } from './packs.ts';

/** Packs in 256 bytes. */
export const ALIGNMENT = 16;

/** A parameter's array, seen as rows of output channels. */
export interface Region {
  /** First pack in the buffer of all parameters. */
  readonly first: number;
  /** Packs, up to the next region. */
  readonly packs: number;
  /** For each row of the graph's array, its row in the region. */
  readonly rows: readonly number[];
  /** Numbers in a row of the graph's array, and in the region's. */
  readonly channels: number;
  readonly paddedChannels: number;
}

export interface ParameterLayout {
  readonly regions: readonly Region[];
  readonly packs: number;
}

export function aligned(packs: number): number {
  return Math.ceil(packs / ALIGNMENT) * ALIGNMENT;
}

export function parameterLayout(graph: NetworkGraph): ParameterLayout {
  const inputs = inputChannels(graph);
  let first = 0;
  const regions = graph.parameters.map((parameter) => {
    const region = regionOf(parameter, inputs.get(parameter.id) ?? null, first);
    first += region.packs;
    return region;
  });
  return { regions, packs: first };
}

/** What a weight's rows are for: channels of its input, and whether they are filled up. */
interface RowsOf {
  readonly channels: number;
  readonly padded: boolean;
}

/** A conv that reads grey images has one row a tap; all other weights have rows for whole packs of channels. */
function inputChannels(graph: NetworkGraph): Map<number, RowsOf> {
  const rows = new Map<number, RowsOf>();
  for (const { op, inputs } of graph.nodes) {
    if (op.kind !== 'conv' && op.kind !== 'dense') continue;
    const channels = graph.nodes[inputs[0] ?? 0]?.shape[2] ?? 1;
    rows.set(op.weight, {
      channels,
      padded: op.kind === 'dense' || channels > 1 || !readsImages(graph, inputs[0] ?? 0),
    });
  }
  return rows;
}

function readsImages(graph: NetworkGraph, id: number): boolean {
  const node = graph.nodes[id];
  return node?.op.kind === 'input' || (node?.op.kind === 'identity' && readsImages(graph, node.inputs[0] ?? 0));
}

function regionOf({ shape }: Parameter, input: RowsOf | null, first: number): Region {
  const channels = shape.at(-1) ?? 1;
  const count = elements(shape) / channels;
  const paddedChannels = packsOf(channels) * PACK;
  const stride = input?.padded ? packsOf(input.channels) * PACK : (input?.channels ?? 1);
  const per = input?.channels ?? 1;
  const rows = Array.from({ length: count }, (_, row) => Math.floor(row / per) * stride + (row % per));
  const lastRow = input ? (count / per) * stride : count;
  return { first, packs: aligned((lastRow * paddedChannels) / PACK), rows, channels, paddedChannels };
}

/** Copies all parameters, or what is kept of each, into a buffer of all. @param valuesOf one in the graph's order; none are zeros */
export function packAll(
  { regions }: ParameterLayout,
  valuesOf: (id: number) => Float32Array | undefined,
  into: Float32Array,
): void {
  into.fill(0);
  regions.forEach((region, id) => {
    const values = valuesOf(id);
    if (values) packParameter(region, values, into);
  });
}

/** From a buffer of all to arrays in the graph's order. */
export function unpackAll({ regions }: ParameterLayout, all: Float32Array): Float32Array[] {
  return regions.map((region) => unpackParameter(region, all));
}

/** Copies a parameter from the graph's order into the buffer of all. */
export function packParameter(region: Region, values: Float32Array, into: Float32Array): void {
  const { first, rows, channels, paddedChannels } = region;
  rows.forEach((row, i) => {
    into.set(values.subarray(i * channels, (i + 1) * channels), first * PACK + row * paddedChannels);
  });
}

/** Copies a parameter from the buffer of all into the graph's order. */
export function unpackParameter(region: Region, all: Float32Array): Float32Array {
  const { first, rows, channels, paddedChannels } = region;
  const values = new Float32Array(rows.length * channels);
  rows.forEach((row, i) => {
    const at = first * PACK + row * paddedChannels;
    values.set(all.subarray(at, at + channels), i * channels);
  });
  return values;
}
