/** A place as those see it who ask something of it: a worker with threads and trainers of its own. */
import { answerWithin } from '../../../experiment/answerWithin.ts';
import type { Trainer } from '../../engine.ts';
import { type Helper, START_MS } from '../threads/team.ts';
import type { Answer, Ask } from './hosting.ts';

export interface Message {
  readonly id: number;
  readonly ask: Ask;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onReady: ((done: number, total: number) => void) | undefined;
}

export class Place {
  /** Networks that are trained here, or about to be. */
  networks = 0;
  private asked = 0;
  private readonly waiting = new Map<number, Waiting>();
  private death: { readonly error: unknown } | null = null;
  /** Rejects where its threads do not start. */
  readonly started: Promise<unknown>;

  constructor(
    private readonly worker: Helper,
    readonly threads: number,
  ) {
    worker.listen(
      (message) => this.hear(message as Answer),
      (error) => this.die(error),
    );
    this.started = answerWithin(START_MS, 'the threads', () => this.ask({ start: threads }));
    this.started.catch(() => undefined);
  }

  get isAlive(): boolean {
    return this.death === null;
  }

  /** @returns the number of a new trainer, and its `memory` */
  async make(
    ...[graph, initial, rule, images, preparation]: Extract<Ask, { make: unknown }>['how']
  ): Promise<{ trainer: number; memory: Trainer['memory'] }> {
    await this.started;
    const make = this.asked;
    // Functions cannot be sent.
    const { onProgress, ...plain } = preparation ?? {};
    const how = [graph, initial, rule, images, preparation && plain] as Extract<Ask, { make: unknown }>['how'];
    return { trainer: make, memory: (await this.ask({ make, how }, onProgress)) as Trainer['memory'] };
  }

  ask(ask: Ask, onReady?: Waiting['onReady']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.death) throw this.death.error;
      const id = this.asked++;
      this.waiting.set(id, { resolve, reject, onReady });
      this.worker.postMessage({ id, ask } satisfies Message);
    });
  }

  /** Nothing that is asked of it is answered any more. */
  die(error: unknown): void {
    this.death ??= { error };
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private hear(answer: Answer): void {
    const asked = this.waiting.get(answer.id);
    if ('ready' in answer) {
      asked?.onReady?.(...answer.ready);
      return;
    }
    this.waiting.delete(answer.id);
    if ('error' in answer) asked?.reject(answer.error);
    else asked?.resolve(answer.value);
  }
}
