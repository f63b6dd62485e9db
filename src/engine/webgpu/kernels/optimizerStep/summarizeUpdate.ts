/**
 * One number a parameter of what the update measured of its pieces: norms before it, and of the change.
 *
 * Tiling: an invocation takes a parameter and goes over its pieces, at most 256, in their order: sums come out the same
 * every time, and there is too little to add for more.
 */
import { firstParameterResult, RESULTS_PER_PARAMETER, type ResultShape } from '../../../plan/results.ts';
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, reads, writes } from '../wgsl.ts';
import { linearId, norms, resultsOf, STEP_WORKGROUP } from './shared.ts';

export function summarizeUpdate(shape: ResultShape, pieceMoves: BufferRef): Kernel {
  const { parameters } = shape;
  return kernel({
    name: 'summarize update',
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('owners', wholeArena('ownerTable'), 'vec4u'),
      reads('pieceMoves', pieceMoves),
      writes('results', resultsOf(shape), 'f32'),
    ],
    declarations: [norms],
    body: `${linearId}
if (id >= ${parameters}u) { return; }
let pieces = owners[id];
var norm = vec2f();
var moved = vec2f();
for (var i = 0u; i < pieces.y; i++) {
  let piece = pieceMoves[pieces.x + i];
  norm = joined(norm, piece.xy);
  moved = joined(moved, piece.zw);
}
let at = ${firstParameterResult(shape)}u + id * ${RESULTS_PER_PARAMETER}u;
results[at + 1u] = root(norm);
results[at + 2u] = root(moved);`,
  });
}
