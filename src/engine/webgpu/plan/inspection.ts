/** A forward plan that also stores what some nodes put out, at whichever point of their segment they stand. */
import type { GraphNode, NetworkGraph, NodeId } from '../../../network/graph.ts';
import { type Input, isSum, isWhole, type Segment, type Segments } from '../../plan/segments.ts';
import { combine, elementwiseGroups } from '../kernels/combine.ts';
import type { Term } from '../kernels/terms.ts';
import { type Builder, inPlan } from './builder.ts';
import type { BufferRef, Plan, PlanBuffer } from './plan.ts';
import { termsOf } from './sums.ts';
import { termOf } from './terms.ts';

export interface InspectionPlan extends Plan {
  /** Of the nodes that were asked for, in their order. */
  readonly inspected: readonly PlanBuffer[];
}

/** @param read how each node's output is read */
export function emitInspection(
  builder: Builder,
  graph: NetworkGraph,
  nodes: readonly NodeId[],
  read: Segments['read'],
): PlanBuffer[] {
  return nodes.map((id) => {
    const node = graph.nodes[id];
    const input = read.get(id);
    if (!node || !input) throw new RangeError(`no node ${id}`);
    const layer = builder.nameOf(input.segment);
    const result = builder.activations(`${layer} inspected`, node.shape);
    const { terms, buffers } = readingOf(builder, graph, node, input);
    builder.dispatch({
      kernel: combine({ shape: node.shape, terms, activation: 'linear' }),
      buffers: { ...buffers, result: inPlan(result) },
      groups: elementwiseGroups(node.shape, builder.images),
      layer,
      shape: node.shape,
    });
    return result;
  });
}

interface Reading {
  readonly terms: readonly Term[];
  readonly buffers: Readonly<Record<string, BufferRef>>;
}

function readingOf(builder: Builder, graph: NetworkGraph, node: GraphNode, input: Input): Reading {
  const { segment } = input;
  if (!isWhole(input)) {
    const { term, buffers } = termOf(builder, input, 'a');
    return { terms: [term], buffers };
  }
  // A sum's own output: it is stored after the activation.
  if (node.id === segment.root && isSum(segment)) return termsOf(builder, segment);
  if (node.op.kind !== 'identity') return upTo(builder, segment, node);
  const passed = graph.nodes[node.inputs[0] ?? 0];
  if (!passed) throw new RangeError(`node ${node.id} passes nothing on`);
  return readingOf(builder, graph, passed, input);
}

/** What a segment makes up to a node. */
function upTo(builder: Builder, segment: Segment, { op }: GraphNode): Reading {
  // As it was stored where it is: what a sigmoid makes of the zeros that fill up a pack is not zero.
  const { value, buffers } = op.kind === 'activation' ? builder.reading(segment, 'a') : part(builder, segment, op.kind);
  return { terms: [{ value, map: { kind: 'same' }, factors: [] }], buffers };
}

/** A segment's raw numbers, or what its norm makes of them. */
function part(builder: Builder, segment: Segment, kind: GraphNode['op']['kind']) {
  const { raw, value } = builder.storedOf(segment);
  const normalized = value.normalized && kind === 'batchNorm';
  return {
    value: { channels: segment.shape[2], normalized, activation: 'linear' as const },
    buffers: { a: inPlan(raw), ...(normalized ? { aNorm: builder.norm(segment) } : {}) },
  };
}
