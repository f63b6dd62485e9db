/** What a helper does, in a worker of whatever kind. */
import { type LoadMessage, words } from './team.ts';

type Run = (thread: number) => void;

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
    const host = { memory, ...Object.fromEntries(hosts.map((name) => [name, () => {}])) };
    const { run } = new WebAssembly.Instance(module, { host }).exports;
    this.programs.set(id, run as Run);
  }

  /** Runs whatever is to be run, and sleeps between; returns when there are messages to be heard. */
  help(): void {
    while (Atomics.load(this.control, words.sent) === this.received) {
      Atomics.wait(this.control, words.told, this.heard);
      const told = Atomics.load(this.control, words.told);
      if (told === this.heard) continue;
      this.heard = told;
      this.programs.get(Atomics.load(this.control, words.program))?.(this.thread);
    }
  }
}
