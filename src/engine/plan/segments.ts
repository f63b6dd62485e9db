/**
 * The graph as the plan sees it. A segment is an op that stores its output, with the normalisation and the
 * activation after it that readers apply by themselves. A norm or an activation whose input has other readers too
 * is a segment that stores nothing: a *view* of what another one has stored. Identities vanish; what a sum does to its terms
 * before it adds them, an option-A shortcut or a factor, is a way of reading. What is left are few, large pieces of work.
 */

import type { Activation } from '../../experiment/experiment.ts';
import type { GraphNode, NetworkGraph, NodeId, Op, ParameterId, Shape } from '../../network/graph.ts';
import { EngineRefusal } from '../engine.ts';

type RootKind = Exclude<Op['kind'], 'identity'>;
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

/** A segment's output as it is read: sums may shape it by an option-A shortcut, and then multiply it by factors. */
export interface Input {
  readonly segment: Segment;
  /** Read through an option-A shortcut of this stride. */
  readonly pad: 1 | 2 | null;
  readonly factors: readonly Factor[];
}

/** What a term of a sum is multiplied by; all but constants are read from a buffer. */
export type Factor =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'learned'; readonly scale: ParameterId }
  | { readonly kind: 'gate'; readonly part: 'open' | 'shut'; readonly by: Segment }
  | { readonly kind: 'drop'; readonly op: Extract<Op, { kind: 'drop' }>; readonly node: NodeId };

/** A graph that the plan cannot compute; the portable engine can. */
export class UnsupportedGraph extends EngineRefusal {}

export interface Segments {
  /** In the graph's order; the first is the images, the last the logits. */
  readonly segments: readonly Segment[];
  /** How what each node puts out is read, once the norm and the activation of its segment are applied. */
  readonly read: ReadonlyMap<NodeId, Input>;
}

export type SumKind = 'add' | 'scale' | 'learnedScale' | 'gate' | 'drop' | 'padShortcut';

/** Whether a segment adds terms: one, or two. */
export function isSum({ op }: Segment): boolean {
  return op.kind === 'add' || op.kind === 'padShortcut' || isModulation(op);
}

/** Whether a segment stores nothing, but norms or activates what another one stores. */
export function isView({ op }: Segment): boolean {
  return op.kind === 'batchNorm' || op.kind === 'activation';
}

interface Draft extends Segment {
  norm: Segment['norm'];
  normNode: NodeId | null;
  activation: Activation;
  readers: Segment[];
}

/** @param separately every node is a segment of its own, so that what passes it can be seen; nothing is fused */
export function segmentsOf(graph: NetworkGraph, separately = false): Segments {
  const segments: Draft[] = [];
  const read = new Map<NodeId, Input>();
  const readers = readersOf(graph);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => required(read.get(id)));
    const fused = () => passedOn(node, inputs, readers) ?? extended(node, inputs, readers);
    const passed = separately ? passedImages(node, inputs) : fused();
    if (passed === null) segments.push(started(rootOf(node), inputs));
    read.set(node.id, passed ?? whole(required(segments.at(-1))));
  }
  return { segments, read };
}

/** An identity of the images: filters of what reads them are as wide as these are. */
function passedImages({ op }: GraphNode, [input]: readonly Input[]): Input | null {
  return op.kind === 'identity' && input?.segment.op.kind === 'input' ? input : null;
}

/** A node as the root of a segment: an identity is a factor of one. */
function rootOf(node: GraphNode): GraphNode<RootOp> {
  const { op } = node;
  return op.kind === 'identity' ? { ...node, op: { kind: 'scale', factor: 1 } } : { ...node, op };
}

interface Reader {
  readonly op: Op;
  /** Which of its inputs. */
  readonly which: number;
}

/** What reads a node, through identities too. */
type Readers = ReadonlyMap<NodeId, readonly Reader[]>;

function readersOf({ nodes }: NetworkGraph): Readers {
  const source = (id: NodeId): NodeId => {
    const node = nodes[id];
    return node?.op.kind === 'identity' ? source(node.inputs[0] ?? 0) : id;
  };
  const reads = nodes
    .filter(({ op }) => op.kind !== 'identity')
    .flatMap(({ op, inputs }) => inputs.map((id, which) => ({ from: source(id), op, which })));
  return new Map(nodes.map(({ id }) => [id, reads.filter(({ from }) => from === source(id))]));
}

/** What is no work by itself: identities, and what the sums that read it do as they read it. */
function passedOn(node: GraphNode, inputs: readonly Input[], readers: Readers): Input | null {
  const { op, id } = node;
  const input = inputs[0];
  if (op.kind === 'identity') return required(input);
  const users = readers.get(id) ?? [];
  if (!input || !users.every(readsTerm)) return null;
  if (op.kind === 'padShortcut') return { ...input, pad: op.stride };
  const factors = isModulation(op) ? multiplied(node, inputs) : [];
  // One more buffer for each of two terms: so a sum's bindings keep within the limits.
  const buffers = factors.reduce((sum, factor) => sum + buffersOf(factor), 0);
  return factors.length > 0 && users.length === 1 && buffers <= 1 ? { ...input, factors } : null;
}

/** Whether a reader adds what it reads to something, so that it can be shaped and multiplied on the way. */
function readsTerm({ op, which }: Reader): boolean {
  return op.kind === 'add' || (isModulation(op) && which === 0);
}

/** Whether an op multiplies its first input, element by element. */
function isModulation(op: Op): op is RootOp<Exclude<SumKind, 'add' | 'padShortcut'>> {
  return op.kind === 'scale' || op.kind === 'learnedScale' || op.kind === 'gate' || op.kind === 'drop';
}

/** Buffers that a factor is read from. */
function buffersOf(factor: Factor): number {
  if (factor.kind === 'constant') return 0;
  return factor.kind === 'gate' && factor.by.norm ? 2 : 1;
}

/** The factors of an input after a node that multiplies it. */
function multiplied({ id, op }: GraphNode, [input, by]: readonly Input[]): readonly Factor[] {
  const { factors } = required(input);
  switch (op.kind) {
    case 'scale':
      return [...factors, { kind: 'constant', value: op.factor }];
    case 'learnedScale':
      return [...factors, { kind: 'learned', scale: op.scale }];
    case 'gate':
      return [...factors, { kind: 'gate', part: op.part, by: required(by).segment }];
    case 'drop':
      return [...factors, { kind: 'drop', op, node: id }];
    default:
      return factors;
  }
}

/** A norm or an activation that the only reader of a segment is: it belongs to that. */
function extended({ id, op, inputs: [from = 0] }: GraphNode, [input]: readonly Input[], readers: Readers) {
  if ((op.kind !== 'batchNorm' && op.kind !== 'activation') || !input) return null;
  const segment = input.segment as Draft;
  const sole = readers.get(from)?.length === 1;
  if (!sole || !isWhole(input) || segment.activation !== 'linear' || segment.op.kind === 'input') return null;
  if (op.kind === 'activation') segment.activation = op.fn;
  else {
    if (segment.norm !== null || (segment.op.kind !== 'conv' && segment.op.kind !== 'dense')) return null;
    segment.norm = op;
    segment.normNode = id;
  }
  return whole(segment);
}

function started(node: GraphNode<RootOp>, read: readonly Input[]): Draft {
  const { id, op, shape } = node;
  const inputs = termsOf(node, read);
  const norm = op.kind === 'batchNorm' ? op : null;
  const activation = op.kind === 'activation' ? op.fn : 'linear';
  const segment: Draft = { root: id, op, shape, inputs, norm, normNode: norm && id, activation, readers: [] };
  for (const input of inputs) {
    (input.segment as Draft).readers.push(segment);
    for (const factor of input.factors) if (factor.kind === 'gate') (factor.by as Draft).readers.push(segment);
  }
  return segment;
}

function termsOf(node: GraphNode<RootOp>, read: readonly Input[]): readonly Input[] {
  const { op } = node;
  const [input] = read;
  if (input && op.kind === 'padShortcut') return [{ ...input, pad: op.stride }];
  if (input && isModulation(op)) return [{ ...input, factors: multiplied(node, read) }];
  return read;
}

function whole(segment: Segment): Input {
  return { segment, pad: null, factors: [] };
}

/** Whether an input is a segment's output and nothing is done to it. */
export function isWhole({ pad, factors }: Input): boolean {
  return pad === null && factors.length === 0;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new UnsupportedGraph('a node without its input');
  return value;
}
