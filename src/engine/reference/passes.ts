/**
 * The interpreter: runs a graph's ops one after the other, forwards, and backwards by the chain
 * rule. Each op brings its own forward and backward; nothing here knows what they compute.
 */
import type { GraphNode, NetworkGraph, NodeId, Op } from '../../network/graph.ts';
import * as activation from '../ops/activation/reference.ts';
import * as add from '../ops/add/reference.ts';
import * as averagePool from '../ops/averagePool/reference.ts';
import * as batchNorm from '../ops/batchNorm/reference.ts';
import * as conv from '../ops/conv/reference.ts';
import * as dense from '../ops/dense/reference.ts';
import { type Draw, maskOf } from '../ops/drop/mask.ts';
import * as drop from '../ops/drop/reference.ts';
import * as gate from '../ops/gate/reference.ts';
import * as globalAveragePool from '../ops/globalAveragePool/reference.ts';
import * as identity from '../ops/identity/reference.ts';
import * as learnedScale from '../ops/learnedScale/reference.ts';
import * as maxPool from '../ops/maxPool/reference.ts';
import * as padShortcut from '../ops/padShortcut/reference.ts';
import { type Batch, type Tensor, zeros } from '../ops/reference.ts';
import * as scale from '../ops/scale/reference.ts';
import * as softmaxCrossEntropy from '../ops/softmaxCrossEntropy/reference.ts';
import { item } from './tensors.ts';

/** The statistics that a batch norm node uses for its input. */
export type StatisticsOf = (node: NodeId, x: Batch) => batchNorm.Statistics;

/** What a pass does where training and evaluation differ. */
export interface Mode {
  readonly statisticsOf: StatisticsOf;
  /** The masks of a training step; null gives every `drop` node its expectation, as in evaluation. */
  readonly draw: Draw | null;
}

/** Each batch norm uses the minibatch's own. */
export const ofMinibatch: StatisticsOf = (_node, x) => batchNorm.statistics(x);

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
  const { id, op, shape } = node;
  const bias = 'bias' in op && op.bias !== null ? item(parameters, op.bias) : null;
  if (op.kind === 'input') return images;
  const x = item(inputs, 0);
  switch (op.kind) {
    case 'conv':
      return conv.forward(x, item(parameters, op.weight), bias, op.stride);
    case 'dense':
      return dense.forward(x, item(parameters, op.weight), bias);
    case 'batchNorm':
      return batchNorm.forward(x, item(parameters, op.scale), item(parameters, op.shift), mode.statisticsOf(id, x));
    case 'activation':
      return activation.forward(x, op.fn);
    case 'identity':
      return identity.forward(x);
    case 'add':
      return add.forward(x, item(inputs, 1));
    case 'scale':
      return scale.scaled(x, op.factor);
    case 'learnedScale':
      return learnedScale.forward(x, item(parameters, op.scale));
    case 'gate':
      return gate.forward(x, item(inputs, 1), op.part);
    case 'drop':
      return drop.masked(x, maskFor({ ...node, op }, mode.draw, x));
    case 'padShortcut':
      return padShortcut.forward(x, op.stride, shape[2]);
    case 'maxPool':
      return maxPool.forward(x);
    case 'averagePool':
      return averagePool.forward(x);
    case 'globalAveragePool':
      return globalAveragePool.forward(x);
  }
}

function maskFor(node: GraphNode<Extract<Op, { kind: 'drop' }>>, draw: Draw | null, x: Batch): ArrayLike<number> {
  return draw === null ? [node.op.keep] : maskOf(node, draw, x.values.length);
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
  nodes[graph.logits] = softmaxCrossEntropy.backward(item(outputs, graph.logits), labels);
  for (const node of graph.nodes.toReversed()) {
    const dy = nodes[node.id];
    if (!dy) continue;
    const inputs = node.inputs.map((id) => item(outputs, id));
    const result = backward(node, inputs, parameters, dy, draw);
    for (const [id, gradient] of result.parameters) byParameter[id] = gradient;
    node.inputs.forEach((id, which) => {
      const before = nodes[id];
      const gradient = item(result.inputs, which);
      nodes[id] = before ? add.forward(before, gradient) : gradient;
    });
  }
  return { nodes, parameters: byParameter };
}

interface OpGradients {
  readonly inputs: readonly Batch[];
  readonly parameters: readonly (readonly [id: number, gradient: Tensor])[];
}

function backward(
  node: GraphNode,
  inputs: readonly Batch[],
  parameters: readonly Tensor[],
  dy: Batch,
  draw: Draw | null,
): OpGradients {
  const { op } = node;
  const only = (...gradients: readonly Batch[]): OpGradients => ({ inputs: gradients, parameters: [] });
  if (op.kind === 'input') return only();
  const x = item(inputs, 0);
  switch (op.kind) {
    case 'conv':
      return weighted(op, conv.backward(x, item(parameters, op.weight), op.stride, dy));
    case 'dense':
      return weighted(op, dense.backward(x, item(parameters, op.weight), dy));
    case 'batchNorm': {
      const by = batchNorm.backward(x, item(parameters, op.scale), dy);
      return { inputs: [by.x], parameters: [[op.scale, by.scale] as const, [op.shift, by.shift] as const] };
    }
    case 'activation':
      return only(activation.backward(x, op.fn, dy));
    case 'identity':
      return only(identity.backward(dy));
    case 'add':
      return only(...add.backward(dy));
    case 'scale':
      return only(scale.scaled(dy, op.factor));
    case 'learnedScale': {
      const by = learnedScale.backward(x, item(parameters, op.scale), dy);
      return { inputs: [by.x], parameters: [[op.scale, by.scale] as const] };
    }
    case 'gate':
      return only(...gate.backward(x, item(inputs, 1), op.part, dy));
    case 'drop':
      return only(drop.masked(dy, maskFor({ ...node, op }, draw, x)));
    case 'padShortcut':
      return only(padShortcut.backward(x, op.stride, dy));
    case 'maxPool':
      return only(maxPool.backward(x, dy));
    case 'averagePool':
      return only(averagePool.backward(x, dy));
    case 'globalAveragePool':
      return only(globalAveragePool.backward(x, dy));
  }
}

function weighted(
  op: { readonly weight: number; readonly bias: number | null },
  by: { readonly x: Batch; readonly weight: Tensor; readonly bias: Tensor },
): OpGradients {
  const weight = [op.weight, by.weight] as const;
  return { inputs: [by.x], parameters: op.bias === null ? [weight] : [weight, [op.bias, by.bias] as const] };
}
