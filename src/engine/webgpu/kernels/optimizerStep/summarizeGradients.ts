/**
 * One number a parameter, its gradient's norm, from the norms of its pieces; and of every layer what its
 * kernels measured: signal gradient, response, dead units.
 *
 * Tiling: an invocation takes a parameter or a layer and goes over its pieces, at most 256, or over what the workgroups of its
 * gradient have left, because sums then come out the same every time, and one dispatch serves all: the loops are short
 * beside those that made the numbers.
 */
import {
  firstParameterResult,
  RESULT_HEAD,
  RESULTS_PER_LAYER,
  RESULTS_PER_PARAMETER,
  type ResultShape,
} from '../../../plan/results.ts';
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, reads, writes } from '../wgsl.ts';
import { linearId, norms, resultsOf, STEP_WORKGROUP } from './shared.ts';

export function summarizeGradients(shape: ResultShape, pieceNorms: BufferRef): Kernel {
  const { parameters, layers } = shape;
  return kernel({
    name: 'summarize gradients',
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('owners', wholeArena('ownerTable'), 'vec4u'),
      reads('measured', wholeArena('measureTable', layers * 32), 'vec4u'),
      reads('pieceNorms', pieceNorms, 'vec2f'),
      reads('stats', wholeArena('stats')),
      reads('response', wholeArena('response')),
      writes('results', resultsOf(shape), 'f32'),
    ],
    declarations: [
      norms,
      `fn summarizeParameter(id: u32) {
  let pieces = owners[id];
  var norm = vec2f();
  for (var i = 0u; i < pieces.y; i++) { norm = joined(norm, pieceNorms[pieces.x + i]); }
  results[${firstParameterResult(shape)}u + id * ${RESULTS_PER_PARAMETER}u] = root(norm);
}
fn summarizeLayer(id: u32) {
  // [first entry of stats, entries, first response pack, channels], [numbers of one image, units, 0, 0]
  let first = measured[id * 2u];
  let sizes = measured[id * 2u + 1u];
  var norm = vec2f();
  var dead = 0.0;
  for (var i = 0u; i < first.y; i++) {
    let entry = stats[first.x + i];
    norm = joined(norm, entry.xy);
    dead += entry.z;
  }
  let packs = (first.w + 3u) / 4u;
  var mean = 0.0;
  for (var c = 0u; c < first.w; c++) { mean += response[first.z + c / 4u][c % 4u] / f32(first.w); }
  // Of each channel its standard deviation and the distance of its mean, in units of the largest of all.
  var spread = vec2f();
  for (var c = 0u; c < first.w; c++) {
    let deviation = response[first.z + packs + c / 4u][c % 4u];
    let off = response[first.z + c / 4u][c % 4u] - mean;
    spread = withPack(spread, vec4f(deviation, off, 0.0, 0.0));
  }
  let at = ${RESULT_HEAD}u + id * ${RESULTS_PER_LAYER}u;
  results[at] = f32(run.images) * norm.x * sqrt(norm.y / (f32(run.images) * f32(sizes.x)));
  results[at + 1u] = spread.x * sqrt(spread.y / f32(first.w));
  results[at + 2u] = dead / f32(sizes.y);
}`,
    ],
    body: `${linearId}
if (id < ${parameters}u) { summarizeParameter(id); }
else if (id < ${parameters + layers}u) { summarizeLayer(id - ${parameters}u); }`,
  });
}
