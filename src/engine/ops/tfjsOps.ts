/** All ops in their TensorFlow.js form. */
import type { Op } from '../../network/graph.ts';
import { activation } from './activation/tfjs.ts';
import { add } from './add/tfjs.ts';
import { averagePool } from './averagePool/tfjs.ts';
import { batchNorm } from './batchNorm/tfjs.ts';
import { conv } from './conv/tfjs.ts';
import { dense } from './dense/tfjs.ts';
import { drop } from './drop/tfjs.ts';
import { gate } from './gate/tfjs.ts';
import { globalAveragePool } from './globalAveragePool/tfjs.ts';
import { identity } from './identity/tfjs.ts';
import { learnedScale } from './learnedScale/tfjs.ts';
import { maxPool } from './maxPool/tfjs.ts';
import { padShortcut } from './padShortcut/tfjs.ts';
import { scale } from './scale/tfjs.ts';
import type { TfjsOp } from './tfjs.ts';

type Kind = Exclude<Op['kind'], 'input'>;

const ops: { readonly [K in Kind]: TfjsOp<Extract<Op, { kind: K }>> } = {
  activation,
  add,
  averagePool,
  batchNorm,
  conv,
  dense,
  drop,
  gate,
  globalAveragePool,
  identity,
  learnedScale,
  maxPool,
  padShortcut,
  scale,
};

/** The TensorFlow.js form of any op but the input, which has none. */
export function tfjsOp(kind: Kind): TfjsOp<Op> {
  // The table pairs each kind with the op that takes its nodes; the compiler cannot follow that through a lookup.
  return ops[kind] as TfjsOp<Op>;
}
