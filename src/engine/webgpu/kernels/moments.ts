/**
 * The end of the kernels that make a layer's output forwards: each part of it, an invocation's or a workgroup's run of pixels,
 * leaves its moments, from which `statistics` makes those of all without cancellation.
 */
import type { ConvolveShape } from './geometry.ts';
import { overAll, partOf } from './reduce.ts';
import { packsOf, type Reduction, repeat } from './wgsl.ts';

/**
 * What a part leaves of each pack: for a batch norm, the sum of its numbers and that of their squared distances from the part's
 * mean. Without one, numbers may be so large or so small that their squares are none: then the mean, the largest distance from
 * it, and the sum of the squared distances in units of that.
 */
export type Moments = 'squares' | 'scaled';

/** Packs that a part leaves of each pack. */
export const momentPacks: Readonly<Record<Moments, number>> = { squares: 2, scaled: 3 };

/**
 * Stores the moments of one output pack, whose numbers are the accumulators `a<position>_<output>`.
 * @param o the output
 */
export function momentsText(shape: ConvolveShape, moments: Moments, o: number, workgroupSize: number): string {
  const { geometry, toChannels, reduction } = shape;
  const { positions } = geometry;
  const at = `let at = (part * ${packsOf(toChannels)}u + firstPack + ${o}u) * ${momentPacks[moments]}u;`;
  const parts = (moments === 'squares' ? squaredMoments : scaledMoments)(shape, o);
  const stored = parts.names.map((name, i) => `sums[at + ${i}u] = ${name};`).join('\n');
  if (reduction === 'invocation') {
    return `if (working) {
let part = ${partOf(reduction, workgroupSize, 'id')};
let members = ${positions}.0;
${parts.text}
${at}
${stored}
}`;
  }
  return `{
let part = workgroup.x;
let members = f32(min(runs - workgroup.x * ${workgroupSize}u, ${workgroupSize}u) * ${positions}u);
${parts.text}
if (local == 0u) {
${at}
${stored}
}
}`;
}

interface Parts {
  /** Knows `members`, how many numbers of each channel the part has. */
  readonly text: string;
  readonly names: readonly string[];
}

function squaredMoments({ geometry, reduction }: ConvolveShape, o: number): Parts {
  const { positions } = geometry;
  const total = repeat(positions, (p) => `a${p}_${o}`, ' + ');
  const squares = repeat(positions, (p) => `(a${p}_${o} - mean) * (a${p}_${o} - mean)`, ' + ');
  return {
    text: `let sum = ${overWorking(reduction, 'workgroupSum', total)};
let mean = sum / members;
let squares = ${overWorking(reduction, 'workgroupSum', squares)};`,
    names: ['sum', 'squares'],
  };
}

function scaledMoments({ geometry, reduction }: ConvolveShape, o: number): Parts {
  const { positions } = geometry;
  const shares = repeat(positions, (p) => `a${p}_${o} / members`, ' + ');
  const distances = Array.from({ length: positions }, (_, p) => `abs(a${p}_${o} - mean)`);
  const largest = distances.reduce((before, distance) => `max(${before}, ${distance})`);
  const ratios = repeat(positions, (p) => `let ratio${p} = (a${p}_${o} - mean) / scale;`);
  const squares = repeat(positions, (p) => `ratio${p} * ratio${p}`, ' + ');
  return {
    text: `let mean = ${overWorking(reduction, 'workgroupSum', shares)};
let scale = max(${overWorking(reduction, 'workgroupMax', largest)}, vec4f(1e-37));
${ratios}
let squares = ${overWorking(reduction, 'workgroupSum', squares)};`,
    names: ['mean', 'scale', 'squares'],
  };
}

/** A reduction over the invocations of the part that have a run to make. */
function overWorking(reduction: Reduction, name: 'workgroupSum' | 'workgroupMax', x: string): string {
  return reduction === 'invocation' ? x : overAll(reduction, name, `select(vec4f(), ${x}, working)`);
}
