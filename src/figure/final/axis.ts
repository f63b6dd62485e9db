/** What finished runs are compared over: depth, or any other setting. */
export interface RunAxis {
  readonly scale: 'linear' | 'log';
  /** What it measures, for instance "weight layers". */
  readonly label: string;
  /** A place on it, for a tick: "38". */
  readonly name: (at: number) => string;
  /** The same in a sentence: "38 layers". */
  readonly words: (at: number) => string;
}
