/**
 * Runs several entrants side by side, one turn of one of them at a time, so that whatever else the
 * machine does meanwhile hits all of them alike. Each round starts with another entrant.
 *
 * In training, a step follows another. Here the others' turns come between, long enough to empty every cache
 * and for the browser to throw compiled code away; so a step that counts has one before it that does not, where
 * that does not take too long.
 */

/** What one step was and took. */
export interface StepFigures {
  /** Of the minibatch, before the update. */
  readonly loss: number;
  /** From the call until the loss is known and the device idle. */
  readonly ms: number;
  /** Of these, how long the calling thread was busy; null where that is not known. */
  readonly jsMs: number | null;
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
  /** Those whose last step of the warm-up took longer make no step before the one that counts. */
  readonly mostRunUpMs: number;
}

export type Outcome =
  /** `losses` are those of all steps, warm-up included; `steps` are those that count. */
  { readonly losses: readonly number[]; readonly steps: readonly StepFigures[] } | { readonly error: string };

/** The items of a round, numbered from 0: in order, starting one further each time. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const first = items.length > 0 ? round % items.length : 0;
  return [...items.slice(first), ...items.slice(0, first)];
}

/** How many steps of an entrant count. @param lastMs how long the last step of its warm-up took */
export function stepsToCount({ steps, slow }: Pick<Plan, 'steps' | 'slow'>, lastMs: number): number {
  return slow && lastMs > slow.ms ? slow.steps : steps;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** One entrant on its way; an error ends it and leaves the others alone. */
class Lane {
  private readonly losses: number[] = [];
  private readonly counted: StepFigures[] = [];
  /** Of the last step of the warm-up; null before it. */
  private lastMs: number | null = null;
  private runner: Runner | null = null;
  private error: string | null = null;

  constructor(
    readonly entrant: Entrant,
    readonly plan: Plan,
  ) {}

  get finished(): boolean {
    if (this.error !== null) return true;
    return this.lastMs !== null && this.counted.length >= stepsToCount(this.plan, this.lastMs);
  }

  get outcome(): Outcome {
    if (this.error !== null) return { error: this.error };
    return { losses: this.losses, steps: this.counted };
  }

  async start(): Promise<void> {
    await this.guard(async () => {
      this.runner = await this.entrant.start();
    });
  }

  /** Its turn in a round. */
  async turn(): Promise<void> {
    await this.guard(() => (this.lastMs === null ? this.warmUp() : this.count(this.lastMs)));
    if (this.finished) this.stop();
  }

  private async warmUp(): Promise<void> {
    const made = await this.step();
    if (made && this.losses.length === this.plan.warmUp) this.lastMs = made.ms;
  }

  private async count(lastMs: number): Promise<void> {
    if (lastMs <= this.plan.mostRunUpMs) await this.step();
    const made = await this.step();
    if (made) this.counted.push(made);
  }

  private async step(): Promise<StepFigures | null> {
    const made = await this.runner?.step(this.losses.length + 1);
    if (made) this.losses.push(made.loss);
    return made ?? null;
  }

  stop(): void {
    this.runner?.stop();
    this.runner = null;
  }

  private async guard(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.error = messageOf(error);
    }
  }
}

/** @returns what became of each entrant, by its key */
export async function race(entrants: readonly Entrant[], plan: Plan): Promise<Record<string, Outcome>> {
  const lanes = entrants.map((entrant) => new Lane(entrant, plan));
  for (const lane of lanes) await lane.start();
  for (let round = 0; lanes.some(({ finished }) => !finished); round++) {
    for (const lane of rotated(lanes, round)) if (!lane.finished) await lane.turn();
  }
  return Object.fromEntries(lanes.map(({ entrant, outcome }) => [entrant.key, outcome]));
}
