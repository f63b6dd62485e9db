/**
 * The images of the minibatch as activations, for layers other than convolutions that read them, and in colour for these, too.
 *
 * Tiling: an invocation makes one pixel, because none is read twice here. Convolutions, which read each pixel up to nine times, gather by themselves
 * instead, so that most networks have no copy of the images.
 */
import type { Kernels } from '../../plan/schedule.ts';
import { ELEMENTWISE_WORKGROUP, elementSetup } from './combine.ts';
import { imageBindings } from './values.ts';
import { type Kernel, kernel, writes } from './wgsl.ts';

export function gatherImages({ shape, images, writes: { result } }: Kernels['gatherImages']): Kernel {
  const [rows, columns, channels] = shape;
  const lanes = Array.from({ length: 4 }, (_, lane) => (lane < channels ? `pixels[at + ${lane}u]` : '0.0'));
  return kernel({
    name: 'gather images',
    workgroupSize: ELEMENTWISE_WORKGROUP,
    bindings: [...imageBindings(images), writes('result', result)],
    body: `${elementSetup(shape)}
let at = ((indices[image] * ${rows}u + pixelRow) * ${columns}u + pixelColumn) * ${channels}u;
result[index] = vec4f(${lanes.join(', ')});`,
  });
}
