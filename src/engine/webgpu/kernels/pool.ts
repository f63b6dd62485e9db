/**
 * Pooling forwards: 2×2 windows with stride 2, or the mean over all pixels.
 *
 * Tiling: an invocation makes one pack of one pixel and reads its whole window. Windows do not overlap, so nothing is read
 * twice and there is nothing to share.
 */

import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { ELEMENTWISE_WORKGROUP, elementSetup } from './combine.ts';
import { loadNorm, valueBindings, valueText } from './values.ts';
import { type Kernel, kernel, writes } from './wgsl.ts';

const names = { maxPool: 'max pool', averagePool: 'average pool', globalAveragePool: 'global average pool' };

export function pool({ pool: kind, x, to, writes: { result } }: Kernels['pool']): Kernel {
  const [rows, columns, channels] = x.shape;
  const packs = packsOf(channels);
  const side = kind === 'globalAveragePool' ? null : 2;
  const at = `((image * ${rows}u + row) * ${columns}u + column) * ${packs}u + pack`;
  const start = kind === 'maxPool' ? 'vec4f(-3.4e38)' : 'vec4f()';
  return kernel({
    name: names[kind],
    workgroupSize: ELEMENTWISE_WORKGROUP,
    bindings: [...valueBindings('x', x), writes('result', result)],
    body: `${elementSetup(to)}
${loadNorm('x', x, 'pack')}
let top = pixelRow * ${side ?? rows}u;
let left = pixelColumn * ${side ?? columns}u;
let bottom = min(top + ${side ?? rows}u, ${rows}u);
let right = min(left + ${side ?? columns}u, ${columns}u);
var found = ${start};
for (var row = top; row < bottom; row++) {
for (var column = left; column < right; column++) {
let member = ${valueText('x', x, `x[${at}]`)};
found = ${kind === 'maxPool' ? 'max(found, member)' : 'found + member'};
}
}
result[index] = ${kind === 'maxPool' ? 'found' : 'found / f32((bottom - top) * (right - left))'};`,
  });
}
