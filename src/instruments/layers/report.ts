/** The sizes of the summands of residual blocks. */
import type { Examination, ExaminationReport } from '../../session/examination.ts';

/** The sizes of a residual block's two summands, x and F(x), over a minibatch in training mode. */
export interface BlockSizes {
  /** Index of the block's last weight layer. */
  readonly layer: number;
  /** Standard deviation of the shortcut's output, x. */
  readonly trunk: number;
  /** Standard deviation of the branch's, F(x), before the addition. */
  readonly branch: number;
}

export interface BlocksReport extends ExaminationReport {
  /** Input first. */
  readonly blocks: readonly BlockSizes[];
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly blocks: { readonly ask: object; readonly report: BlocksReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const blocks: Examination<'blocks'> = { kind: 'blocks', pausesTraining: false };
