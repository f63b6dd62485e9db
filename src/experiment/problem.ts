/**
 * Something that cannot be done as asked. Rooms report problems as data; `messages/` turns them
 * into a sentence that says what is wrong and what to do, so that every sentence can be translated.
 */
export interface Problem {
  /** The key of the sentence in the message catalogue, for instance `spec.tooDeep`. */
  readonly code: string;
  /** What the sentence mentions. */
  readonly values: Readonly<Record<string, string | number>>;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.values)}`);
    this.name = 'ProblemError';
  }
}

/** What an error says, as part of a sentence. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

export function problem(code: string, values: Problem['values'] = {}): Problem {
  return { code, values };
}
