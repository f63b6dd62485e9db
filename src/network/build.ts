/** From what the learner asked for to the ops that mean it. */
import type { BareItem, ConvItem, ImageSize, Item, NetworkSpec } from '../experiment/experiment.ts';
import { isResidual } from '../experiment/stack.ts';
import { residualAdds } from './blocks.ts';
import { appendConv, type StackPosition } from './conv.ts';
import { Draft } from './drafting.ts';
import { CLASSES, type NetworkGraph, type NodeId } from './graph.ts';
import { activated, appendResidual, type Trunk } from './residual.ts';

/**
 * The graph of one network: its stack, the head and the classifier. Convs and dense layers have a
 * bias only where no normalisation follows.
 *
 * @param size side of the square grey images; the input has shape [size, size, 1]
 */
export function buildGraph(spec: NetworkSpec, size: ImageSize): NetworkGraph {
  const draft = new Draft([size, size, 1]);
  let trunk: Trunk = { node: 0, open: null, blocks: 0 };
  spec.stack.forEach((item, index) => {
    for (let repeat = 0; repeat < item.count; repeat++) {
      trunk = appendItem(draft, spec, item, trunk, { item: index, repeat });
    }
  });
  const logits = appendHead(draft, spec, activated(draft, spec, trunk).node);
  const { nodes, parameters, layers, rows } = draft;
  return withShortcuts({ nodes, parameters, layers, rows, logits });
}

const built = new WeakMap<NetworkSpec, Map<ImageSize, NetworkGraph>>();

/** The graph of a network, built once for each spec: an edit then costs one network's graph, however many views ask for all. */
export function graphOf(spec: NetworkSpec, size: ImageSize): NetworkGraph {
  const known = built.get(spec) ?? new Map<ImageSize, NetworkGraph>();
  const graph = known.get(size) ?? buildGraph(spec, size);
  built.set(spec, known.set(size, graph));
  return graph;
}

/** The graph with what lies on each shortcut told by the row at which it starts. */
function withShortcuts(graph: NetworkGraph): NetworkGraph {
  const byEnd = new Map(
    residualAdds(graph).map(({ layer, onShortcut }) => [graph.layers[layer]?.row, onShortcut.map(({ kind }) => kind)]),
  );
  const rows = graph.rows.map((row) => {
    return row.shortcutTo === null ? row : { ...row, onShortcut: byEnd.get(row.shortcutTo) ?? [] };
  });
  return { ...graph, rows };
}

function appendItem(draft: Draft, spec: NetworkSpec, item: Item, trunk: Trunk, place: StackPosition): Trunk {
  // Blocks open the trunk by themselves, and an identity passes on what it gets.
  const isOpen = isResidual(item) || item.kind === 'identity';
  const from = isOpen ? trunk : activated(draft, spec, trunk);
  const x = from.node;
  const on = (node: NodeId): Trunk => ({ ...from, node });
  switch (item.kind) {
    case 'residual':
    case 'zeroresidual':
      return appendResidual(draft, spec, from, item, place);
    case 'conv':
      return on(appendConv(draft, spec, x, item.width, item.stride, place));
    case 'dirac':
      return on(appendDirac(draft, spec, x, item, place));
    case 'plain':
      return on(appendPlain(draft, spec, x, item, place));
    case 'dense':
      return on(appendDense(draft, spec, x, item.width, place));
    default:
      return on(appendBare(draft, item.kind, x, place));
  }
}

function appendDirac(
  draft: Draft,
  spec: NetworkSpec,
  x: NodeId,
  { width, stride }: ConvItem,
  place: StackPosition,
): NodeId {
  return appendConv(draft, { ...spec, norm: 'none' }, x, width, stride, place, { initializer: 'dirac' });
}

function appendPlain(
  draft: Draft,
  spec: NetworkSpec,
  x: NodeId,
  { width, stride }: ConvItem,
  place: StackPosition,
): NodeId {
  return appendConv(draft, spec, appendConv(draft, spec, x, width, stride, place), width, 1, place);
}

function appendDense(draft: Draft, spec: NetworkSpec, x: NodeId, width: number, place: StackPosition): NodeId {
  const name = draft.numbered('dense');
  const z = draft.dense(x, width, { name, initializer: 'spec', bias: spec.norm === 'none' });
  const response = draft.norm(z, spec.norm, name);
  const output = draft.activation(response, spec.act);
  const row = { kind: 'dense', shape: draft.shape(z), stride: 1, ...place, shortcutTo: null } as const;
  draft.weightLayer({ name, kind: 'dense', z, response, output, activation: spec.act }, row);
  return output;
}

const bare = {
  identity: { op: 'identity', stride: 1, name: 'identity' },
  maxpool: { op: 'maxPool', stride: 2, name: 'max pool' },
  avgpool: { op: 'averagePool', stride: 2, name: 'average pool' },
} as const;

function appendBare(draft: Draft, kind: BareItem['kind'], x: NodeId, place: StackPosition): NodeId {
  const { op, stride, name } = bare[kind];
  const node = draft.node({ kind: op }, [x]);
  draft.rows.push({
    name: draft.numbered(name),
    kind,
    shape: draft.shape(node),
    stride,
    ...place,
    layer: null,
    shortcutTo: null,
    onShortcut: [],
  });
  return node;
}

function appendHead(draft: Draft, spec: NetworkSpec, x: NodeId): NodeId {
  if (spec.head !== 'gap') return appendClassifier(draft, x);
  return appendClassifier(draft, draft.node({ kind: 'globalAveragePool' }, [x]));
}

function appendClassifier(draft: Draft, x: NodeId): NodeId {
  const name = 'classifier';
  const z = draft.dense(x, CLASSES, { name, initializer: 'classifier', bias: true });
  const row = {
    kind: 'classifier',
    shape: draft.shape(z),
    stride: 1,
    item: null,
    repeat: 0,
    shortcutTo: null,
  } as const;
  draft.weightLayer({ name, kind: 'dense', z, response: z, output: z, activation: 'linear' }, row);
  return z;
}
