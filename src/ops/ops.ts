/** All ops that a network graph may hold. */
import { activation } from './activation/op.ts';
import { add } from './add/op.ts';
import { averagePool } from './averagePool/op.ts';
import { batchNorm } from './batchNorm/op.ts';
import { conv } from './conv/op.ts';
import { dense } from './dense/op.ts';
import { drop } from './drop/op.ts';
import { gate } from './gate/op.ts';
import { globalAveragePool } from './globalAveragePool/op.ts';
import { groupNorm } from './groupNorm/op.ts';
import { identity } from './identity/op.ts';
import { learnedScale } from './learnedScale/op.ts';
import { maxPool } from './maxPool/op.ts';
import type { OpRules, ParameterId } from './op.ts';
import { padShortcut } from './padShortcut/op.ts';
import { scale } from './scale/op.ts';

const rules = {
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

type OpOf<Rules> = Rules extends OpRules<infer O> ? O : never;

/** An op that computes: any but the input. */
export type ComputedOp = OpOf<(typeof rules)[keyof typeof rules]>;

export type Op = { readonly kind: 'input' } | ComputedOp;

const byKind: { readonly [K in ComputedOp['kind']]: OpRules<Extract<ComputedOp, { kind: K }>> } = rules;

/** The shape and cost rules of an op. */
export function rulesOf({ kind }: ComputedOp): OpRules<ComputedOp> {
  // The table pairs each kind with the rules of its ops; the compiler cannot follow that through a lookup.
  return byKind[kind] as OpRules<ComputedOp>;
}

const references = ['weight', 'bias', 'scale', 'shift'] as const;
type References = Partial<Record<(typeof references)[number], ParameterId | null>>;

/** The parameters of an op. */
export function referencesOf(op: Op): ParameterId[] {
  return references.flatMap((key) => (op as References)[key] ?? []);
}

/** The op with each of its parameters replaced. */
export function withReferences(op: Op, replace: (id: ParameterId) => ParameterId): Op {
  const replaced = { ...op } as References;
  for (const key of references) if (typeof replaced[key] === 'number') replaced[key] = replace(replaced[key]);
  return replaced as Op;
}
