/**
 * Softmax and cross entropy. The logits less their maximum give the same probabilities, and their exponentials
 * cannot overflow. The gradient by the logits is (probability − 1 for the right class) / images.
 *
 * Tiling: an invocation makes an image, because its few logits fit into registers: the largest and the sum over the classes
 * need neither a barrier nor a second pass.
 */

import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { type Kernel, kernel, reads, repeat, writes } from './wgsl.ts';

const WORKGROUP = 64;

export function lossGroups(images: number): [number, number] {
  return [Math.ceil(images / WORKGROUP), 1];
}

export function loss({ classes: count, logits, labels, indices, writes: made }: Kernels['loss']): Kernel {
  const packs = packsOf(count);
  const classes = (text: (k: number) => string) => repeat(count, text);
  return kernel({
    name: 'softmax cross entropy',
    workgroupSize: WORKGROUP,
    bindings: [
      reads('logits', logits),
      reads('labels', labels, 'u32'),
      reads('indices', indices, 'u32'),
      writes('losses', made.losses, 'f32'),
      writes('g', made.gradient),
    ],
    body: `let image = workgroup.x * ${WORKGROUP}u + local;
if (image >= run.images) { return; }
let label = labels[indices[image]];
${repeat(packs, (pack) => `let row${pack} = logits[image * ${packs}u + ${pack}u];`)}
${classes((k) => `let z${k} = row${k >> 2}[${k % 4}];`)}
var largest = z0;
${classes((k) => `largest = max(largest, z${k});`)}
${classes((k) => `let e${k} = exp(z${k} - largest);`)}
let sum = ${repeat(count, (k) => `e${k}`, ' + ')};
var right = 0.0;
${classes((k) => `if (label == ${k}u) { right = z${k}; }`)}
losses[image] = log(sum) - (right - largest);
let scale = 1.0 / (sum * f32(run.images));
let share = 1.0 / f32(run.images);
${repeat(packs, (pack) => {
  const lane = (i: number) => {
    const k = pack * 4 + i;
    return k < count ? `e${k} * scale - select(0.0, share, label == ${k}u)` : '0.0';
  };
  return `g[image * ${packs}u + ${pack}u] = vec4f(${repeat(4, lane, ', ')});`;
})}`,
  });
}
