/** What each kind of bench comes to. */
export interface Finished {
  /** For `--json`. */
  readonly report: object;
  /** Sentences on what must not be: the command fails then. */
  readonly complaints: readonly string[];
}

/** Prints lines for people, where they were asked for. */
export type Say = (lines: readonly string[]) => void;
