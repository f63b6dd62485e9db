/** A run that ended, as a dot of the Depth chart. */
export interface FinishedRun {
  readonly depth: number;
  readonly kind: 'plain' | 'residual';
  readonly label: string;
  readonly seed: number;
  readonly steps: number;
  /** Null where the run overflowed. */
  readonly trainError: number | null;
  readonly testError: number | null;
  /** Step at which it overflowed, or null. */
  readonly divergedAt: number | null;
}
