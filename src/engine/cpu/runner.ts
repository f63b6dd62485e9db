/** Programs on the memory of a network. */
import type { PlanBuffer } from './kernels/kernel.ts';
import { control } from './plan/layout.ts';
import type { Compiled } from './plan/planned.ts';
import { hostCalls, type Machine, MOST_CHUNKS, type Program } from './plan/program.ts';
import { giveWay } from './threads/giveWay.ts';
import type { Team } from './threads/team.ts';

const PAGE = 65_536;

/** Memory that grows as plans need it, seen as numbers. */
export class Store {
  private view: ArrayBufferLike | null = null;
  floats = new Float32Array();
  doubles = new Float64Array();
  words = new Uint32Array();

  constructor(readonly memory: WebAssembly.Memory) {
    this.look();
  }

  /** @throws RangeError where so much is not to be had */
  need(bytes: number): void {
    const missing = Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.memory.grow(missing);
    this.look();
  }

  /** Numbers from an address on. */
  floatsAt(address: number, count: number): Float32Array {
    return this.floats.subarray(address / 4, address / 4 + count);
  }

  private look(): void {
    const { buffer } = this.memory;
    if (this.view === buffer) return;
    this.view = buffer;
    this.floats = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.words = new Uint32Array(buffer);
  }
}

export type Hosts = Readonly<Record<(typeof hostCalls)[number], () => void>>;

/** Memories that networks no longer need, for those to come: browsers take their time to free them. */
export class MemoryPool {
  private free: WebAssembly.Memory[] = [];

  constructor(private readonly machine: Machine) {}

  clear(): void {
    this.free = [];
  }

  take(): Store {
    const { shared, mostPages } = this.machine;
    const known = this.free.pop();
    return new Store(known ?? new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared }));
  }

  give({ memory }: Store): void {
    this.free.push(memory);
  }
}

/** Many looks before a thread sleeps: a quarter of a millisecond, longer than to be woken takes; and few. */
export const looks = { many: 200_000, few: 4000 } as const;
/**
 * Of as many runs, some try the number of looks that is not in use; not the first ones, which V8 has yet to compile well. Threads that have slept may have been
 * woken on one core, where few looks keep them: many need some runs to show that there is another.
 */
const trials = { every: 128, begin: 24, runs: { many: 8, few: 3 } } as const;

/**
 * How often threads look at each other before they sleep, by measured time. With a core for each, many looks are quicker: a thread that sleeps is
 * let go late. Where other programs are at work, a thread that looks keeps the one it waits for from its core.
 */
export class Patience {
  private readonly times: { many: number | null; few: number | null } = { many: null, few: null };
  private runs = 0;
  private used: keyof typeof looks = 'many';
  /** Runs of a trial that are left. */
  private left = 0;

  /** For the next run. */
  next(): number {
    const { many, few } = this.times;
    if (this.runs++ % trials.every === trials.begin) {
      this.used = this.used === 'many' ? 'few' : 'many';
      this.times[this.used] = null;
      this.left = trials.runs[this.used];
    } else if (this.left > 0) this.left--;
    if (this.left === 0) this.used = many !== null && few !== null && few < many ? 'few' : 'many';
    return looks[this.used];
  }

  /** @param time of the run, for each of its images */
  took(time: number): void {
    const before = this.times[this.used] ?? time;
    // One run that was interrupted decides nothing.
    this.times[this.used] = before + (Math.min(time, 2 * before) - before) / 3;
  }
}

export class Runner {
  private readonly patience = new Patience();

  private constructor(
    readonly program: Program,
    private readonly store: Store,
    private readonly team: Team,
    private readonly id: number,
    private readonly run: (thread: number) => void,
  ) {}

  static async create(
    { program, module }: Compiled<unknown>,
    store: Store,
    team: Team,
    hosts: Partial<Hosts>,
  ): Promise<Runner> {
    store.need(program.memory);
    const nothing = Object.fromEntries(hostCalls.map((name) => [name, () => {}]));
    const instance = await WebAssembly.instantiate(module, {
      host: { memory: store.memory, ...nothing, giveWay, ...hosts },
    });
    const id = await team.load(module, store.memory, hostCalls);
    return new Runner(program, store, team, id, instance.exports.run as (thread: number) => void);
  }

  /** Runs for so many images, which are in their buffer. */
  start(images: number): void {
    const { words } = this.store;
    const per = Math.ceil(images / MOST_CHUNKS);
    const { counters, phases } = this.program;
    words.fill(0, counters / 4, (counters + 64 * phases) / 4);
    words[control.images / 4] = images;
    words[control.imagesPerChunk / 4] = per;
    words[control.chunks / 4] = Math.ceil(images / per);
    words[control.one / 4] = 1;
    words[control.threads / 4] = this.team.threads;
    words[control.firstMaySleep / 4] = Number(maySleep);
    words[control.looks / 4] = this.patience.next();
    const began = performance.now();
    this.team.start(this.id);
    this.run(0);
    this.patience.took((performance.now() - began) / images);
  }

  address(buffer: PlanBuffer): number {
    return this.program.addressOf(buffer);
  }

  dispose(): void {
    this.team.unload(this.id);
  }
}

/** A page's own thread may not. */
const maySleep = typeof document === 'undefined';
