/** What a helper does, in a worker of whatever kind. */
import { giveWay } from './giveWay.ts';
import { type LoadMessage, words } from './team.ts';

type Run = (thread: number) => void;

/** A browser that measures the memory of a page waits a minute for each thread that sleeps. */
const LONGEST_SLEEP_MS = 1000;

export class Helping {
  private readonly control: Int32Array;
  private readonly programs = new Map<number, Run>();
  private heard = 0;
  /** Messages received, the one with the memory too. */
  private received = 1;

  /** @param thread its number; 0 is the one who asks for runs */
  constructor(
    memory: SharedArrayBuffer,
    private readonly thread: number,
  ) {
    this.control = new Int32Array(memory);
  }

  /** Takes or forgets a program. */
  take(message: LoadMessage | { readonly id: number }): void {
    this.received++;
    if (!('module' in message)) {
      this.programs.delete(message.id);
      return;
    }
    const { id, module, memory, hosts } = message;
    const host = { memory, ...Object.fromEntries(hosts.map((name) => [name, () => {}])), giveWay };
    const { run } = new WebAssembly.Instance(module, { host }).exports;
    this.programs.set(id, run as Run);
  }

  /**
   * Runs whatever is to be run, and sleeps between.
   * @returns false where there are messages to be heard; true after a while without a run, for what the browser wants of a thread
   */
  help(): boolean {
    while (Atomics.load(this.control, words.sent) === this.received) {
      if (Atomics.wait(this.control, words.told, this.heard, LONGEST_SLEEP_MS) === 'timed-out') return true;
      const told = Atomics.load(this.control, words.told);
      if (told === this.heard) continue;
      this.heard = told;
      this.programs.get(Atomics.load(this.control, words.program))?.(this.thread);
    }
    return false;
  }
}
