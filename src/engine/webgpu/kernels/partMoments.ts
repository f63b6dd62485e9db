/**
 * The end of the kernels that make a layer's output forwards: each part of it, an invocation's or a workgroup's runs of pixels,
 * leaves its moments, from which `statistics` makes those of all without cancellation.
 */
import { type Moments, momentPacks } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { overAll, partOf } from './reduce.ts';
import { type Reduction, repeat } from './wgsl.ts';

/** Invocations that make runs of neighbouring pixels. */
export interface Runs {
  readonly channels: number;
  /** Pixels of a run. */
  readonly positions: number;
  readonly moments: Moments;
  readonly reduction: Reduction;
  readonly workgroupSize: number;
}

/**
 * Stores the moments of one pack. The text around it knows `id` and `local`, the number of `runs`, and whether this invocation
 * is `working` on one.
 * @param value of each position, as an expression
 */
export function storeMoments(runs: Runs, value: (position: number) => string, pack: string): string {
  const { channels, positions, moments, reduction, workgroupSize } = runs;
  const { text, names } = moments === 'squares' ? squares(runs, value) : scaled(runs, value);
  const store = `let at = (part * ${packsOf(channels)}u + ${pack}) * ${momentPacks[moments]}u;
${names.map((name, i) => `sums[at + ${i}u] = ${name};`).join('\n')}`;
  if (reduction === 'invocation') {
    return `if (working) {
let part = ${partOf(reduction, workgroupSize, 'id')};
let members = ${positions}.0;
${text}
${store}
}`;
  }
  return `{
let part = workgroup.x;
let members = f32(min(runs - workgroup.x * ${workgroupSize}u, ${workgroupSize}u) * ${positions}u);
${text}
if (local == 0u) {
${store}
}
}`;
}

interface Parts {
  /** Knows `members`, how many numbers of each channel the part has. */
  readonly text: string;
  readonly names: readonly string[];
}

function squares({ positions, reduction }: Runs, value: (position: number) => string): Parts {
  const total = repeat(positions, value, ' + ');
  const distances = repeat(positions, (p) => `(${value(p)} - mean) * (${value(p)} - mean)`, ' + ');
  return {
    text: `let sum = ${overWorking(reduction, 'workgroupSum', total)};
let mean = sum / members;
let squares = ${overWorking(reduction, 'workgroupSum', distances)};`,
    names: ['sum', 'squares'],
  };
}

function scaled({ positions, reduction }: Runs, value: (position: number) => string): Parts {
  const shares = repeat(positions, (p) => `${value(p)} / members`, ' + ');
  const distances = Array.from({ length: positions }, (_, p) => `abs(${value(p)} - mean)`);
  const largest = distances.reduce((before, distance) => `max(${before}, ${distance})`);
  const ratios = repeat(positions, (p) => `let ratio${p} = (${value(p)} - mean) / scale;`);
  const ratiosSquared = repeat(positions, (p) => `ratio${p} * ratio${p}`, ' + ');
  return {
    text: `let mean = ${overWorking(reduction, 'workgroupSum', shares)};
let scale = max(${overWorking(reduction, 'workgroupMax', largest)}, vec4f(1e-37));
${ratios}
let squares = ${overWorking(reduction, 'workgroupSum', ratiosSquared)};`,
    names: ['mean', 'scale', 'squares'],
  };
}

/** A reduction over the invocations of the part that have a run to make. */
function overWorking(reduction: Reduction, name: 'workgroupSum' | 'workgroupMax', x: string): string {
  return reduction === 'invocation' ? x : overAll(reduction, name, `select(vec4f(), ${x}, working)`);
}
