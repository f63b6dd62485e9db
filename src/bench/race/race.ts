/**
 * Runs several entrants side by side, one step of one of them at a time, so that whatever else the
 * machine does meanwhile hits all of them alike. Each round starts with another entrant.
 */

/** What one step was and took. */
export interface StepFigures {
  /** Of the minibatch, before the update. */
  readonly loss: number;
  /** From the call until the loss is known and the device idle. */
  readonly ms: number;
  /** Of these, how long the calling thread was busy. */
  readonly jsMs: number;
  /** Null without a GPU, like the next two. */
  readonly dispatches: number | null;
  readonly submits: number | null;
  readonly bytes: number | null;
}

export interface Runner {
  /** Resolves when the entrant's devices are idle. @param number from 1 */
  step(number: number): Promise<StepFigures>;
  stop(): void;
}

export interface Entrant {
  readonly key: string;
  start(): Promise<Runner>;
}

export interface Plan {
  /** Steps that compile kernels and fill caches; they are not counted. */
  readonly warmUp: number;
  /** Steps that are. */
  readonly steps: number;
  /** Fewer for those whose last step of the warm-up took longer than `ms`. */
  readonly slow: { readonly ms: number; readonly steps: number } | null;
}

export type Outcome =
  /** `losses` are those of all steps, warm-up included; `steps` are those that count. */
  { readonly losses: readonly number[]; readonly steps: readonly StepFigures[] } | { readonly error: string };

/** The items of a round, numbered from 0: in order, starting one further each time. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const first = items.length > 0 ? round % items.length : 0;
  return [...items.slice(first), ...items.slice(0, first)];
}

/** How many steps an entrant makes in all. @param made what it has made so far */
export function stepsToMake({ warmUp, steps, slow }: Plan, made: readonly StepFigures[]): number {
  const last = made[warmUp - 1];
  return warmUp + (slow && last && last.ms > slow.ms ? slow.steps : steps);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One entrant on its way; an error ends it and leaves the others alone. */
class Lane {
  readonly #made: StepFigures[] = [];
  #runner: Runner | null = null;
  #error: string | null = null;

  constructor(
    readonly entrant: Entrant,
    readonly plan: Plan,
  ) {}

  get finished(): boolean {
    return this.#error !== null || this.#made.length >= stepsToMake(this.plan, this.#made);
  }

  get outcome(): Outcome {
    if (this.#error !== null) return { error: this.#error };
    return { losses: this.#made.map(({ loss }) => loss), steps: this.#made.slice(this.plan.warmUp) };
  }

  async start(): Promise<void> {
    await this.#guard(async () => {
      this.#runner = await this.entrant.start();
    });
  }

  async step(): Promise<void> {
    await this.#guard(async () => {
      if (this.#runner) this.#made.push(await this.#runner.step(this.#made.length + 1));
    });
    if (this.finished) this.stop();
  }

  stop(): void {
    this.#runner?.stop();
    this.#runner = null;
  }

  async #guard(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#error = messageOf(error);
    }
  }
}

/** @returns what became of each entrant, by its key */
export async function race(entrants: readonly Entrant[], plan: Plan): Promise<Record<string, Outcome>> {
  const lanes = entrants.map((entrant) => new Lane(entrant, plan));
  for (const lane of lanes) await lane.start();
  for (let round = 0; lanes.some(({ finished }) => !finished); round++) {
    for (const lane of rotated(lanes, round)) if (!lane.finished) await lane.step();
  }
  return Object.fromEntries(lanes.map(({ entrant, outcome }) => [entrant.key, outcome]));
}
