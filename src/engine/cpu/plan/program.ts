/**
 * From a schedule to a module: every phase is a function of a task's number, and `run(thread)` is all of them behind each other. Tasks are
 * handed out by a counter, so a thread that is held up holds nobody else up for long.
 *
 * Threads meet behind every phase. The last one to arrive does what is done once, and lets the others go; they look for that a while
 * before they sleep, as waking up takes longer than most phases last. Before each phase a thread may give way to the page's own.
 */
import { atomics, type Code, get, i32, type Local, loopWhile, set, when } from '../assembler/code.ts';
import { call, FunctionBuilder, type FunctionIndex, ModuleBuilder } from '../assembler/module.ts';
import type { FunctionName } from '../kernels/functions.ts';
import { type KernelCall, type Library, libraryFunction, type Place, type PlanBuffer } from '../kernels/kernel.ts';
import { aligned, control } from './layout.ts';
import { placeBuffers } from './memory.ts';
import type { Phase, Phases } from './phases.ts';

/** Chunks that the images of a run are divided into, at most: enough for as many threads, and few enough parts of gradients. */
export const MOST_CHUNKS = 16;
/** Pages of a memory, at most: 4 GiB. */
export const MOST_PAGES = 65_536;
const PAGE = 65_536;
export interface Machine {
  readonly threads: number;
  /** Memory is shared, and instructions for that are there. */
  readonly shared: boolean;
  readonly fma: boolean;
  /** Pages that memories may have. */
  readonly mostPages: number;
}

export interface Program {
  /** Images that it can take. */
  readonly images: number;
  /** Bytes of memory that it needs from address 0 on. */
  readonly memory: number;
  readonly addressOf: (buffer: PlanBuffer) => number;
  /** Where the next task of each phase is counted, 64 bytes each: zeros when a run begins. */
  readonly counters: number;
  readonly phases: number;
}

/** Functions of a module that kernels call, made when the first does. */
export function library(module: ModuleBuilder, fma: boolean): Library {
  const known = new Map<FunctionName, FunctionIndex>();
  const find: Library = (name) => {
    const index = known.get(name) ?? module.add(libraryFunction(name, fma, find));
    known.set(name, index);
    return index;
  };
  return find;
}

export const hostCalls = ['loss', 'finiteCheck', 'giveWay'] as const;

export function newModule({ shared, mostPages }: Machine): ModuleBuilder {
  return new ModuleBuilder({ shared, least: 1, most: mostPages }, hostCalls);
}

/** Of a schedule, what its memory depends on. */
export interface Placeable extends Pick<Phases, 'lifetimes' | 'scratchBytes'> {
  readonly phases: { readonly length: number };
}

/** Where a schedule's buffers lie, for so many images. @param start first address behind the network's own */
export function place(schedule: Placeable, images: number, threads: number, start: number) {
  const entries = { image: images, chunk: Math.min(MOST_CHUNKS, images), plan: 1 };
  const bytesOf = ({ stride, per }: PlanBuffer) => stride * entries[per];
  const counters = aligned(start);
  const scratch = aligned(counters + 64 * schedule.phases.length);
  const scratchBytes = aligned(schedule.scratchBytes) + 64;
  const placement = placeBuffers(schedule.lifetimes, bytesOf, aligned(scratch + threads * scratchBytes));
  return { ...placement, counters, scratch, scratchBytes };
}

export function emitProgram(
  module: ModuleBuilder,
  schedule: Phases,
  images: number,
  start: number,
  machine: Machine,
): Program & { readonly bytes: Uint8Array<ArrayBuffer> } {
  const { addresses, end, counters, scratch, scratchBytes } = place(schedule, images, machine.threads, start);
  const addressOf = (buffer: PlanBuffer) => {
    const address = addresses.get(buffer);
    if (address === undefined) throw new RangeError(`nothing touches ${buffer.label}`);
    return address;
  };
  const emitter = new Emitter(module, machine, addressOf, counters);
  module.export('run', emitter.run(schedule.phases, scratch, scratchBytes));
  return {
    bytes: module.finished(),
    images,
    memory: PAGE * Math.ceil(end / PAGE),
    addressOf,
    counters,
    phases: schedule.phases.length,
  };
}

/** What a call's places depend on. */
interface Where {
  readonly image: Local | null;
  readonly chunk: Local | null;
  readonly scratch: Local | null;
}

class Emitter {
  constructor(
    private readonly module: ModuleBuilder,
    private readonly machine: Machine,
    private readonly addressOf: (buffer: PlanBuffer) => number,
    private readonly counters: number,
  ) {}

  run(phases: readonly Phase[], scratch: number, scratchBytes: number): FunctionIndex {
    const fn = new FunctionBuilder();
    const thread = fn.parameter();
    const [own, task, total, generation] = [fn.local('i32'), fn.local('i32'), fn.local('i32'), fn.local('i32')];
    const body = phases.map((phase, i) => {
      const counter = this.counters + 64 * i;
      const index = this.phase(phase, i);
      const chunks = phase.perImage.length > 0 ? i32.load(i32.const(control.chunks)) : i32.const(0);
      const next = this.machine.shared
        ? atomics.add(i32.const(counter), i32.const(1))
        : set(task, i32.add(get(task), i32.const(1)));
      const taken = this.machine.shared ? set(task, next) : next;
      const again: Code = [
        taken,
        when(i32.ltu(get(task), get(total)), call(index, [get(task), get(own)])),
        i32.ltu(get(task), get(total)),
      ];
      return [
        call(this.module.host('giveWay')),
        set(total, i32.add(chunks, i32.const(phase.tasks.length))),
        this.machine.shared ? [] : set(task, i32.const(-1)),
        loopWhile(again),
        this.meet(
          thread,
          generation,
          phase.afterwards.map((each) => this.call(each, { image: null, chunk: null, scratch: null })),
        ),
        phase.host === null
          ? []
          : [when(i32.eqz(get(thread)), call(this.module.host(phase.host))), this.meet(thread, generation, [])],
      ];
    });
    const start = set(own, i32.add(i32.const(scratch), i32.mul(get(thread), i32.const(scratchBytes))));
    return this.module.add(fn.finished('run', [start, body]));
  }

  /** One task of a phase: a chunk of images, or one of the tasks beside them. */
  private phase(phase: Phase, number: number): FunctionIndex {
    const fn = new FunctionBuilder();
    const [task, scratch] = [fn.parameter(), fn.parameter()];
    const [image, end] = [fn.local('i32'), fn.local('i32')];
    const where = { image, chunk: task, scratch };
    const [count, per, chunks] = [control.images, control.imagesPerChunk, control.chunks].map((address) =>
      i32.load(i32.const(address)),
    ) as [Code, Code, Code];
    // min(images, first + images per chunk)
    const last: Code = [i32.add(get(image), per), count, i32.ltu(i32.add(get(image), per), count), 0x1b];
    const images: Code = [
      set(image, i32.mul(get(task), per)),
      set(end, last),
      phase.chunkStart.map((each) => this.call(each, where)),
      loopWhile([
        phase.perImage.map((each) => this.call(each, where)),
        set(image, i32.add(get(image), i32.const(1))),
        i32.ltu(get(image), get(end)),
      ]),
    ];
    const alone = { image: null, chunk: null, scratch };
    const tasks = phase.tasks.map((each, i) => when(i32.eq(get(task), i32.const(i)), this.call(each, alone)));
    const hasImages = phase.perImage.length > 0;
    const body = hasImages
      ? when(
          i32.ltu(get(task), chunks),
          images,
          tasks.length > 0 ? [set(task, i32.sub(get(task), chunks)), tasks] : null,
        )
      : tasks;
    return this.module.add(fn.finished(`phase ${number}`, body));
  }

  private call({ code, places }: KernelCall, where: Where): Code {
    return call(
      this.module.add(code),
      places.map((each) => this.argument(each, where)),
    );
  }

  private argument(place: Place, { image, chunk, scratch }: Where): Code {
    switch (place.kind) {
      case 'fixed':
        return i32.const(place.address);
      case 'number':
        return i32.const(place.value);
      case 'scratch':
        return i32.add(get(required(scratch)), i32.const(place.offset));
      case 'image':
        return i32.mul(get(required(image)), i32.const(place.times));
      case 'whole':
        return i32.const(this.addressOf(place.buffer) + place.offset);
      case 'buffer': {
        const { per, stride } = place.buffer;
        const start = i32.const(this.addressOf(place.buffer) + place.offset);
        if (per === 'plan') return start;
        return i32.add(start, i32.mul(get(required(per === 'image' ? image : chunk)), i32.const(stride)));
      }
    }
  }

  /** All threads meet; the last one does what is done once. */
  private meet(thread: Local, generation: Local, once: Code): Code {
    if (!this.machine.shared) return once;
    const [arrived, at] = [i32.const(control.arrived), i32.const(control.generation)];
    const isLast = i32.eq(
      i32.add(atomics.add(arrived, i32.const(1)), i32.const(1)),
      i32.load(i32.const(control.threads)),
    );
    return [
      set(generation, atomics.load(at)),
      when(
        isLast,
        [
          atomics.store(arrived, i32.const(0)),
          once,
          atomics.store(at, i32.add(get(generation), i32.const(1))),
          atomics.notifyAll(at),
        ],
        call(this.waiting(), [get(generation), get(thread)]),
      ),
    ];
  }

  /** Waits until a generation is over. */
  private waiting(): FunctionIndex {
    const fn = new FunctionBuilder();
    const [generation, thread] = [fn.parameter(), fn.parameter()];
    const looks = fn.local('i32');
    const at = i32.const(control.generation);
    const isSame = i32.eq(atomics.load(at), get(generation));
    const maySleep: Code = [i32.load(i32.const(control.firstMaySleep)), get(thread), 0x72];
    const looking: Code = [
      set(looks, i32.sub(get(looks), i32.const(1))),
      // Still the same, and looks are left.
      [isSame, [get(looks), i32.const(0), 0x47], 0x71],
    ];
    const sleeping: Code = [when(maySleep, atomics.wait(at, get(generation))), isSame];
    return this.module.add(
      fn.finished('wait', [
        set(looks, i32.load(i32.const(control.looks))),
        loopWhile(looking),
        when(isSame, loopWhile(sleeping)),
      ]),
    );
  }
}

function required(local: Local | null): Local {
  if (!local) throw new RangeError('a task of no image reads one');
  return local;
}
