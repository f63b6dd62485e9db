/**
 * Places a plan's buffers in memory. A buffer is needed from the first dispatch that touches it to the
 * last; two that are never needed at one time share memory. Buffers are placed largest first, each in the
 * first block in which it overlaps no other in time (first fit decreasing): a block is one GPU buffer.
 */
import type { ArenaName, BufferRef, PlanBuffer } from './buffers.ts';
import type { Plan } from './plan.ts';

export interface Placement {
  /** Bytes of each block. */
  readonly blocks: readonly number[];
  /** Block of each buffer, by its id; null for buffers that no dispatch touches. */
  readonly blockOf: readonly (number | null)[];
}

interface Lifetime {
  readonly buffer: PlanBuffer;
  readonly first: number;
  readonly last: number;
}

/** First and last dispatch that touch each buffer; the logits and what is inspected are read after all of them. */
export function lifetimes({ buffers, dispatches, logits, inspected }: Plan): (Lifetime | null)[] {
  const touched = new Map<number, { first: number; last: number }>();
  dispatches.forEach((dispatch, index) => {
    for (const ref of dispatch.buffers) {
      if (ref.kind !== 'plan') continue;
      const known = touched.get(ref.buffer.id);
      touched.set(ref.buffer.id, { first: known?.first ?? index, last: index });
    }
  });
  for (const { id } of [logits, ...inspected]) {
    const span = touched.get(id);
    if (span) span.last = dispatches.length;
  }
  return buffers.map((buffer) => {
    const span = touched.get(buffer.id);
    return span ? { buffer, ...span } : null;
  });
}

export function placeBuffers(plan: Plan): Placement {
  const alive = lifetimes(plan);
  const blockOf: (number | null)[] = plan.buffers.map(() => null);
  const blocks: { bytes: number; members: Lifetime[] }[] = [];
  const ordered = alive
    .filter((each) => each !== null)
    .sort((a, b) => b.buffer.bytes - a.buffer.bytes || a.first - b.first);
  for (const life of ordered) {
    const found = blocks.findIndex(({ members }) => members.every((other) => apart(life, other)));
    const index = found < 0 ? blocks.push({ bytes: life.buffer.bytes, members: [] }) - 1 : found;
    blocks[index]?.members.push(life);
    blockOf[life.buffer.id] = index;
  }
  return { blocks: blocks.map(({ bytes }) => bytes), blockOf };
}

function apart(a: Lifetime, b: Lifetime): boolean {
  return a.last < b.first || b.last < a.first;
}

/**
 * Which of the blocks that are there takes each size: the smallest that can, none twice.
 * @returns indices of blocks; null where none that is left is large enough
 */
export function fitInto(blocks: readonly number[], sizes: readonly number[]): (number | null)[] {
  const free = blocks.map((bytes, index) => ({ bytes, index })).sort((a, b) => a.bytes - b.bytes);
  return sizes.map((size) => {
    const at = free.findIndex(({ bytes }) => bytes >= size);
    const [found] = at < 0 ? [] : free.splice(at, 1);
    return found?.index ?? null;
  });
}

/** Bytes of the blocks of several plans that are never run at one time, each taking those of the plans before it first. */
export function pooledBytes(plans: readonly Plan[]): number {
  const blocks: number[] = [];
  for (const plan of plans) {
    const sizes = placeBuffers(plan).blocks;
    const places = fitInto(blocks, sizes);
    blocks.push(...sizes.filter((_, i) => places[i] === null));
  }
  return blocks.reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes of what is made on the way forwards and needed on that backwards. */
function keptBytes(plan: Plan): number {
  const end = plan.forwards ?? plan.dispatches.length + 1;
  const kept = lifetimes(plan).filter((life) => life !== null && life.first < end && life.last >= end);
  return kept.reduce((sum, life) => sum + (life?.buffer.bytes ?? 0), 0);
}

export interface PlanMemory {
  /** What backpropagation must keep from the way forwards. */
  readonly kept: number;
  /** All blocks. */
  readonly activations: number;
  /** Gradients, partial gradients, measurements. */
  readonly arenas: number;
  /** The network's own numbers, once. */
  readonly parameters: number;
}

/** Bytes of a plan. */
export function memoryOf(plan: Plan): PlanMemory {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    kept: keptBytes(plan),
    activations: sum(placeBuffers(plan).blocks),
    arenas: sum(Object.values(plan.arenas)),
    parameters: plan.borrowed.parameters,
  };
}

/** @throws RangeError if its size is unknown */
function arenaBytes({ arenas, borrowed }: Plan, name: ArenaName): number {
  const bytes = arenas[name] ?? borrowed[name];
  if (bytes === undefined) throw new RangeError(`no size of ${name}`);
  return bytes;
}

/** Bytes of what a dispatch binds, each buffer or part of an arena once, though it may be bound under two names. */
export function trafficOf(buffers: readonly BufferRef[], plan: Plan): number {
  const bytes = new Map<string, number>();
  for (const ref of buffers) {
    if (ref.kind === 'plan') bytes.set(`buffer ${ref.buffer.id}`, ref.buffer.bytes);
    else bytes.set(`${ref.name} ${ref.offset}`, ref.bytes ?? arenaBytes(plan, ref.name));
  }
  return [...bytes.values()].reduce((sum, each) => sum + each, 0);
}
