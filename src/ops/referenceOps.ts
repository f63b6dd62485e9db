/** All ops in their float64 form. */
import { activation } from './activation/reference.ts';
import { add } from './add/reference.ts';
import { averagePool } from './averagePool/reference.ts';
import { batchNorm } from './batchNorm/reference.ts';
import { conv } from './conv/reference.ts';
import { dense } from './dense/reference.ts';
import { drop } from './drop/reference.ts';
import { gate } from './gate/reference.ts';
import { globalAveragePool } from './globalAveragePool/reference.ts';
import { groupNorm } from './groupNorm/reference.ts';
import { identity } from './identity/reference.ts';
import { learnedScale } from './learnedScale/reference.ts';
import { maxPool } from './maxPool/reference.ts';
import type { ComputedOp } from './ops.ts';
import { padShortcut } from './padShortcut/reference.ts';
import type { ReferenceOp } from './reference.ts';
import { scale } from './scale/reference.ts';

const ops: { readonly [K in ComputedOp['kind']]: ReferenceOp<Extract<ComputedOp, { kind: K }>> } = {
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

/** The float64 form of an op. */
export function referenceOp({ kind }: ComputedOp): ReferenceOp<ComputedOp> {
  // The table pairs each kind with the form of its ops; the compiler cannot follow that through a lookup.
  return ops[kind] as ReferenceOp<ComputedOp>;
}
