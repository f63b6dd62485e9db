/**
 * The graph as the plan sees it. A segment is an op that stores its output, with the normalisation and the
 * activation behind it that readers apply by themselves; identities vanish, and an option-A shortcut is
 * a way of reading. What is left are few, large pieces of work.
 */
import type { GraphNode, NetworkGraph, NodeId, Op, Shape } from '../../../network/graph.ts';
import type { Activation } from '../../../spec/experiment.ts';
import { EngineRefusal } from '../../engine.ts';

/** What the plan has no kernels for. */
type UnplannedKind = 'scale' | 'learnedScale' | 'gate' | 'drop';
type RootKind = Exclude<Op['kind'], 'batchNorm' | 'activation' | 'identity' | 'padShortcut' | UnplannedKind>;
export type RootOp<K extends RootKind = RootKind> = Extract<Op, { kind: K }>;

export interface Segment {
  readonly root: NodeId;
  readonly op: RootOp;
  /** Of its stored output, and of the whole segment's. */
  readonly shape: Shape;
  readonly inputs: readonly Input[];
  readonly norm: Extract<Op, { kind: 'batchNorm' }> | null;
  /** Node of the norm, by which evaluation finds its statistics; null without one. */
  readonly normNode: NodeId | null;
  readonly activation: Activation;
  /** Segments that read this one, in the graph's order; a segment that reads it twice counts twice. */
  readonly readers: readonly Segment[];
}

export interface Input {
  readonly segment: Segment;
  /** Read through an option-A shortcut of this stride. */
  readonly pad: 1 | 2 | null;
}

/** A graph that the plan cannot compute; the portable engine can. */
export class UnsupportedGraph extends EngineRefusal {}

interface Draft extends Segment {
  inputs: Input[];
  norm: Segment['norm'];
  normNode: NodeId | null;
  activation: Activation;
  readers: Segment[];
}

/** @returns the segments in the graph's order; the first is the images, the last the logits */
export function segmentsOf(graph: NetworkGraph): Segment[] {
  const segments: Draft[] = [];
  const found = new Map<NodeId, { segment: Draft; pad: 1 | 2 | null }>();
  const uses = countUses(graph);
  for (const node of graph.nodes) {
    const before = node.inputs.map((id) => resolve(found, id));
    const [only] = before;
    switch (node.op.kind) {
      case 'identity':
        found.set(node.id, required(only));
        break;
      case 'padShortcut':
        found.set(node.id, { segment: unpadded(only), pad: node.op.stride });
        break;
      case 'batchNorm':
      case 'activation': {
        const segment = unpadded(only);
        requireSole(uses, node);
        extend(segment, node.op, node.id);
        found.set(node.id, { segment, pad: null });
        break;
      }
      case 'scale':
      case 'learnedScale':
      case 'gate':
      case 'drop':
        throw new UnsupportedGraph(`node ${node.id} (${node.op.kind})`);
      default: {
        const segment = start(node as GraphNode<RootOp>, before);
        segments.push(segment);
        found.set(node.id, { segment, pad: null });
      }
    }
  }
  return segments;
}

function start({ id, op, shape }: GraphNode<RootOp>, inputs: Input[]): Draft {
  const segment: Draft = {
    root: id,
    op,
    shape,
    inputs,
    norm: null,
    normNode: null,
    activation: 'linear',
    readers: [],
  };
  for (const input of inputs) {
    if (input.pad !== null && op.kind !== 'add') throw new UnsupportedGraph(`node ${id} reads a padded shortcut`);
    (input.segment as Draft).readers.push(segment);
  }
  return segment;
}

function extend(segment: Draft, op: Extract<Op, { kind: 'batchNorm' | 'activation' }>, id: NodeId): void {
  const normable = segment.op.kind === 'conv' || segment.op.kind === 'dense';
  const late = segment.activation !== 'linear' || (op.kind === 'batchNorm' && (segment.norm !== null || !normable));
  if (late || segment.readers.length > 0) throw new UnsupportedGraph(`node ${id} (${op.kind}) in this place`);
  if (op.kind === 'activation') segment.activation = op.fn;
  else {
    segment.norm = op;
    segment.normNode = id;
  }
}

function countUses(graph: NetworkGraph): number[] {
  const uses = graph.nodes.map(() => 0);
  for (const { inputs } of graph.nodes) for (const id of inputs) uses[id] = (uses[id] ?? 0) + 1;
  return uses;
}

/** What a norm or an activation stands behind must have no other reader: it is not stored by itself. */
function requireSole(uses: readonly number[], { id, inputs }: GraphNode): void {
  if (inputs.some((input) => uses[input] !== 1)) throw new UnsupportedGraph(`node ${id} shares its input`);
}

function resolve<T>(found: ReadonlyMap<NodeId, T>, id: NodeId): T {
  return required(found.get(id));
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new UnsupportedGraph('a node without its input');
  return value;
}

function unpadded(input: { segment: Draft; pad: 1 | 2 | null } | undefined): Draft {
  const { segment, pad } = required(input);
  if (pad !== null) throw new UnsupportedGraph('a padded shortcut that is not added');
  return segment;
}
