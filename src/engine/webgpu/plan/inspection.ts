/** A forward plan that also stores what some nodes put out, at whichever point of their segment they stand. */
import type { GraphNode, NetworkGraph, NodeId } from '../../../network/graph.ts';
import { type CombineShape, combine, elementwiseGroups, type Term } from '../kernels/combine.ts';
import { type Builder, inPlan } from './builder.ts';
import { termsOf } from './forward.ts';
import type { BufferRef, Plan, PlanBuffer } from './plan.ts';
import type { Segment } from './segments.ts';

export interface InspectionPlan extends Plan {
  /** Of the nodes that were asked for, in their order. */
  readonly inspected: readonly PlanBuffer[];
}

/** @param segmentOf the segment that each node belongs to */
export function emitInspection(
  builder: Builder,
  graph: NetworkGraph,
  nodes: readonly NodeId[],
  segmentOf: ReadonlyMap<NodeId, Segment>,
): PlanBuffer[] {
  return nodes.map((id) => {
    const node = graph.nodes[id];
    const segment = segmentOf.get(id);
    if (!node || !segment) throw new RangeError(`no node ${id}`);
    const layer = builder.nameOf(segment);
    const result = builder.activations(`${layer} inspected`, node.shape);
    const { shape, buffers } = node.op.kind === 'add' ? sumOf(builder, segment) : upTo(builder, segment, node);
    builder.dispatch({
      kernel: combine(shape),
      buffers: { ...buffers, result: inPlan(result) },
      groups: elementwiseGroups(node.shape, builder.images),
      layer,
      shape: node.shape,
    });
    return result;
  });
}

interface Reading {
  readonly shape: CombineShape;
  readonly buffers: Readonly<Record<string, BufferRef>>;
}

/** An addition's own sum: what is stored is behind the activation. */
function sumOf(builder: Builder, segment: Segment): Reading {
  const { terms, buffers } = termsOf(builder, segment);
  return { shape: { shape: segment.shape, terms, activation: 'linear' }, buffers };
}

/** What a segment makes up to a node: an identity or a shortcut puts out all of it. */
function upTo(builder: Builder, segment: Segment, node: GraphNode): Reading {
  const { op, shape } = node;
  const { value, buffers } = hasAll(node) ? builder.reading(segment, 'a') : part(builder, segment, op.kind);
  // As it was stored where it is: what a sigmoid makes of the zeros that fill up a pack is not zero, and a wider shortcut shows them.
  const map: Term['map'] =
    op.kind === 'padShortcut' ? { kind: 'pad', stride: op.stride, shape: segment.shape } : { kind: 'same' };
  return { shape: { shape, terms: [{ value, map }], activation: 'linear' }, buffers };
}

function hasAll({ op }: GraphNode): boolean {
  return op.kind === 'identity' || op.kind === 'padShortcut' || op.kind === 'activation';
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
