/** Adds the partial gradients of every piece, in the order of their splits, and leaves the piece's norm. */
import { type Kernel, kernel, reads, writes } from '../wgsl.ts';
import { linearId, norms, PIECE_ENTRIES, TAIL_WORKGROUP } from './shared.ts';

export function reduceGradients(pieces: number): Kernel {
  return kernel({
    name: 'reduce gradients',
    workgroupSize: TAIL_WORKGROUP,
    bindings: [reads('table', 'vec4u'), reads('partial'), writes('gradients'), writes('pieceNorms', 'vec2f')],
    declarations: norms,
    body: `${linearId}
if (id >= ${pieces}u) { return; }
let place = table[id * ${PIECE_ENTRIES}u];
let packs = table[id * ${PIECE_ENTRIES}u + 1u].x;
var norm = vec2f();
for (var i = 0u; i < packs; i++) {
  var sum = vec4f();
  for (var split = 0u; split < place.z; split++) { sum += partial[place.y + split * place.w + i]; }
  gradients[place.x + i] = sum;
  norm = withPack(norm, sum);
}
pieceNorms[id] = norm;`,
  });
}
