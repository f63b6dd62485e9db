/**
 * Runs a network graph forwards and backwards on TensorFlow.js. Tensors are disposed as soon as
 * nothing can need them again, so that the memory in use follows the network and not the number of
 * operations.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Examples } from '../../data/gather.ts';
import type { GraphNode, NetworkGraph, NodeId, ParameterId } from '../../network/graph.ts';
import { type NormStatistics, normalizeWith, savedStatistics } from '../../ops/batchNorm/tfjs.ts';
import type { Draw } from '../../ops/drop/mask.ts';
import type { OpNode } from '../../ops/op.ts';
import type { ComputedOp } from '../../ops/ops.ts';
import { type Activations, alias, type Forwarded, type ParameterLookup } from '../../ops/tfjs.ts';
import { tfjsOp } from '../../ops/tfjsOps.ts';

/** Uploads images: [N, size, size, channels]. */
export function imageTensor({ pixels, labels }: Examples, size: number): Activations {
  return tf.tensor4d(pixels, [labels.length, size, size, pixels.length / (labels.length * size * size)]);
}

/** Everything of a forward pass that the backward pass and the measurements look at. */
export interface ForwardPass {
  readonly outputs: readonly Activations[];
  readonly saved: readonly (readonly tf.Tensor[])[];
}

/** Called when dL/d(output of a node) is complete; the tensor lives only during the call. */
export type BackwardVisitor = (node: NodeId, gradient: Activations) => void;

/** All nodes but the input, which is always the first. */
function opNodes(graph: NetworkGraph): readonly OpNode<ComputedOp>[] {
  return graph.nodes.slice(1) as OpNode<ComputedOp>[];
}

function inputsOf(node: GraphNode, outputs: readonly (Activations | undefined)[]): Activations[] {
  return node.inputs.map((id) => {
    const output = outputs[id];
    if (output === undefined) throw new RangeError(`node ${node.id} runs before its input ${id}`);
    return output;
  });
}

function lastReaders(graph: NetworkGraph): NodeId[] {
  const last = graph.nodes.map((node) => node.id);
  for (const node of graph.nodes) for (const id of node.inputs) last[id] = node.id;
  return last;
}

/** Forwards with batch statistics and the masks of a step, keeping what the way back needs. `images` passes to the result. */
export function forwardForTraining(
  graph: NetworkGraph,
  images: Activations,
  parameter: ParameterLookup,
  draw: Draw,
): ForwardPass {
  const outputs: Activations[] = [images];
  const saved: (readonly tf.Tensor[])[] = [[]];
  for (const node of opNodes(graph)) {
    const { output, saved: kept } = forwardNode(node, inputsOf(node, outputs), parameter, draw);
    outputs.push(output);
    saved.push(kept);
  }
  return { outputs, saved };
}

function forwardNode(
  node: OpNode<ComputedOp>,
  inputs: readonly Activations[],
  parameter: ParameterLookup,
  draw: Draw | null,
): Forwarded {
  return tf.tidy(() => {
    const { output, saved } = tfjsOp(node.op).forward(node, inputs, parameter, draw);
    return { output, saved: [...saved] };
  });
}

/**
 * Forwards for the logits alone, as in evaluation, disposing each output after its last reader.
 *
 * @param statistics what batch normalisation uses, by node; null takes the batch's own
 * @param onNorm is handed the batch's own statistics of each batch normalisation, to keep
 */
export function forwardForLogits(
  graph: NetworkGraph,
  images: Activations,
  parameter: ParameterLookup,
  statistics: ReadonlyMap<NodeId, NormStatistics> | null,
  onNorm: (node: NodeId, statistics: NormStatistics) => void = (_node, { mean, inverseStd }) =>
    tf.dispose([mean, inverseStd]),
): Activations {
  const outputs: (Activations | undefined)[] = [alias(images)];
  const last = lastReaders(graph);
  for (const node of opNodes(graph)) {
    const inputs = inputsOf(node, outputs);
    const norm = statistics?.get(node.id);
    if (node.op.kind === 'batchNorm' && norm !== undefined) {
      const { scale, shift } = node.op;
      const x = inputs[0] as Activations;
      outputs.push(tf.tidy(() => normalizeWith(x, norm, parameter(scale), parameter(shift))));
    } else {
      const { output, saved } = forwardNode(node, inputs, parameter, null);
      outputs.push(output);
      if (node.op.kind === 'batchNorm') {
        onNorm(node.id, savedStatistics(saved));
        saved[0]?.dispose();
      } else tf.dispose([...saved]);
    }
    for (const id of new Set(node.inputs)) {
      if (last[id] !== node.id) continue;
      outputs[id]?.dispose();
      outputs[id] = undefined;
    }
  }
  return outputs[graph.logits] as Activations;
}

/**
 * Backwards from the gradient of the logits. Disposes the forward pass on its way; on return only
 * the gradients by the parameters are left, which belong to the caller.
 *
 * @param logitsGradient is disposed
 * @returns gradients in the graph's parameter order
 */
export function backward(
  graph: NetworkGraph,
  pass: ForwardPass,
  logitsGradient: Activations,
  parameter: ParameterLookup,
  visit: BackwardVisitor,
): tf.Tensor[] {
  const gradients: (Activations | undefined)[] = [];
  const byParameter = new Map<ParameterId, tf.Tensor>();
  gradients[graph.logits] = logitsGradient;
  for (const node of opNodes(graph).toReversed()) {
    const dy = gradients[node.id];
    if (dy === undefined) throw new RangeError(`node ${node.id} has no reader`);
    visit(node.id, dy);
    const { inputs, parameters } = backwardNode(node, dy, pass, parameter);
    for (const { id, gradient } of parameters) byParameter.set(id, gradient);
    inputs.forEach((gradient, i) => {
      const input = node.inputs[i] as NodeId;
      if (input === 0) gradient.dispose();
      else accumulate(gradients, input, gradient);
    });
    tf.dispose([dy, pass.outputs[node.id] as Activations, ...(pass.saved[node.id] ?? [])]);
  }
  pass.outputs[0]?.dispose();
  return graph.parameters.map(({ id, name }) => {
    const gradient = byParameter.get(id);
    if (gradient === undefined) throw new RangeError(`no gradient for ${name}`);
    return gradient;
  });
}

function backwardNode(node: OpNode<ComputedOp>, dy: Activations, pass: ForwardPass, parameter: ParameterLookup) {
  const kept = {
    inputs: inputsOf(node, pass.outputs),
    output: pass.outputs[node.id] as Activations,
    saved: pass.saved[node.id] ?? [],
    needsInput: node.inputs.some((id) => id !== 0),
  };
  return tf.tidy(() => {
    const { inputs, parameters } = tfjsOp(node.op).backward(node, dy, kept, parameter);
    return { inputs: kept.needsInput ? [...inputs] : [], parameters: parameters.map((entry) => ({ ...entry })) };
  });
}

/** A node with several readers gets the sum of their gradients, in the order in which they arrive. */
function accumulate(gradients: (Activations | undefined)[], id: NodeId, gradient: Activations): void {
  const before = gradients[id];
  if (before === undefined) {
    gradients[id] = gradient;
    return;
  }
  gradients[id] = tf.add(before, gradient);
  tf.dispose([before, gradient]);
}
