/**
 * A plan: everything that one step does on the GPU, as a list of dispatches over named buffers. It is
 * data; `compile.ts` makes it, `memory.ts` places its buffers, `runner.ts` runs it, `describe.ts` prints it.
 */
import type { NodeId } from '../../../network/graph.ts';
import type { Kernel } from '../kernels/wgsl.ts';

/** Buffers that outlive a step, or that others fill. */
export type ArenaName =
  | 'parameters'
  | 'gradients'
  | 'moments'
  /** Partial gradients, a region a parameter. */
  | 'partial'
  /** What `layerGradient` measured, by layer. */
  | 'meter'
  /** Mean and variance of the responses, by layer and channel. */
  | 'response'
  /** Of every batch norm: mean, inverse standard deviation, slope, intercept. */
  | 'norms'
  | 'results'
  | 'control'
  /** Of every `drop` node: seed, node, how much it keeps. */
  | 'drops'
  | 'pixels'
  | 'labels'
  | 'indices'
  | 'pieceTable'
  | 'ownerTable'
  | 'measureTable';

export type ArenaBytes = Readonly<Partial<Record<ArenaName, number>>>;
/** All plans read parameters. */
export type BorrowedBytes = ArenaBytes & Readonly<Record<'parameters', number>>;

/** A buffer within one step, which shares its memory with others that live at other times. */
export interface PlanBuffer {
  readonly id: number;
  readonly label: string;
  readonly bytes: number;
}

/** A buffer, or 256-byte aligned part of an arena. */
export type BufferRef =
  | { readonly kind: 'plan'; readonly buffer: PlanBuffer }
  | { readonly kind: 'arena'; readonly name: ArenaName; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'arena'; readonly name: ArenaName; readonly offset: null; readonly bytes: null };

export interface Dispatch {
  readonly kernel: Kernel;
  /** In the order of the kernel's bindings. */
  readonly buffers: readonly BufferRef[];
  readonly groups: readonly [number, number];
  /** Layer or part of the network that it works for. */
  readonly layer: string;
  /** Of what it writes, for one image. */
  readonly shape: readonly number[];
  /** Multiplications and additions, for all images of the plan. */
  readonly flops: number;
}

/** @see normPart */
export interface NormPlace {
  readonly node: NodeId;
  /** First pack. */
  readonly first: number;
  readonly channels: number;
}

export interface Plan {
  /** The most images it can take. */
  readonly images: number;
  readonly dispatches: readonly Dispatch[];
  readonly buffers: readonly PlanBuffer[];
  /** Bytes of the arenas that belong to the plan. */
  readonly arenas: ArenaBytes;
  /**
   * Bytes of the others that it binds, which belong to the network or come from outside. Of the data set, which is
   * bound as a whole, what the plan's images take: more of it no run can read.
   */
  readonly borrowed: BorrowedBytes;
  /** Where the arena of norms has that of each batch norm. */
  readonly norms: readonly NormPlace[];
  /** Where the logits are. */
  readonly logits: PlanBuffer;
  /** Dispatches of the forward pass; the backward pass follows them. Null in plans without one. */
  readonly forwards: number | null;
  /** What else is read when all dispatches are done. */
  readonly inspected?: readonly PlanBuffer[];
}

export function wholeArena(name: ArenaName): BufferRef {
  return { kind: 'arena', name, offset: null, bytes: null };
}

export function partOfArena(name: ArenaName, firstPack: number, packs: number): BufferRef {
  return { kind: 'arena', name, offset: firstPack * 16, bytes: packs * 16 };
}
