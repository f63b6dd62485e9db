/**
 * From what the learner asked for to the ops that mean it. A residual block is the plain block's
 * two layers with one addition (He et al. 2015, Fig. 2), so a plain network and its residual twin
 * have the same parameters, in the same order, wherever the shortcut is option A.
 */
import type { BareItem, ConvItem, ImageSize, Item, NetworkSpec } from '../spec/experiment.ts';
import { Draft } from './drafting.ts';
import { CLASSES, type NetworkGraph, type NodeId, type Row } from './graph.ts';
import { sameShape, strided } from './shapes.ts';

/** Where in the spec's stack a row comes from. */
type Place = Pick<Row, 'item' | 'repeat'>;

/**
 * The graph of one network: its stack, the head and the classifier. Convs and dense layers have a
 * bias only where no normalisation follows.
 *
 * @param size side of the square grey images; the input has shape [size, size, 1]
 */
export function buildGraph(spec: NetworkSpec, size: ImageSize): NetworkGraph {
  const draft = new Draft([size, size, 1]);
  let x: NodeId = 0;
  spec.stack.forEach((item, index) => {
    for (let repeat = 0; repeat < item.count; repeat++) x = appendItem(draft, spec, item, x, { item: index, repeat });
  });
  if (spec.head === 'gap') x = draft.node({ kind: 'globalAveragePool' }, [x], [1, 1, draft.shape(x)[2]]);
  const logits = appendClassifier(draft, x);
  const { nodes, parameters, layers, rows } = draft;
  return { nodes, parameters, layers, rows, logits };
}

function appendItem(draft: Draft, spec: NetworkSpec, item: Item, x: NodeId, place: Place): NodeId {
  switch (item.kind) {
    case 'conv':
      return appendConv(draft, spec, x, item.width, item.stride, place);
    case 'dirac':
      return appendConv(draft, { ...spec, norm: 'none' }, x, item.width, item.stride, place, { initializer: 'dirac' });
    case 'plain':
      return appendConv(draft, spec, appendConv(draft, spec, x, item.width, item.stride, place), item.width, 1, place);
    case 'residual':
    case 'zeroresidual':
      return appendResidual(draft, spec, x, item, place);
    case 'dense':
      return appendDense(draft, spec, x, item.width, place);
    default:
      return appendBare(draft, item.kind, x, place);
  }
}

/** What is special about a conv layer. */
interface ConvOptions {
  /** Of the first row of a residual block: the row at which its shortcut joins again. */
  readonly shortcutTo?: number | null;
  /** Of its weights. */
  readonly initializer?: 'spec' | 'dirac' | 0;
  /** What the scale of its normalisation starts at. */
  readonly scaledBy?: 0 | 1;
  /** What happens between normalisation and activation: the addition that ends a residual block. */
  readonly join?: (response: NodeId) => NodeId;
}

/** Conv, normalisation, activation. */
function appendConv(
  draft: Draft,
  spec: NetworkSpec,
  x: NodeId,
  width: number,
  stride: 1 | 2,
  place: Place,
  { shortcutTo = null, initializer = 'spec', scaledBy = 1, join = (response) => response }: ConvOptions = {},
): NodeId {
  const name = draft.numbered('conv');
  const z = draft.conv(x, 3, stride, width, { name, initializer, bias: spec.norm === 'none' });
  const response = draft.norm(z, spec.norm, name, scaledBy);
  const output = draft.activation(join(response), spec.act);
  const row = { kind: 'conv', shape: draft.shape(z), stride, ...place, shortcutTo } as const;
  draft.weightLayer({ name, kind: 'conv', z, response, output, activation: spec.act }, row);
  return output;
}

function appendResidual(
  draft: Draft,
  spec: NetworkSpec,
  x: NodeId,
  { kind, width, stride }: ConvItem,
  place: Place,
): NodeId {
  const inner = appendConv(draft, spec, x, width, stride, place, { shortcutTo: draft.rows.length + 1 });
  return appendConv(draft, spec, inner, width, 1, place, {
    ...(kind === 'zeroresidual' && zeroAtFirst(spec)),
    join: (response) => {
      const shortcut = appendShortcut(draft, spec, x, response, stride);
      return draft.node({ kind: 'add' }, [response, shortcut], draft.shape(response));
    },
  });
}

/** The last scale of a branch at 0 (Goyal et al. 2017, arXiv 1706.02677); without a scale, its last weights (Fixup). */
function zeroAtFirst({ norm }: NetworkSpec): ConvOptions {
  return norm === 'none' ? { initializer: 0 } : { scaledBy: 0 };
}

/** The block's input, in the shape of its output. A projection has no bias: the conv it is added to has one. */
function appendShortcut(draft: Draft, spec: NetworkSpec, x: NodeId, response: NodeId, stride: 1 | 2): NodeId {
  const shape = draft.shape(response);
  if (sameShape(draft.shape(x), shape)) return x;
  if (spec.shortcut === 'a') return draft.node({ kind: 'padShortcut', stride }, [x], shape);
  const name = draft.numbered('projection');
  const projected = draft.conv(x, 1, stride, shape[2], { name, initializer: 'spec', bias: false });
  return draft.norm(projected, spec.norm, name);
}

function appendDense(draft: Draft, spec: NetworkSpec, x: NodeId, width: number, place: Place): NodeId {
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

function appendBare(draft: Draft, kind: BareItem['kind'], x: NodeId, place: Place): NodeId {
  const { op, stride, name } = bare[kind];
  const shape = strided(draft.shape(x), stride, draft.shape(x)[2]);
  const node = draft.node({ kind: op }, [x], shape);
  draft.rows.push({ name: draft.numbered(name), kind, shape, stride, ...place, layer: null, shortcutTo: null });
  return node;
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
