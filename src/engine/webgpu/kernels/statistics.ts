/**
 * Mean and variance of every channel of a layer's output z from the partial sums that `convolveForward`
 * left, as Chan, Golub & LeVeque (1983) combine them: first the mean of all, then each part's squared
 * distances moved to it. With batch norm it writes the layer's norm; and for every layer the mean and
 * variance of the response, per channel, from which `summarizeGradients` makes its standard deviation.
 */
import { NORM_EPSILON } from '../../../network/graph.ts';
import { sumDeclarations } from './reduce.ts';
import { type NormPart, normPart } from './values.ts';
import { type Kernel, kernel, packsOf, type Reduction, reads, writes } from './wgsl.ts';

export interface StatisticsShape {
  readonly channels: number;
  /** Pixels of one image. */
  readonly pixels: number;
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
  readonly normalized: boolean;
  readonly reduction: Reduction;
}

function workgroupSize({ reduction }: StatisticsShape): number {
  return reduction === 'invocation' ? 1 : 64;
}

/** One workgroup a pack. */
export function statisticsGroups({ channels }: StatisticsShape): [number, number] {
  return [packsOf(channels), 1];
}

export function statistics(shape: StatisticsShape): Kernel {
  const { channels, pixels, partSize, normalized, reduction } = shape;
  const size = workgroupSize(shape);
  const packs = packsOf(channels);
  const all = (x: string) => (reduction === 'invocation' ? x : `workgroupSum(${x}, local)`);
  const part = (name: NormPart) => `norm[${normPart(name, channels)}u + pack]`;
  const norm = `let inverseStd = inverseSqrt(variance + ${NORM_EPSILON});
let slope = scale[pack] * inverseStd;
${part('mean')} = mean;
${part('inverseStd')} = inverseStd;
${part('slope')} = slope;
${part('intercept')} = shift[pack] - slope * mean;
response[pack] = shift[pack];
response[${packs}u + pack] = slope * slope * variance;`;
  return kernel({
    name: 'channel statistics',
    workgroupSize: size,
    bindings: [
      reads('sums'),
      ...(normalized ? [reads('scale'), reads('shift'), writes('norm')] : []),
      writes('response'),
    ],
    declarations: sumDeclarations(reduction, size),
    body: `let pack = workgroup.x;
let count = run.images * ${pixels}u;
let parts = (count + ${partSize - 1}u) / ${partSize}u;
var sum = vec4f();
for (var i = local; i < parts; i += ${size}u) { sum += sums[(i * ${packs}u + pack) * 2u]; }
let mean = ${all('sum')} / f32(count);
var squares = vec4f();
for (var i = local; i < parts; i += ${size}u) {
  let at = (i * ${packs}u + pack) * 2u;
  let members = f32(min(${partSize}u, count - i * ${partSize}u));
  let off = sums[at] / members - mean;
  squares += sums[at + 1u] + members * off * off;
}
let variance = ${all('squares')} / f32(count);
if (local == 0u) {
${normalized ? norm : `response[pack] = mean;\nresponse[${packs}u + pack] = variance;`}
}`,
  });
}
