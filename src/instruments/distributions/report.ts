/** What passes each weight layer, forwards and backwards, as distributions (Glorot & Bengio 2010: activations in Figs. 4 and 6, gradients in Fig. 7). */
import type { Activation } from '../../experiment/experiment.ts';
import type { Examination, ExaminationReport } from '../../session/examination.ts';
import type { Histogram } from './histogram.ts';

export interface LayerDistributions {
  /** For instance `conv 3`. */
  readonly name: string;
  readonly activation: Activation;
  /** Behind the activation, and behind the addition at the end of a residual block. */
  readonly activations: Histogram;
  /** N · ∂L/∂z: the signal gradient. */
  readonly gradients: Histogram;
  /** Share of its units that are dead or saturated over the minibatch: `deadFraction` in `records.ts`. */
  readonly dead: number;
}

/** Over a minibatch of training images, in training mode. */
export interface DistributionsReport extends ExaminationReport {
  /** Input first, as far as they have been counted. */
  readonly layers: readonly LayerDistributions[];
}

declare module '../../session/examination.ts' {
  interface Examinations {
    readonly distributions: { readonly ask: object; readonly report: DistributionsReport };
  }
}

/** As it is asked for where nobody has chosen. */
export const distributions: Examination<'distributions'> = { kind: 'distributions', pausesTraining: false };
