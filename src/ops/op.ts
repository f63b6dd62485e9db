/** What every op says of itself, whichever engine runs it: the shape of its output and what it costs. */
import { elements, type Shape } from './shapes.ts';

export type NodeId = number;
export type ParameterId = number;

/** A use of an op in a network graph. */
export interface OpNode<O> {
  readonly id: NodeId;
  readonly op: O;
  /** Earlier nodes, in the op's order. */
  readonly inputs: readonly NodeId[];
  readonly shape: Shape;
}

/** The rules of ops of type O. `input` is the shape of the first input; further inputs have the same. */
export interface OpRules<O> {
  /** @param units channels of the output, where the op leaves them to its user */
  shape(input: Shape, op: O, units: number): Shape;
  /** Floating-point operations that one image takes forwards: two for each multiply-add, as papers count. */
  flops(input: Shape, output: Shape, op: O): number;
  /** Numbers of one image's output that backpropagation keeps. */
  kept(output: Shape): number;
}

/** Rules of ops without weights, whose arithmetic is not counted: it is a few per cent of that of convs and dense layers. */
export const uncounted = { flops: () => 0, kept: elements } as const;

/** Rules of ops that leave the shape as it is. */
export const elementwise = { ...uncounted, shape: (input: Shape) => input } as const;
