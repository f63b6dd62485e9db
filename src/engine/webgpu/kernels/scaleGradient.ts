/**
 * The gradient by a learned scale, one number for a whole layer: Σ dy · x over everything that it multiplies, dy being the
 * gradient by the sum and x the term without the scale.
 *
 * Tiling: of n invocations each adds every n-th pack, so that neighbours read neighbouring packs, and the number of partial sums does not
 * grow with the layer. `reduceGradients` adds these, like the partial gradients of a filter, in a fixed order.
 */

import { packsOf } from '../../plan/packs.ts';
import type { Kernels } from '../../plan/schedule.ts';
import { factorFunctions } from './factors.ts';
import { partCount, partOf, sumDeclarations } from './reduce.ts';
import { addTerm, termBindings } from './terms.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from './wgsl.ts';

const WORKGROUP = 64;

interface ScaleGradientTiling {
  /** Whole workgroups of them. */
  readonly invocations: number;
  readonly reduction: Reduction;
  /** Packs from one partial gradient to the next. */
  readonly stride: number;
}

export function scaleGradientGroups({ invocations }: ScaleGradientTiling): [number, number] {
  return [invocations / WORKGROUP, 1];
}

/** How many partial gradients it leaves. */
export function scaleGradientParts({ reduction, invocations }: ScaleGradientTiling): number {
  return partCount(reduction, WORKGROUP, invocations);
}

export function scaleGradient(
  { shape, gradient, term, writes: { partial } }: Kernels['scaleGradient'],
  { invocations, reduction, stride }: ScaleGradientTiling,
): Kernel {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const store = `partial[${partOf(reduction, WORKGROUP, 'id')} * ${stride}u] = vec4f(all.x + all.y + all.z + all.w, 0.0, 0.0, 0.0);`;
  return kernel({
    name: 'gradient by scale',
    workgroupSize: WORKGROUP,
    bindings: [reads('dy', gradient), ...termBindings('x', term), writes('partial', partial)],
    declarations: [sumDeclarations(reduction, WORKGROUP), ...factorFunctions(term.factors)],
    body: `let id = workgroup.x * ${WORKGROUP}u + local;
var total = vec4f();
for (var at = id; at < run.images * ${rows * columns * packs}u; at += ${invocations}u) {
let pack = at % ${packs}u;
let pixelColumn = at / ${packs}u % ${columns}u;
let pixelRow = at / ${packs * columns}u % ${rows}u;
let image = at / ${packs * columns * rows}u;
var scaled = vec4f();
${addTerm('scaled', shape, term, 'x', 'at')}
total += dy[at] * scaled;
}
${reduction === 'invocation' ? `let all = total;\n${store}` : `let all = workgroupSum(total, local);\nif (local == 0u) { ${store} }`}`,
  });
}
