/**
 * The interpreter: runs a graph's ops one after the other, forwards, and backwards by the chain
 * rule. Each op brings its own forward and backward; nothing here knows what they compute.
 */
import type { GraphNode, NetworkGraph, NodeId } from '../../network/graph.ts';
import { forward as sum } from '../../ops/add/reference.ts';
import { statistics } from '../../ops/batchNorm/reference.ts';
import type { Draw } from '../../ops/drop/mask.ts';
import { type Batch, type Mode, type Tensor, zeros } from '../../ops/reference.ts';
import { referenceOp } from '../../ops/referenceOps.ts';
import { backward as lossGradient } from '../../ops/softmaxCrossEntropy/reference.ts';
import { item } from './tensors.ts';

/** Each batch norm uses the minibatch's own. */
export const ofMinibatch: Mode['statisticsOf'] = (_node, x) => statistics(x);

/** As a training step runs. */
export function inTraining(draw: Draw): Mode {
  return { statisticsOf: ofMinibatch, draw };
}

export interface Gradients {
  /** Of the loss by each node's output; absent where it does not reach the loss. */
  readonly nodes: readonly (Batch | undefined)[];
  /** Of the loss by each parameter, in the graph's order. */
  readonly parameters: readonly Tensor[];
}

/**
 * The output of every node, by node.
 * @param images [N, size, size, 1]
 */
export function forwardPass(graph: NetworkGraph, parameters: readonly Tensor[], images: Batch, mode: Mode): Batch[] {
  const outputs: Batch[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => item(outputs, id));
    outputs.push(forward(node, inputs, parameters, images, mode));
  }
  return outputs;
}

/**
 * The logits alone, forgetting each node's output after its last use, so that many images fit.
 * @param onOutput is shown every output before anything reads it, and may change it
 */
export function logitsOf(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  images: Batch,
  mode: Mode,
  onOutput: (node: NodeId, output: Batch) => void = () => {},
): Batch {
  const lastUse = new Map(graph.nodes.flatMap((node) => node.inputs.map((input) => [input, node.id] as const)));
  const outputs: (Batch | undefined)[] = [];
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => item(outputs, id));
    const output = forward(node, inputs, parameters, images, mode);
    onOutput(node.id, output);
    outputs.push(output);
    for (const id of node.inputs) if (lastUse.get(id) === node.id) outputs[id] = undefined;
  }
  return item(outputs, graph.logits);
}

function forward(
  node: GraphNode,
  inputs: readonly Batch[],
  parameters: readonly Tensor[],
  images: Batch,
  mode: Mode,
): Batch {
  const { op } = node;
  return op.kind === 'input'
    ? images
    : referenceOp(op).forward({ ...node, op }, inputs, (id) => item(parameters, id), mode);
}

/**
 * Backpropagation of the minibatch's loss.
 * @param outputs of `forwardPass`
 * @param labels [N]
 * @param draw of `forwardPass`
 */
export function backwardPass(
  graph: NetworkGraph,
  parameters: readonly Tensor[],
  outputs: readonly Batch[],
  labels: Uint8Array,
  draw: Draw | null,
): Gradients {
  const nodes: (Batch | undefined)[] = graph.nodes.map(() => undefined);
  const byParameter: Tensor[] = parameters.map(({ shape }) => zeros(shape));
  nodes[graph.logits] = lossGradient(item(outputs, graph.logits), labels);
  for (const node of graph.nodes.toReversed()) {
    const { op } = node;
    const dy = nodes[node.id];
    if (op.kind === 'input' || !dy) continue;
    const inputs = node.inputs.map((id) => item(outputs, id));
    const result = referenceOp(op).backward({ ...node, op }, dy, inputs, (id) => item(parameters, id), draw);
    for (const [id, gradient] of result.parameters ?? []) byParameter[id] = gradient;
    node.inputs.forEach((id, which) => {
      const before = nodes[id];
      const gradient = item(result.inputs, which);
      nodes[id] = before ? sum(before, gradient) : gradient;
    });
  }
  return { nodes, parameters: byParameter };
}
