/**
 * Gradients that training overwrites or fuses away, stored where they are asked for. In which buffer of a segment the gradient
 * by a node's output can be found is decided here; `backward.ts` says when it is made.
 */
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { type Builder, plainValue } from './builder.ts';
import { type Tensor, tensor } from './refs.ts';
import { type Factor, isWhole, type Segment, type Segments, UnsupportedGraph } from './segments.ts';
import { factorsOf } from './terms.ts';

/** Gradients within a segment: by what it stores; by its norm's output; by its activation's output, as readers see it. */
export type Point = 'stored' | 'normalized' | 'activated';

interface Place {
  readonly segment: Segment;
  readonly point: Point;
  /** By which a sum multiplies the node's output: so is the gradient. */
  readonly factors: readonly Factor[];
}

export class GradientWatch {
  private readonly places: readonly Place[];
  private readonly found = new Map<Segment, Partial<Record<Point, Tensor>>>();

  /** @param read how what each node puts out is read */
  constructor(graph: NetworkGraph, nodes: readonly NodeId[], read: Segments['read']) {
    this.places = nodes.map((id) => placeOf(graph, id, read));
  }

  wants(segment: Segment, point: Point): boolean {
    return this.places.some((place) => place.segment === segment && place.point === point);
  }

  /** Nothing may write to the buffer any more. */
  made(segment: Segment, point: Point, gradient: Tensor): void {
    this.found.set(segment, { ...this.found.get(segment), [point]: gradient });
  }

  /** By the nodes, in their order, once the way backwards has been emitted. */
  gradients(builder: Builder): Tensor[] {
    return this.places.map(({ segment, point, factors }) => {
      const gradient = this.found.get(segment)?.[point];
      if (!gradient) throw new RangeError(`no gradient by node ${segment.root}, ${point}`);
      return factors.length === 0 ? gradient : emitProduct(builder, segment, gradient, factors);
    });
  }
}

function emitProduct(builder: Builder, sum: Segment, gradient: Tensor, factors: readonly Factor[]): Tensor {
  const { shape } = sum;
  const result = builder.activations(`${builder.nameOf(sum)} sends`, shape);
  const term = { value: plainValue(gradient, shape), pad: null, factors: factorsOf(builder, factors) };
  const writes = { result: tensor(result), sums: null };
  builder.step(sum, { kind: 'combine', shape, terms: [term], activation: 'linear', writes });
  return result;
}

function placeOf(graph: NetworkGraph, id: NodeId, read: Segments['read']): Place {
  const node = graph.nodes[id];
  const input = read.get(id);
  if (!node || !input) throw new RangeError(`no node ${id}`);
  if (node.op.kind === 'identity' && input.segment.root !== id) {
    // Nothing else reads what an identity passes on, so that the gradients are the same.
    onlyReaderOf(graph, node.inputs[0] ?? 0);
    return placeOf(graph, node.inputs[0] ?? 0, read);
  }
  if (!isWhole(input)) return placeInSum(graph, id, read, input.factors.length);
  const points: Partial<Record<typeof node.op.kind, Point>> = { activation: 'activated', batchNorm: 'normalized' };
  return { segment: input.segment, point: points[node.op.kind] ?? 'stored', factors: [] };
}

/**
 * The gradient by a term of a sum is the gradient by the sum, times what the sum still multiplies the term by.
 * @param done factors of the term in front of the node
 */
function placeInSum(graph: NetworkGraph, id: NodeId, read: Segments['read'], done: number): Place {
  const reader = onlyReaderOf(graph, id);
  const sum = read.get(reader.id)?.segment;
  if (sum?.root !== reader.id) return placeInSum(graph, reader.id, read, done);
  const term = sum.inputs[sum.inputs.length === 1 ? 0 : reader.inputs.indexOf(id)];
  return { segment: sum, point: 'stored', factors: term?.factors.slice(done) ?? [] };
}

/** The node that reads this one, once. */
function onlyReaderOf({ nodes }: NetworkGraph, id: NodeId) {
  const [reader, ...others] = nodes.flatMap((node) => node.inputs.filter((input) => input === id).map(() => node));
  if (!reader || others.length > 0) throw new UnsupportedGraph(`node ${id} has other than one reader`);
  return reader;
}
