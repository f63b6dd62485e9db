/**
 * A schedule as this target runs it: phases, which all threads begin together. In a phase, the images are shared out in chunks, and what is
 * done for one image is done behind each other by one thread, while it is in its cache; so a phase ends only where something is needed
 * of all images, the statistics of a norm. Beside the chunks, a phase has tasks: parts of the parameters' gradients to be added. What is
 * summed over images belongs to images and chunks, never to threads, and is added in their order, so that results do not depend on how many threads
 * there are.
 */
import type { FunctionCode } from '../assembler/module.ts';
import type { Kernel, KernelCall, Library, Place, PlanBuffer } from '../kernels/kernel.ts';
import { Kernel as KernelClass } from '../kernels/kernel.ts';

export interface Phase {
  /** In front of a chunk's images. */
  readonly chunkStart: KernelCall[];
  readonly perImage: KernelCall[];
  readonly tasks: KernelCall[];
  /** When all threads have done their share: by the last one, for all. */
  readonly afterwards: KernelCall[];
  /** What the host does behind that, while all threads wait. */
  host: HostCall | null;
}

export type HostCall = 'loss' | 'finiteCheck';

/** A plan, with how it is computed. */
export interface Scheduled {
  readonly schedule: Phases;
}

/** First and last phase in which a buffer is needed. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

export class Phases {
  readonly phases: Phase[] = [];
  readonly buffers: PlanBuffer[] = [];
  readonly lifetimes = new Map<PlanBuffer, Lifetime>();
  /** Scratch memory that a thread needs. */
  scratchBytes = 0;
  private deferred: KernelCall[] = [];
  private readonly made = new Map<string, FunctionCode>();
  /** The phase that must be over before what comes next begins. */
  private awaited = -1;

  constructor(
    readonly fma: boolean,
    private readonly library: Library,
  ) {
    this.open();
  }

  get now(): number {
    return this.phases.length - 1;
  }

  kernel(name: string): Kernel {
    return new KernelClass(name, this.fma, this.library, this.made);
  }

  buffer(label: string, per: PlanBuffer['per'], bytes: number): PlanBuffer {
    const buffer = { id: this.buffers.length, label, per, stride: 64 * Math.ceil(bytes / 64) };
    this.buffers.push(buffer);
    return buffer;
  }

  /** What is added next needs a phase to be over. */
  after(phase: number): void {
    this.awaited = Math.max(this.awaited, phase);
  }

  perImage(call: KernelCall): void {
    this.begin();
    this.touch(call);
    this.phase.perImage.push(call);
  }

  /** In front of the images of each chunk, in the present phase. */
  atChunkStart(call: KernelCall): void {
    this.begin();
    this.touch(call);
    this.phase.chunkStart.push(call);
  }

  /** Something that needs no more than what the phases before leave, and nobody in this one needs. */
  task(call: KernelCall): void {
    this.touch(call);
    this.phase.tasks.push(call);
  }

  /** A task of the first phase, of what it makes the present one needs. */
  firstTask(call: KernelCall): void {
    this.touch(call);
    for (const place of call.places) {
      const buffer = bufferOf(place);
      if (buffer) this.lifetimes.set(buffer, { first: 0, last: this.now });
    }
    this.phases[0]?.tasks.push(call);
    this.after(0);
  }

  /** A task of the phase to come. */
  taskNext(call: KernelCall): void {
    this.deferred.push(call);
  }

  /** At the end of the present phase. @returns its number, to be awaited by what needs it */
  afterwards(call: KernelCall): number {
    this.touch(call);
    this.phase.afterwards.push(call);
    return this.now;
  }

  /** Ends the phase with something that the host does. */
  host(what: HostCall): void {
    this.phase.host = what;
    this.open();
  }

  /** Ends the phase, if there is anything in it. */
  barrier(): void {
    const { perImage, tasks } = this.phase;
    if (perImage.length > 0 || tasks.length > 0) this.open();
  }

  /** Ends the schedule. @param kept what is read when all is done, or was there before all */
  finish(kept: readonly PlanBuffer[]): void {
    if (this.deferred.length > 0) this.open();
    for (const buffer of kept)
      this.lifetimes.set(buffer, { first: this.lifetimes.get(buffer)?.first ?? 0, last: this.now });
  }

  /** Of a buffer that the host fills before the run. */
  filled(buffer: PlanBuffer): void {
    this.lifetimes.set(buffer, { first: 0, last: this.lifetimes.get(buffer)?.last ?? 0 });
  }

  /** The host reads or writes it in the present phase. */
  touched(buffer: PlanBuffer): void {
    const known = this.lifetimes.get(buffer);
    this.lifetimes.set(buffer, { first: known?.first ?? this.now, last: this.now });
  }

  private get phase(): Phase {
    return this.phases[this.now] as Phase;
  }

  private begin(): void {
    if (this.awaited >= this.now) this.open();
  }

  private open(): void {
    this.phases.push({ chunkStart: [], perImage: [], tasks: [], afterwards: [], host: null });
    const { deferred } = this;
    this.deferred = [];
    for (const call of deferred) this.task(call);
  }

  private touch({ places }: KernelCall): void {
    for (const place of places) {
      const buffer = bufferOf(place);
      if (buffer) this.touched(buffer);
    }
  }
}

function bufferOf(place: Place): PlanBuffer | null {
  return place.kind === 'buffer' || place.kind === 'whole' ? place.buffer : null;
}
