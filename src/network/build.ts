/** From what the learner asked for to the ops that mean it. */
import { channelsOf, classCount, type ImageFormat } from '../experiment/dataRef.ts';
import type { BareItem, ConvItem, ImageSize, Item, NetworkSpec } from '../experiment/experiment.ts';
import { isResidual } from '../experiment/stack.ts';
import { residualAdds } from './blocks.ts';
import { appendConv, type StackPosition } from './conv.ts';
import type { NetworkGraph, NodeId } from './graph.ts';
import { GraphBuilder } from './graphBuilder.ts';
import { activated, appendResidual, type ResidualStream } from './residual.ts';

/**
 * The graph of one network: its stack, the head and the classifier. Convs and dense layers have a
 * bias only where no normalisation follows.
 *
 * @param fed what it reads, as a training has it; a size alone means the built-in images
 */
export function buildGraph(spec: NetworkSpec, fed: ImageFormat | ImageSize): NetworkGraph {
  const format = formatOf(fed);
  const { size } = format;
  const builder = new GraphBuilder([size, size, channelsOf(format)]);
  let stream: ResidualStream = { node: 0, open: null, blocks: 0 };
  spec.stack.forEach((item, index) => {
    for (let repeat = 0; repeat < item.count; repeat++) {
      stream = appendItem(builder, spec, item, stream, { item: index, repeat });
    }
  });
  const { node } = activated(builder, spec, stream);
  const head = spec.head === 'gap' ? builder.node({ kind: 'globalAveragePool' }, [node]) : node;
  return withShortcuts(builder.end(head, classCount(format)));
}

function formatOf(fed: ImageFormat | ImageSize): ImageFormat {
  return typeof fed === 'number' ? { size: fed } : fed;
}

const built = new WeakMap<NetworkSpec, Map<string, NetworkGraph>>();

/** The graph of a network, built once for each spec: an edit then costs one network's graph, however many views ask for all. */
export function graphOf(spec: NetworkSpec, fed: ImageFormat | ImageSize): NetworkGraph {
  const format = formatOf(fed);
  const key = [format.size, channelsOf(format), classCount(format)].join();
  const known = built.get(spec) ?? new Map<string, NetworkGraph>();
  const graph = known.get(key) ?? buildGraph(spec, format);
  built.set(spec, known.set(key, graph));
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

function appendItem(
  builder: GraphBuilder,
  spec: NetworkSpec,
  item: Item,
  stream: ResidualStream,
  place: StackPosition,
): ResidualStream {
  // Blocks open the stream by themselves, and an identity passes on what it gets.
  const isOpen = isResidual(item) || item.kind === 'identity';
  const from = isOpen ? stream : activated(builder, spec, stream);
  const x = from.node;
  const on = (node: NodeId): ResidualStream => ({ ...from, node });
  switch (item.kind) {
    case 'residual':
    case 'zeroresidual':
      return appendResidual(builder, spec, from, item, place);
    case 'conv':
      return on(appendConv(builder, spec, x, item, place));
    case 'dirac':
      return on(appendDirac(builder, spec, x, item, place));
    case 'plain':
      return on(appendPlain(builder, spec, x, item, place));
    case 'dense':
      return on(appendDense(builder, spec, x, item.width, place));
    default:
      return on(appendBare(builder, item.kind, x, place));
  }
}

function appendDirac(
  builder: GraphBuilder,
  spec: NetworkSpec,
  x: NodeId,
  item: ConvItem,
  place: StackPosition,
): NodeId {
  return appendConv(builder, { ...spec, norm: 'none' }, x, item, place, { initializer: 'dirac' });
}

function appendPlain(
  builder: GraphBuilder,
  spec: NetworkSpec,
  x: NodeId,
  item: ConvItem,
  place: StackPosition,
): NodeId {
  return appendConv(builder, spec, appendConv(builder, spec, x, item, place), { ...item, stride: 1 }, place);
}

function appendDense(builder: GraphBuilder, spec: NetworkSpec, x: NodeId, width: number, place: StackPosition): NodeId {
  const name = builder.numbered('dense');
  const z = builder.dense(x, width, { name, initializer: 'spec', bias: spec.norm === 'none' });
  const response = builder.norm(z, spec, name);
  const output = builder.activation(response, spec.act);
  const row = { kind: 'dense', shape: builder.shape(z), stride: 1, ...place, shortcutTo: null } as const;
  builder.weightLayer({ name, kind: 'dense', z, response, output, activation: spec.act }, row);
  return output;
}

const bare = {
  identity: { op: 'identity', stride: 1, name: 'identity' },
  maxpool: { op: 'maxPool', stride: 2, name: 'max pool' },
  avgpool: { op: 'averagePool', stride: 2, name: 'average pool' },
} as const;

function appendBare(builder: GraphBuilder, kind: BareItem['kind'], x: NodeId, place: StackPosition): NodeId {
  const { op, stride, name } = bare[kind];
  const node = builder.node({ kind: op }, [x]);
  builder.rows.push({
    name: builder.numbered(name),
    kind,
    shape: builder.shape(node),
    stride,
    ...place,
    layer: null,
    shortcutTo: null,
    onShortcut: [],
  });
  return node;
}
