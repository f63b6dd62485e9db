/**
 * What a network costs: parameters, arithmetic, and the activations that backpropagation has to keep.
 *
 * Each op says what arithmetic it does forwards and what is kept of its output (`ops/<op>/op.ts`). Going backwards, a layer makes the same product twice: for the gradient
 * by its weights, and for that by its input, which the layers that read the image do not need.
 */
import type { Optimizer } from '../experiment/experiment.ts';
import type { MemoryNeed } from '../experiment/memory.ts';
import { rulesOf } from '../ops/ops.ts';
import { momentsOf } from '../ops/optimizer/optimizer.ts';
import { elements } from '../ops/shapes.ts';
import type { GraphNode, NetworkGraph } from './graph.ts';

const BYTES_PER_NUMBER = 4;

export interface Cost {
  /** Trained numbers. */
  readonly parameters: number;
  /** Floating-point operations to classify one image. */
  readonly forwardFlops: number;
  /** Floating-point operations a training step does for one image. */
  readonly trainingFlops: number;
  /** Bytes of activations kept for backpropagation, for one image, in float32. */
  readonly activationBytes: number;
}

export function costOf(graph: NetworkGraph): Cost {
  const sum = (f: (node: GraphNode) => number) => graph.nodes.reduce((total, node) => total + f(node), 0);
  return {
    parameters: graph.parameters.reduce((total, { shape }) => total + elements(shape), 0),
    forwardFlops: sum((node) => forwardFlops(graph, node)),
    trainingFlops: sum((node) => forwardFlops(graph, node) * (node.inputs.includes(0) ? 2 : 3)),
    activationBytes:
      sum(({ op, shape }) => (op.kind === 'input' ? elements(shape) : rulesOf(op).kept(shape))) * BYTES_PER_NUMBER,
  };
}

/**
 * Bytes that training needs at least: `fixed` for each parameter's value, gradient and moments, and `perImage` for the
 * activations of each image in a minibatch, which the networks hold in turn. Engines need some workspace besides.
 */
export function memoryNeed(costs: readonly Cost[], optimizer: Optimizer): MemoryNeed {
  const perParameter = 2 + momentsOf(optimizer);
  const parameters = costs.reduce((sum, cost) => sum + cost.parameters, 0);
  const perImage = Math.max(0, ...costs.map(({ activationBytes }) => activationBytes));
  return { fixed: parameters * perParameter * BYTES_PER_NUMBER, perImage };
}

function forwardFlops({ nodes }: NetworkGraph, { op, inputs, shape }: GraphNode): number {
  const input = nodes[inputs[0] ?? -1];
  return op.kind === 'input' || !input ? 0 : rulesOf(op).flops(input.shape, shape, op);
}
