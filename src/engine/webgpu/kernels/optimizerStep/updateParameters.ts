/**
 * Clipping, weight decay and the optimizers of `engine/optimizer.ts`.
 *
 * Tiling: an invocation updates a piece, a few packs of one parameter, and measures by how much. Pieces are that small
 * because the work is bound by memory and wants many invocations; they are no smaller because each leaves two norms to be
 * summed. One dispatch serves all parameters, whatever their number.
 */
import type { Optimizer } from '../../../../experiment/experiment.ts';
import type { UpdateRule } from '../../../engine.ts';
import { ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, MOMENTUM, momentsPerParameter } from '../../../optimizer.ts';
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, reads, writes } from '../wgsl.ts';
import { linearId, norms, PIECE_ENTRIES, STEP_WORKGROUP } from './shared.ts';

const rules: Record<Optimizer, string> = {
  sgd: `after -= run.learningRate * gradient;`,
  momentum: `let velocity = ${MOMENTUM} * moments[at] + gradient;
moments[at] = velocity;
after -= run.learningRate * velocity;`,
  adam: `let firstMoment = ${ADAM_BETA1} * moments[at] + ${1 - ADAM_BETA1} * gradient;
let secondMoment = ${ADAM_BETA2} * moments[SIZE + at] + ${1 - ADAM_BETA2} * gradient * gradient;
moments[at] = firstMoment;
moments[SIZE + at] = secondMoment;
after -= run.learningRate * (firstMoment * run.firstCorrection) / (sqrt(secondMoment * run.secondCorrection) + ${ADAM_EPSILON});`,
};

/** @param packs of all parameters */
export function updateParameters(
  pieces: number,
  packs: number,
  { opt, wd: decay }: Pick<UpdateRule, 'opt' | 'wd'>,
  pieceMoves: BufferRef,
): Kernel {
  return kernel({
    name: `update, ${opt}`,
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('table', wholeArena('pieceTable'), 'vec4u'),
      reads('gradients', wholeArena('gradients')),
      reads('control', wholeArena('control'), 'f32'),
      writes('parameters', wholeArena('parameters')),
      ...(momentsPerParameter[opt] > 0 ? [writes('moments', wholeArena('moments'))] : []),
      writes('pieceMoves', pieceMoves),
    ],
    declarations: [norms, `const SIZE = ${packs}u;`],
    body: `${linearId}
if (id >= ${pieces}u) { return; }
let first = table[id * ${PIECE_ENTRIES}u].x;
let about = table[id * ${PIECE_ENTRIES}u + 1u];
let stopped = control[1] > 0.0;
var norm = vec2f();
var moved = vec2f();
for (var i = 0u; i < about.x; i++) {
let at = first + i;
let before = parameters[at];
norm = withPack(norm, before);
if (stopped) { continue; }
${decay > 0 ? `let gradient = control[0] * gradients[at] + f32(about.y) * ${decay} * before;` : 'let gradient = control[0] * gradients[at];'}
var after = before;
${rules[opt]}
parameters[at] = after;
moved = withPack(moved, after - before);
}
pieceMoves[id] = vec4f(norm, moved);`,
  });
}
