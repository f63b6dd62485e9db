/**
 * The records that leave the training worker. Each number was computed from tensors of a real
 * training step; the definitions of docs/science.md are repeated at each name.
 */
import type { NetworkId } from '../experiment/experiment.ts';

/** What is measured for every weight layer at every step. */
export const quantities = [
  /** RMS over all elements of N · ∂L/∂z: how strongly one example's loss still speaks to the layer. */
  'signalGradient',
  /** ‖∂L/∂W‖₂: how strongly the weights are asked to move (before clipping and weight decay). */
  'weightGradient',
  /** ‖W‖₂ before the step. */
  'weightNorm',
  /** ‖ΔW‖₂ / ‖W‖₂: how much they do move in this step. */
  'relativeUpdate',
  /** Standard deviation of the output after normalisation, before activation and addition. */
  'responseStd',
  /** Share of units that pass no gradient for the whole minibatch. */
  'deadFraction',
] as const;
export type Quantity = (typeof quantities)[number];

/** Those that backpropagation hands from layer to layer, so that a factor per layer says whether they vanish or explode. */
export const gradientQuantities: readonly Quantity[] = ['signalGradient', 'weightGradient'];

/** One value a weight layer, input first. */
export type LayerMeasurements = Readonly<Record<Quantity, Float32Array>>;

/** Where a number first stopped being finite. */
export interface Overflow {
  readonly where: 'activation' | 'loss' | 'gradient' | 'weight';
  /** Index of the weight layer; null for the loss. */
  readonly layer: number | null;
}

export interface StepRecord {
  readonly type: 'step';
  readonly network: NetworkId;
  /** 1 for the first update. */
  readonly step: number;
  /** Mean cross entropy of the minibatch, before the update, in nats. */
  readonly loss: number;
  readonly learningRate: number;
  readonly layers: LayerMeasurements;
  /** Set when this step overflowed: the network stops here. */
  readonly overflow: Overflow | null;
}

/** What the untrained networks measure, for the minibatch of the first step, without an update. */
export interface UntrainedRecord {
  readonly type: 'untrained';
  readonly network: NetworkId;
  readonly layers: LayerMeasurements;
}

export interface EvaluationRecord {
  readonly type: 'evaluation';
  readonly network: NetworkId;
  /** Updates made before the evaluation; 0 is the untrained network. */
  readonly step: number;
  /** Fractions of misclassified images. */
  readonly trainError: number;
  readonly testError: number;
}

export type MeasurementRecord = StepRecord | UntrainedRecord | EvaluationRecord;
