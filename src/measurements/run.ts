/**
 * What has been recorded of one network since its last reset. Columns grow in place; the object is
 * replaced by a shallow copy after each batch of records, so that a change can be seen by identity.
 */
import type { EvaluationRecord, Overflow, Quantity } from './records.ts';

export interface Run {
  /** Steps recorded. */
  readonly steps: number;
  /** Weight layers, input first. */
  readonly layerNames: readonly string[];
  /** Loss of step i + 1 at index i; at least `steps` long. */
  readonly loss: Float32Array;
  /** Row-major [step, layer]; at least `steps` rows. */
  readonly history: Readonly<Record<Quantity, Float32Array>>;
  readonly evaluations: readonly EvaluationRecord[];
  /** The overflow that stopped the network, if any, and its step. */
  readonly overflow: (Overflow & { readonly step: number }) | null;
}
