/**
 * Runs several entrants side by side, one turn of one of them at a time, so that whatever else the
 * machine does meanwhile hits all of them alike. Each round starts with another entrant.
 *
 * Between two turns all rest, as threads that have ended a step may look for the next one a while, on cores that the next entrant needs.
 *
 * In training, a step follows another. Here the others' turns come between, long enough to empty every cache
 * and for the browser to throw compiled code away; so a step that counts has others before it that do not, where
 * those do not take too long: threads that have slept may be woken on one core, which the system notices within a tenth of a second or so.
 */
import { messageOf } from '../../src/experiment/problem.ts';

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
  /** How long steps are made for before one that counts, at least. */
  readonly runUpMs: number;
  /** Those whose last step of the warm-up took longer make no step before the one that counts. */
  readonly mostRunUpMs: number;
  /** Between two turns. */
  readonly restMs: number;
}

export type Outcome =
  /** `losses` are those of all steps, warm-up included; `steps` are those that count. */
  { readonly losses: readonly number[]; readonly steps: readonly StepFigures[] } | { readonly error: string };

/** A step of the warm-up a turn, and then one that counts, with those before it. */
async function* stepsOf(
  runner: Runner,
  { warmUp, steps, slow, runUpMs, mostRunUpMs }: Plan,
): AsyncGenerator<void, Outcome> {
  const losses: number[] = [];
  const counted: StepFigures[] = [];
  const step = async (): Promise<StepFigures> => {
    const made = await runner.step(losses.length + 1);
    losses.push(made.loss);
    return made;
  };
  let lastMs = 0;
  while (losses.length < warmUp) {
    yield;
    lastMs = (await step()).ms;
  }
  const most = slow && lastMs > slow.ms ? slow.steps : steps;
  while (counted.length < most) {
    yield;
    if (lastMs <= mostRunUpMs) {
      for (let ms = 0; ms <= runUpMs; ) ms += (await step()).ms;
    }
    counted.push(await step());
  }
  return { losses, steps: counted };
}

/** One entrant on its way, which starts in its first turn; an error ends it and leaves the others alone. */
async function* turnsOf(entrant: Entrant, plan: Plan): AsyncGenerator<void, Outcome> {
  try {
    const runner = await entrant.start();
    try {
      return yield* stepsOf(runner, plan);
    } finally {
      runner.stop();
    }
  } catch (error) {
    return { error: messageOf(error) };
  }
}

interface Lane {
  readonly key: string;
  readonly turns: AsyncGenerator<void, Outcome>;
  /** Null while it runs. */
  outcome: Outcome | null;
}

/** @returns what became of each entrant, by its key */
export async function race(entrants: readonly Entrant[], plan: Plan): Promise<Record<string, Outcome>> {
  const rest = () => new Promise((resolve) => setTimeout(resolve, plan.restMs));
  const lanes = entrants.map((entrant): Lane => ({ key: entrant.key, turns: turnsOf(entrant, plan), outcome: null }));
  const turn = async (lane: Lane): Promise<void> => {
    const { done, value } = await lane.turns.next();
    if (done) lane.outcome = value;
    await rest();
  };
  for (const lane of lanes) await turn(lane);
  for (let round = 0; lanes.some(({ outcome }) => !outcome); round++) {
    const first = round % lanes.length;
    for (const lane of [...lanes.slice(first), ...lanes.slice(0, first)]) if (!lane.outcome) await turn(lane);
  }
  return Object.fromEntries(lanes.flatMap(({ key, outcome }) => (outcome ? [[key, outcome]] : [])));
}
