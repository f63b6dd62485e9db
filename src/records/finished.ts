/** A run that ended, as a dot of the Depth chart. */
export interface FinishedRun {
  readonly depth: number;
  readonly kind: 'plain' | 'residual';
  readonly label: string;
  readonly seed: number;
  readonly steps: number;
  /** Everything else that the errors depend on, as text: only runs of equal conditions belong into one line. */
  readonly conditions: string;
  /** Null where the run overflowed. */
  readonly trainError: number | null;
  readonly testError: number | null;
  /** Step at which it overflowed, or null. */
  readonly divergedAt: number | null;
}
