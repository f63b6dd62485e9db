import { type Call, type ConvCall, has, type Plan } from './plan.ts';

/** A call that makes residual blocks. */
export function isBlockCall(call: Call): call is ConvCall {
  return 'block' in call && call.block !== null;
}

export function isResidualPlan(plan: Plan): boolean {
  return has(plan, 'residual', 'zeroresidual');
}

/** Whether branches are dropped by chance. */
export function survives({ spec }: Plan): boolean {
  return spec.survival < 1;
}

/** The probability to keep the branch of a block, as an expression of its number: the linear decay of stochastic depth. */
export function survivalOf({ spec, blocks }: Plan, block: string | number): string {
  return `1 - ${block} / ${blocks} * (1 - ${spec.survival})`;
}

/** What is not dropped is not rescaled: a dropout layer, which does that, is scaled back by the share that it keeps. */
export function keptShare({ spec }: Plan): number {
  return Number((1 - spec.dropout).toPrecision(12));
}
