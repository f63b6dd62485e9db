/** A plan in words: one row a dispatch, and what it all comes to. */
import { memoryOf, placeBuffers, trafficOf } from './memory.ts';
import type { Plan } from './plan.ts';

export interface DispatchRow {
  /** Name of the kernel. */
  readonly op: string;
  readonly layer: string;
  /** Of what it makes, for one image or for the whole filter. */
  readonly shape: readonly number[];
  readonly workgroups: number;
  readonly flops: number;
  /** What it binds, each buffer once; of the data set, a minibatch's images and labels. */
  readonly bytes: number;
}

export interface PlanSummary {
  readonly dispatches: readonly DispatchRow[];
  /** Different kernels, each compiled once. */
  readonly kernels: number;
  readonly flops: number;
  /** Activations that backpropagation must keep, in bytes. */
  readonly kept: number;
  /** All activations and gradients, where those that live at different times share memory, in bytes. */
  readonly activations: number;
  /** How many blocks of memory they share. */
  readonly blocks: number;
  /** Everything else: gradients by the parameters, their parts, measurements; in bytes. */
  readonly arenas: number;
}

export function describePlan(plan: Plan): PlanSummary {
  const { kept, activations, arenas } = memoryOf(plan);
  return {
    dispatches: plan.dispatches.map(({ kernel, layer, shape, groups, flops, buffers }) => ({
      op: kernel.name,
      layer,
      shape,
      workgroups: groups[0] * groups[1] * plan.networks,
      flops,
      bytes: trafficOf(buffers, plan),
    })),
    kernels: new Set(plan.dispatches.map(({ kernel }) => kernel.code)).size,
    flops: plan.dispatches.reduce((sum, { flops }) => sum + flops, 0),
    kept,
    activations,
    blocks: placeBuffers(plan).blocks.length,
    arenas,
  };
}
