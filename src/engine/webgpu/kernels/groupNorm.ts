/**
 * Group norm, forwards and backwards. What it needs of an image is in that image alone, so a kernel makes the sums and what follows from them.
 *
 * Tiling: a workgroup takes an image, whose pixels its invocations share out, once for each pass over it (mean, variance, output; sums, gradient);
 * where barriers cost more than that saves, an invocation takes an image. The sums of all channels are in each invocation's own memory.
 */
import type { Shape } from '../../../network/graph.ts';
import { NORM_EPSILON } from '../../../ops/batchNorm/op.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { overAll, sumDeclarations } from './reduce.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

export function groupNormGroups(reduction: Reduction, images: number): [number, number] {
  return [reduction === 'workgroup' ? images : Math.ceil(images / WORKGROUP), 1];
}

/** Sets `image`, and `first` and `step` of the pixels that this invocation looks at; those without an image return. */
function imageSetup(reduction: Reduction): string {
  if (reduction === 'workgroup') return `let image = workgroup.x;\nlet first = local;\nlet step = ${WORKGROUP}u;`;
  return `let image = workgroup.x * ${WORKGROUP}u + local;
if (image >= run.images) { return; }
let first = 0u;
let step = 1u;`;
}

/** Sums over an image's pixels, a pack at a time, into arrays. @param sums of each array the term at `at`, in `pack` */
function sumUp(
  [rows, columns, channels]: Shape,
  reduction: Reduction,
  sums: Readonly<Record<string, string>>,
  setup = '',
): string {
  const packs = packsOf(channels);
  const names = Object.keys(sums);
  return `for (var pack = 0u; pack < ${packs}u; pack++) {
${names.map((name) => `var ${name}Of = vec4f();`).join('\n')}
${setup}
for (var pixel = first; pixel < ${rows * columns}u; pixel += step) {
let at = (image * ${rows * columns}u + pixel) * ${packs}u + pack;
${names.map((name) => `${name}Of += ${sums[name]};`).join('\n')}
}
${names.map((name) => `${name}[pack] = ${overAll(reduction, 'workgroupSum', `${name}Of`)};`).join('\n')}
}`;
}

/** Declares `ofGroups`: of sums over pixels, for each channel the mean over its group's pixels and channels. */
function groupMeans([rows, columns, channels]: Shape, groups: number): string {
  const packs = packsOf(channels);
  const size = channels / groups;
  return `fn ofGroups(sums: array<vec4f, ${packs}>) -> array<vec4f, ${packs}> {
var own = sums;
var groups: array<f32, ${groups}>;
for (var c = 0u; c < ${channels}u; c++) { groups[c / ${size}u] += own[c / 4u][c % 4u]; }
var means: array<vec4f, ${packs}>;
for (var c = 0u; c < ${channels}u; c++) { means[c / 4u][c % 4u] = groups[c / ${size}u] / ${rows * columns * size}.0; }
return means;
}`;
}

/** What is done once an image. */
const once = (reduction: Reduction, text: string) =>
  reduction === 'workgroup' ? `if (local == 0u) {\n${text}\n}` : text;

/** Writes the output, and for each pack of an image the means and the inverse standard deviations of its channels' groups. */
export function groupNorm(
  { shape, groups, x, affine, writes: made }: Kernels['groupNorm'],
  reduction: Reduction,
): Kernel {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  return kernel({
    name: 'group norm',
    workgroupSize: WORKGROUP,
    bindings: [
      reads('x', x),
      reads('scale', affine.scale),
      reads('shift', affine.shift),
      writes('result', made.result),
      writes('statistics', made.statistics),
    ],
    declarations: [sumDeclarations(reduction, WORKGROUP), groupMeans(shape, groups)],
    body: `${imageSetup(reduction)}
var sums: array<vec4f, ${packs}>;
${sumUp(shape, reduction, { sums: 'x[at]' })}
var means = ofGroups(sums);
${sumUp(shape, reduction, { sums: '(x[at] - means[pack]) * (x[at] - means[pack])' })}
var variances = ofGroups(sums);
for (var pack = 0u; pack < ${packs}u; pack++) {
let mean = means[pack];
let inverseStd = inverseSqrt(variances[pack] + ${NORM_EPSILON});
${once(reduction, `statistics[(image * ${packs}u + pack) * 2u] = mean;\nstatistics[(image * ${packs}u + pack) * 2u + 1u] = inverseStd;`)}
let slope = scale[pack] * inverseStd;
for (var pixel = first; pixel < ${rows * columns}u; pixel += step) {
let at = (image * ${rows * columns}u + pixel) * ${packs}u + pack;
result[at] = (x[at] - mean) * slope + shift[pack];
}
}`,
  });
}

/** @param stride packs from one image's gradients by scale and shift to the next */
export function groupNormGradient(
  { shape, groups, gradient, x, statistics, scale, writes: made }: Kernels['groupNormGradient'],
  reduction: Reduction,
  stride: number,
): Kernel {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const load = `let mean = statistics[(image * ${packs}u + pack) * 2u];
let inverseStd = statistics[(image * ${packs}u + pack) * 2u + 1u];`;
  const hat = '((x[at] - mean) * inverseStd)';
  const store = made.parameters
    ? once(
        reduction,
        `shiftPartial[image * ${stride}u + pack] = all[pack];\nscalePartial[image * ${stride}u + pack] = along[pack];`,
      )
    : '';
  return kernel({
    name: 'gradient by group norm',
    workgroupSize: WORKGROUP,
    bindings: [
      reads('dy', gradient),
      reads('x', x),
      reads('statistics', statistics),
      reads('scale', scale),
      writes('dx', made.result),
      ...(made.parameters
        ? [writes('scalePartial', made.parameters.scale), writes('shiftPartial', made.parameters.shift)]
        : []),
    ],
    declarations: [sumDeclarations(reduction, WORKGROUP), groupMeans(shape, groups)],
    body: `${imageSetup(reduction)}
var all: array<vec4f, ${packs}>;
var along: array<vec4f, ${packs}>;
${sumUp(shape, reduction, { all: 'dy[at]', along: `dy[at] * ${hat}` }, load)}
for (var pack = 0u; pack < ${packs}u; pack++) {
${store}
all[pack] *= scale[pack];
along[pack] *= scale[pack];
}
var takenOf1 = ofGroups(all);
var takenOfHat = ofGroups(along);
for (var pack = 0u; pack < ${packs}u; pack++) {
${load}
for (var pixel = first; pixel < ${rows * columns}u; pixel += step) {
let at = (image * ${rows * columns}u + pixel) * ${packs}u + pack;
dx[at] = inverseStd * (scale[pack] * dy[at] - takenOf1[pack] - ${hat} * takenOfHat[pack]);
}
}`,
  });
}
