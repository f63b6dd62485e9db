/**
 * A plan: everything that one step does on the GPU, as a list of dispatches over named buffers. It is
 * data; `compile.ts` makes it, `memory.ts` places its buffers, `runner.ts` runs it, `describe.ts` prints it.
 */
import type { NodeId } from '../../../network/graph.ts';
import type { Kernel } from '../kernels/wgsl.ts';
import type { ArenaBytes, BorrowedBytes, BufferRef, PlanBuffer } from './buffers.ts';

export interface Dispatch {
  readonly kernel: Kernel;
  /** In the order of the kernel's bindings. */
  readonly buffers: readonly BufferRef[];
  /** Workgroups of one network. */
  readonly groups: readonly [number, number];
  /** Layer or part of the network that it works for. */
  readonly layer: string;
  /** Of what it writes, for one image. */
  readonly shape: readonly number[];
  /** Multiplications and additions, for all images and networks of the plan. */
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
  /** The most images it can take, of each network. */
  readonly images: number;
  /** Networks of one graph that it can run for, each with numbers of its own, in the same dispatches: the third dimension of their workgroups. */
  readonly networks: number;
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
  readonly inspected: readonly PlanBuffer[];
}
