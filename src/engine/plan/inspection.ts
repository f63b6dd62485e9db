/** What some nodes put out, stored, at whichever point of their segment they stand. */
import type { GraphNode, NetworkGraph, NodeId } from '../../network/graph.ts';
import type { Builder } from './builder.ts';
import type { Term } from './expressions.ts';
import { termsOf } from './forward.ts';
import { type Tensor, tensor } from './refs.ts';
import { type Input, isSum, isWhole, type Segment, type Segments } from './segments.ts';
import { termOf } from './terms.ts';

/**
 * @param read how each node's output is read
 * @returns of the nodes, in their order
 */
export function emitInspection(
  builder: Builder,
  graph: NetworkGraph,
  nodes: readonly NodeId[],
  read: Segments['read'],
): Tensor[] {
  return nodes.map((id) => {
    const node = graph.nodes[id];
    const input = read.get(id);
    if (!node || !input) throw new RangeError(`no node ${id}`);
    const { segment } = input;
    const { shape } = node;
    const result = builder.activations(`${builder.nameOf(segment)} inspected`, shape);
    const terms = readingOf(builder, graph, node, input);
    const writes = { result: tensor(result), sums: null };
    builder.step(segment, { kind: 'combine', shape, terms, activation: 'linear', writes }, shape);
    return result;
  });
}

function readingOf(builder: Builder, graph: NetworkGraph, node: GraphNode, input: Input): readonly Term[] {
  const { segment } = input;
  if (!isWhole(input)) return [termOf(builder, input)];
  // A sum's own output: it is stored after the activation.
  if (node.id === segment.root && isSum(segment)) return termsOf(builder, segment);
  if (node.op.kind !== 'identity') return [{ value: upTo(builder, segment, node), pad: null, factors: [] }];
  const passed = graph.nodes[node.inputs[0] ?? 0];
  if (!passed) throw new RangeError(`node ${node.id} passes nothing on`);
  return readingOf(builder, graph, passed, input);
}

/** What a segment makes up to a node. */
function upTo(builder: Builder, segment: Segment, { op }: GraphNode) {
  // As it was stored where it is: what a sigmoid makes of the zeros that fill up a pack is not zero.
  if (op.kind === 'activation') return builder.reading(segment);
  const { value } = builder.storedOf(segment);
  return { ...value, norm: op.kind === 'batchNorm' ? value.norm : null, activation: 'linear' as const };
}
