/**
 * The finite check and the clip factor of a step. Once a number of a step is not finite, the network stands still for ever, so that
 * steps that are already under way change nothing. The kernel also counts the updates: only the GPU knows in time which steps were
 * refused, and the masks of the next step follow from the count.
 *
 * Tiling: one workgroup, since there is one decision; its invocations share out images, layers and parameters. Where
 * meeting at a barrier costs more than a loop, it is one invocation.
 */
import {
  firstParameterResult,
  RESULT_HEAD,
  RESULTS_PER_LAYER,
  RESULTS_PER_PARAMETER,
  type ResultShape,
} from '../../../plan/results.ts';
import { overAll, sumDeclarations } from '../reduce.ts';
import { type Bound, type Kernel, kernel, type Reduction, reads, writes } from '../wgsl.ts';
import { control, norms, resultsOf, STEP_WORKGROUP } from './shared.ts';

export function finiteCheck(shape: ResultShape, losses: Bound, clip: number, reduction: Reduction): Kernel {
  const { parameters, layers } = shape;
  const size = reduction === 'invocation' ? 1 : STEP_WORKGROUP;
  const firstParameter = firstParameterResult(shape);
  // `largest` of all gradients first, then their squares in its scale, as elsewhere.
  return kernel({
    name: 'finite check',
    workgroupSize: size,
    bindings: [
      reads('losses', losses, 'f32'),
      writes('results', resultsOf(shape), 'f32'),
      writes('control', control, 'f32'),
    ],
    declarations: [norms, sumDeclarations(reduction, size)],
    body: `var sums = vec4f();
for (var i = local; i < run.images; i += ${size}u) { sums.x += losses[i]; }
for (var i = local; i < ${layers}u; i += ${size}u) {
  let at = ${RESULT_HEAD}u + i * ${RESULTS_PER_LAYER}u;
  if (!isFinite(results[at]) || !isFinite(results[at + 1u])) { sums.y += 1.0; }
}
var norms = vec4f();
for (var i = local; i < ${parameters}u; i += ${size}u) { norms.x = max(norms.x, results[${firstParameter}u + i * ${RESULTS_PER_PARAMETER}u]); }
let largest = ${overAll(reduction, 'workgroupMax', 'norms')}.x;
let scale = 1.0 / unit(largest);
for (var i = local; i < ${parameters}u; i += ${size}u) {
  let norm = results[${firstParameter}u + i * ${RESULTS_PER_PARAMETER}u];
  if (!isFinite(norm)) { sums.y += 1.0; }
  sums.z += norm * scale * norm * scale;
}
let found = ${overAll(reduction, 'workgroupSum', 'sums')};
if (local == 0u) {
  let loss = found.x / f32(run.images);
  if (!isFinite(loss) || found.y > 0.0) { control[1] = 1.0; }
  if (control[1] == 0.0) { control[2] += 1.0; }
  let norm = unit(largest) * sqrt(found.z);
  control[0] = ${clip > 0 ? `select(1.0, ${clip} / norm, norm > ${clip})` : '1.0'};
  results[0] = loss;
  results[1] = control[1];
}`,
  });
}
