/**
 * Clipping, weight decay and the optimizers of `ops/optimizer/optimizer.ts`.
 *
 * Tiling: an invocation updates a piece, a few packs of one parameter, and measures by how much. Pieces are that small
 * because the work is bound by memory and wants many invocations; they are no smaller because each leaves two norms to be
 * summed. One dispatch serves all parameters, whatever their number.
 */
import type { Optimizer } from '../../../../experiment/experiment.ts';
import { decays, momentsOf, optimizers } from '../../../../ops/optimizer/optimizer.ts';
import type { UpdateRule } from '../../../engine.ts';
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, reads, wgsl, writes } from '../wgsl.ts';
import { control, linearId, norms, PIECE_ENTRIES, pieceTable, STEP_WORKGROUP } from './shared.ts';

/**
 * The optimizer's part of the body: from `gradient` and the moments to `after`.
 * @param decay over the learning rate
 */
function step(opt: Optimizer, decay: string | null): string {
  const momentAt = (which: number) => `moments[${['', 'arrayLength(&moments) / 2u + '][which]}at]`;
  const lines: string[] = [];
  const { step, moments } = optimizers[opt].step(wgsl(lines), {
    gradient: 'gradient',
    moment: momentAt,
    learningRate: 'run.learningRate',
    firstCorrection: 'run.firstCorrection',
    secondCorrection: 'run.secondCorrection',
  });
  return [
    ...lines,
    ...moments.map((moment, which) => `${momentAt(which)} = ${moment};`),
    `after -= ${step}${decay === null ? '' : ` + run.learningRate * ${decay}`};`,
  ].join('\n');
}

export function updateParameters(
  pieces: number,
  { opt, wd: decay }: Pick<UpdateRule, 'opt' | 'wd'>,
  pieceMoves: BufferRef,
): Kernel {
  const { inGradient, inStep } = decays(opt, decay);
  const decayed = (share: number) => (share > 0 ? `f32(about.y) * ${share} * before` : null);
  return kernel({
    name: `update, ${opt}`,
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('table', pieceTable(pieces), 'vec4u'),
      reads('gradients', wholeArena('gradients')),
      reads('control', control, 'f32'),
      writes('parameters', wholeArena('parameters')),
      ...(momentsOf(opt) > 0 ? [writes('moments', wholeArena('moments'))] : []),
      writes('pieceMoves', pieceMoves),
    ],
    declarations: [norms],
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
let gradient = ${['control[0] * gradients[at]', decayed(inGradient)].filter((term) => term !== null).join(' + ')};
var after = before;
${step(opt, decayed(inStep))}
parameters[at] = after;
moved = withPack(moved, after - before);
}
pieceMoves[id] = vec4f(norm, moved);`,
  });
}
