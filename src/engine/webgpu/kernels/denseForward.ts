/**
 * A dense layer of many inputs, forwards, where invocations add within a workgroup. Each image is a part by itself (see
 * `partMoments.ts`).
 *
 * Tiling: a workgroup makes `outputs` packs of one image; its invocations share the inputs, and add what they have in a fixed
 * order. Because as a convolution of one pixel it would have one invocation an image, each with a long sum.
 */
import { type Moments, momentPacks } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { sumDeclarations } from './reduce.ts';
import { sourceBindings } from './values.ts';
import { type Kernel, kernel, reads, repeat, writes } from './wgsl.ts';

const WORKGROUP = 64;

export interface DenseShape {
  /** Packs of one image's input, as they are stored. */
  readonly inputPacks: number;
  readonly units: number;
  /** Packs of units that one workgroup makes; divides their number. */
  readonly outputs: number;
}

export function denseForwardGroups({ units, outputs }: DenseShape, images: number): [number, number] {
  return [images, packsOf(units) / outputs];
}

export function denseForward(shape: DenseShape, dense: Kernels['convolve']): Kernel {
  const { x, weight, bias, moments, writes: made } = dense;
  const { inputPacks, units, outputs } = shape;
  const packs = packsOf(units);
  const row = (o: number, j: number) => `w[(c * 4u + ${j}u) * ${packs}u + firstPack + ${o}u]`;
  const block = (o: number) => `mat4x4f(${repeat(4, (j) => row(o, j), ', ')})`;
  return kernel({
    name: 'dense',
    workgroupSize: WORKGROUP,
    bindings: [
      ...sourceBindings(x),
      reads('w', weight),
      ...(bias ? [reads('bias', bias)] : []),
      writes('z', made.z),
      writes('sums', made.sums),
    ],
    declarations: [sumDeclarations('workgroup', WORKGROUP)],
    body: `let image = workgroup.x;
let firstPack = workgroup.y * ${outputs}u;
if (image >= run.images) { return; }
${repeat(outputs, (o) => `var a${o} = vec4f();`)}
for (var c = local; c < ${inputPacks}u; c += ${WORKGROUP}u) {
let input = x[image * ${inputPacks}u + c];
${repeat(outputs, (o) => `a${o} += ${block(o)} * input;`)}
}
${repeat(outputs, (o) => `a${o} = workgroupSum(a${o}, local)${bias ? ` + bias[firstPack + ${o}u]` : ''};`)}
if (local == 0u) {
${repeat(outputs, (o) => `${stored(packs, moments, o)}`)}
}`,
  });
}

/** A part of one number: its mean is the number, and there are no distances. */
function stored(packs: number, moments: Moments, o: number): string {
  const zeros = repeat(
    momentPacks[moments] - 1,
    (i) => `sums[at${o} * ${momentPacks[moments]}u + ${i + 1}u] = vec4f();`,
  );
  return `let at${o} = image * ${packs}u + firstPack + ${o}u;
z[at${o}] = a${o};
sums[at${o} * ${momentPacks[moments]}u] = a${o};
${zeros}`;
}
