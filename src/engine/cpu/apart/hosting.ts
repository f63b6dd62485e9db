/** What a place does: it has an engine with threads of its own, and trainers on that, which are asked by messages. */
import type { Engine, Trainer, TrainerMethod } from '../../engine.ts';

export type Ask =
  | { readonly start: number }
  /** A trainer, of a number that nobody has; the answer is its `memory`. */
  | { readonly make: number; readonly how: Parameters<Engine['createTrainer']> }
  | { readonly of: number; readonly method: TrainerMethod; readonly args: readonly unknown[] };

/** What has become of what was asked for, or how many of how many parts of a network are ready. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: unknown }
  | { readonly id: number; readonly ready: readonly [done: number, total: number] };

/**
 * @param start an engine on so many threads
 * @returns follows what is asked, in that order
 */
export function hosting(
  start: (threads: number) => Promise<Engine>,
  answer: (message: Answer) => void,
): (id: number, ask: Ask) => void {
  let engine: Promise<Engine> | null = null;
  const trainers = new Map<number, Trainer>();
  const follow = async (id: number, ask: Ask): Promise<unknown> => {
    if ('start' in ask) {
      engine = start(ask.start);
      await engine;
      return null;
    }
    if ('make' in ask) {
      const [graph, initial, rule, images, preparation] = ask.how;
      const onProgress = (...ready: [number, number]) => answer({ id, ready });
      const prepared = preparation && { ...preparation, onProgress };
      const made = (await engine)?.createTrainer(graph, initial, rule, images, prepared);
      const trainer = (await made) as Trainer;
      trainers.set(ask.make, trainer);
      return trainer.memory;
    }
    const trainer = trainers.get(ask.of) as Trainer;
    if (ask.method === 'dispose') trainers.delete(ask.of);
    return Reflect.apply(trainer[ask.method], trainer, ask.args);
  };
  return (id, ask) => {
    follow(id, ask).then(
      (value) => answer({ id, value }),
      (error: unknown) => answer({ id, error }),
    );
  };
}
