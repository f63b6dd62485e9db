/**
 * Gradients that training makes only in passing: kept where somebody wants to see them. In which buffer of a segment the gradient
 * by a node's output can be found is decided here; `backward.ts` says when it is made.
 */
import type { NetworkGraph, NodeId } from '../../../network/graph.ts';
import type { PlanBuffer } from './plan.ts';
import { type Segment, UnsupportedGraph } from './segments.ts';

/** Gradients within a segment: by what it stores; by its norm's output; by what is behind its activation, as readers see it. */
export type Point = 'stored' | 'normalized' | 'activated';

interface Place {
  readonly segment: Segment;
  readonly point: Point;
}

export class GradientWatch {
  private readonly places: readonly Place[];
  private readonly found = new Map<Segment, Partial<Record<Point, PlanBuffer>>>();

  /** @param segmentOf the segment that each node belongs to */
  constructor(graph: NetworkGraph, nodes: readonly NodeId[], segmentOf: ReadonlyMap<NodeId, Segment>) {
    this.places = nodes.map((id) => placeOf(graph, id, segmentOf));
  }

  wants(segment: Segment, point: Point): boolean {
    return this.places.some((place) => place.segment === segment && place.point === point);
  }

  /** Nothing may write to the buffer any more. */
  made(segment: Segment, point: Point, gradient: PlanBuffer): void {
    this.found.set(segment, { ...this.found.get(segment), [point]: gradient });
  }

  /** By the nodes, in their order. */
  get gradients(): PlanBuffer[] {
    return this.places.map(({ segment, point }) => {
      const gradient = this.found.get(segment)?.[point];
      if (!gradient) throw new RangeError(`no gradient by node ${segment.root}, ${point}`);
      return gradient;
    });
  }
}

function placeOf(graph: NetworkGraph, id: NodeId, segmentOf: ReadonlyMap<NodeId, Segment>): Place {
  const node = graph.nodes[id];
  const segment = segmentOf.get(id);
  if (!node || !segment) throw new RangeError(`no node ${id}`);
  switch (node.op.kind) {
    case 'activation':
      return { segment, point: 'activated' };
    case 'batchNorm':
      return { segment, point: 'normalized' };
    case 'identity':
      // Nothing else reads what an identity passes on, so that the gradients are the same.
      onlyReaderOf(graph, node.inputs[0] ?? 0);
      return placeOf(graph, node.inputs[0] ?? 0, segmentOf);
    case 'padShortcut':
      // The gradient by a term of a sum is the gradient by the sum.
      return placeOf(graph, onlyReaderOf(graph, id), segmentOf);
    default:
      return { segment, point: 'stored' };
  }
}

function onlyReaderOf(graph: NetworkGraph, id: NodeId): NodeId {
  const [reader, ...others] = graph.nodes.filter(({ inputs }) => inputs.includes(id));
  if (!reader || others.length > 0) throw new UnsupportedGraph(`node ${id} has other than one reader`);
  return reader.id;
}
