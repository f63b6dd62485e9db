/** All ops in their TensorFlow.js form. */
import { activation } from './activation/tfjs.ts';
import { add } from './add/tfjs.ts';
import { averagePool } from './averagePool/tfjs.ts';
import { batchNorm } from './batchNorm/tfjs.ts';
import { conv } from './conv/tfjs.ts';
import { dense } from './dense/tfjs.ts';
import { drop } from './drop/tfjs.ts';
import { gate } from './gate/tfjs.ts';
import { globalAveragePool } from './globalAveragePool/tfjs.ts';
import { groupNorm } from './groupNorm/tfjs.ts';
import { identity } from './identity/tfjs.ts';
import { learnedScale } from './learnedScale/tfjs.ts';
import { maxPool } from './maxPool/tfjs.ts';
import type { ComputedOp } from './ops.ts';
import { padShortcut } from './padShortcut/tfjs.ts';
import { scale } from './scale/tfjs.ts';
import type { TfjsOp } from './tfjs.ts';

const ops: { readonly [K in ComputedOp['kind']]: TfjsOp<Extract<ComputedOp, { kind: K }>> } = {
  activation,
  add,
  averagePool,
  batchNorm,
  conv,
  dense,
  drop,
  gate,
  globalAveragePool,
  groupNorm,
  identity,
  learnedScale,
  maxPool,
  padShortcut,
  scale,
};

/** The TensorFlow.js form of an op. */
export function tfjsOp({ kind }: ComputedOp): TfjsOp<ComputedOp> {
  // The table pairs each kind with the form of its ops; the compiler cannot follow that through a lookup.
  return ops[kind] as TfjsOp<ComputedOp>;
}
