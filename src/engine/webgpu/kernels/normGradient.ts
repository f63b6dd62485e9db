/**
 * The part of batch norm's gradient that a channel has in common (Ioffe & Szegedy 2015): from the partial
 * sums of g and g · x̂ the gradients by shift and scale, which are those sums, and their means, which
 * `layerGradient` takes away from every g. One invocation a channel adds the parts in their order.
 * It runs as a dispatch of its own or rides in another one (see `filterGradient`).
 */
import { type Kernel, kernel, packsOf, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

export interface NormGradientShape {
  readonly channels: number;
  /** Pixels of one image. */
  readonly pixels: number;
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
}

export const normGradientBindings = [
  reads('normSums', 'f32'),
  writes('shiftGradient', 'f32'),
  writes('scaleGradient', 'f32'),
  writes('means', 'f32'),
];

export function normGradientFunction({ channels, pixels, partSize }: NormGradientShape): string {
  const lanes = packsOf(channels) * 4;
  return `fn normGradient(channel: u32) {
  if (channel >= ${lanes}u) { return; }
  let count = run.images * ${pixels}u;
  let parts = (count + ${partSize - 1}u) / ${partSize}u;
  var total = 0.0;
  var along = 0.0;
  for (var i = 0u; i < parts; i++) {
    let at = (i * ${packsOf(channels)}u + channel / 4u) * 8u + channel % 4u;
    total += normSums[at];
    along += normSums[at + 4u];
  }
  shiftGradient[channel] = total;
  scaleGradient[channel] = along;
  means[channel] = total / f32(count);
  means[${lanes}u + channel] = along / f32(count);
}`;
}

export function normGradientGroups({ channels }: NormGradientShape): [number, number] {
  return [Math.ceil(channels / WORKGROUP), 1];
}

export function normGradient(shape: NormGradientShape): Kernel {
  return kernel({
    name: 'norm gradient',
    workgroupSize: WORKGROUP,
    bindings: normGradientBindings,
    declarations: normGradientFunction(shape),
    body: `normGradient(workgroup.x * ${WORKGROUP}u + local);`,
  });
}
