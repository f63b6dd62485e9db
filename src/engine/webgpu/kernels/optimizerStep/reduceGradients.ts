/**
 * Adds the partial gradients of every piece, in an order that is fixed, and leaves the piece's norm.
 *
 * Tiling: a workgroup makes a piece, four packs at a time, and its invocations share the splits, because narrow layers have
 * few packs in hundreds of splits: one invocation a pack would leave most of the GPU idle. Four neighbours read four
 * neighbouring packs. Where barriers cost more than a loop, an invocation makes a piece by itself, split after split.
 */
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, type Reduction, reads, writes } from '../wgsl.ts';
import {
  linearGroups,
  linearId,
  linearWorkgroups,
  norms,
  PIECE_ENTRIES,
  pieceTable,
  STEP_WORKGROUP,
} from './shared.ts';

/** Packs that a workgroup adds up at one time. */
const PACKS = 4;

export function reduceGradientsGroups(pieces: number, reduction: Reduction): [number, number] {
  return reduction === 'invocation' ? linearGroups(pieces) : linearWorkgroups(pieces);
}

export function reduceGradients(pieces: number, pieceNorms: BufferRef, reduction: Reduction): Kernel {
  return kernel({
    name: 'reduce gradients',
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('table', pieceTable(pieces), 'vec4u'),
      reads('partial', wholeArena('partial')),
      writes('gradients', wholeArena('gradients')),
      writes('pieceNorms', pieceNorms, 'vec2f'),
    ],
    declarations: [norms],
    body: `${reduction === 'invocation' ? linearId : 'let id = workgroup.y * 32768u + workgroup.x;'}
if (id >= ${pieces}u) { return; }
let place = table[id * ${PIECE_ENTRIES}u];
let packs = table[id * ${PIECE_ENTRIES}u + 1u].x;
${reduction === 'invocation' ? alone : together}`,
  });
}

const alone = `var norm = vec2f();
for (var i = 0u; i < packs; i++) {
  var sum = vec4f();
  for (var split = 0u; split < place.z; split++) { sum += partial[place.y + split * place.w + i]; }
  gradients[place.x + i] = sum;
  norm = withPack(norm, sum);
}
pieceNorms[id] = norm;`;

const together = `var norm = vec2f();
for (var base = 0u; base < packs; base += ${PACKS}u) {
  let i = base + local % ${PACKS}u;
  var sum = vec4f();
  if (i < packs) {
    for (var split = local / ${PACKS}u; split < place.z; split += ${STEP_WORKGROUP / PACKS}u) {
      sum += partial[place.y + split * place.w + i];
    }
  }
  shared4[local] = sum;
  workgroupBarrier();
  for (var stride = ${STEP_WORKGROUP / 2}u; stride >= ${PACKS}u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  if (local < ${PACKS}u && i < packs) { gradients[place.x + i] = shared4[local]; }
  if (local == 0u) {
    for (var k = 0u; k < min(${PACKS}u, packs - base); k++) { norm = withPack(norm, shared4[k]); }
  }
  workgroupBarrier();
}
if (local == 0u) { pieceNorms[id] = norm; }`;
