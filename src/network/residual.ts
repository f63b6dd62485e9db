/**
 * Residual blocks: convs on the residual branch, and a shortcut around them (He et al. 2015, Fig. 2). With the
 * original settings a block is the plain block's two layers with one addition, so a plain network and its residual twin have the
 * same parameters, in the same order, wherever the shortcut is option A.
 *
 * Where norms and activations stand is a table (`arrangements`). Of pre-activation (He et al. 2016, arXiv 1603.05027, Fig. 4 d and e
 * and appendix) the first block of a run finds its input activated already by the
 * layer in front, as the stem's activation is moved before the paths part; after the last block of a run comes one more norm and
 * act. What the stream passes from block to block is raw; convs, of projections and gates too, read it activated, as in the
 * authors' code. Identity and zero-padded shortcuts read it raw.
 */
import type { ConvItem, NetworkSpec } from '../experiment/experiment.ts';
import { blocksOf } from '../experiment/stack.ts';
import { sameShape } from '../ops/shapes.ts';
import {
  arrangements,
  branchSteps,
  type LayerStep,
  type PathStep,
  shortcutSteps,
  stepsIn,
  survivalOf,
} from './blockPaths.ts';
import { appendConv, registerConv, type StackPosition } from './conv.ts';
import type { NodeId } from './graph.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** How far the stack has been built. */
export interface ResidualStream {
  readonly node: NodeId;
  /**
   * After a pre-activation block: its last weight layer, whose sum is still to be normalised and activated. The next block
   * does that at its start; before anything else that follows it is done separately.
   */
  readonly open: { readonly layer: number; readonly name: string } | null;
  /** Residual blocks so far. */
  readonly blocks: number;
}

/** Norms and activations in a row. @param name of the layer that norms belong to */
function appendLayerSteps(
  builder: GraphBuilder,
  spec: NetworkSpec,
  steps: readonly LayerStep[],
  x: NodeId,
  name: string,
): NodeId {
  return steps.reduce(
    (node, step) => (step === 'norm' ? builder.norm(node, spec, name) : builder.activation(node, spec.act)),
    x,
  );
}

/** The stream after its outstanding normalisation and activation, which belong to the layer that left them. */
export function activated(builder: GraphBuilder, spec: NetworkSpec, stream: ResidualStream): ResidualStream {
  if (stream.open === null) return stream;
  const { layer, name } = stream.open;
  const node = appendLayerSteps(builder, spec, arrangements[spec.order].lead, stream.node, name);
  builder.activatedBy(layer, node, spec.act);
  return { ...stream, node, open: null };
}

/** What the two paths of one block read and depend on. */
interface Block {
  readonly spec: NetworkSpec;
  readonly stride: 1 | 2;
  /** What an identity shortcut passes on. */
  readonly x: NodeId;
  /** What convs read. */
  readonly active: NodeId;
  /** Probability to keep the branch. */
  readonly survival: number;
}

/** A residual item: a block of two convs, or two blocks of one. */
export function appendResidual(
  builder: GraphBuilder,
  spec: NetworkSpec,
  stream: ResidualStream,
  item: ConvItem,
  place: StackPosition,
): ResidualStream {
  const second = { ...item, stride: 1 } as const;
  if (spec.span === 2) return appendBlock(builder, spec, stream, [item, second], place);
  const between = appendBlock(builder, spec, stream, [item], place);
  return appendBlock(builder, spec, between, [second], place);
}

/** @param convs of the branch; the last is that to whose output the shortcut is added */
function appendBlock(
  builder: GraphBuilder,
  spec: NetworkSpec,
  stream: ResidualStream,
  convs: readonly [ConvItem] | readonly [ConvItem, ConvItem],
  place: StackPosition,
): ResidualStream {
  const blocks = stream.blocks + 1;
  const survival = survivalOf(spec, blocks, blocksOf(spec));
  const active = activated(builder, spec, stream).node;
  const [first, last = first] = convs;
  const block: Block = { spec, stride: first.stride, x: stream.node, active, survival };
  const shortcutTo = builder.rows.length + convs.length - 1;
  const isSingle = convs.length === 1;
  const inner = isSingle ? active : appendConv(builder, spec, active, first, place, { shortcutTo });

  const { lead, trail, after } = arrangements[spec.order];
  const isNormed = stepsIn(spec, trail).includes('norm');
  // The last scale of a branch at 0 (Goyal et al. 2017, arXiv 1706.02677); without a scale, its last weights (Fixup).
  const isZero = last.kind === 'zeroresidual';
  const name = builder.numbered('conv');
  const { kernel = spec.kernel, width, stride } = last;
  const initializer = isZero && !isNormed ? 0 : 'spec';
  const z = builder.conv(inner, kernel, stride, width, { name, initializer, bias: spec.norm === 'none' });
  const response = isNormed ? builder.norm(z, spec, name, isZero ? 0 : 1) : z;
  const branch = trail.includes('act') ? builder.activation(response, spec.act) : response;
  const sum = join(builder, block, branch, name);
  const node = appendLayerSteps(builder, spec, after, sum, name);
  const isActivated = trail.includes('act') || after.includes('act');
  const measured = {
    name,
    z,
    response,
    output: trail.includes('act') ? branch : node,
    activation: isActivated ? spec.act : 'linear',
  } as const;
  const layer = registerConv(builder, measured, place, isSingle ? shortcutTo : null);
  return { node, open: lead.length > 0 ? { layer, name } : null, blocks };
}

/** @param name of the layer that ends the branch */
function join(builder: GraphBuilder, block: Block, response: NodeId, name: string): NodeId {
  const shortcut = appendShortcut(builder, block, response);
  const gate = block.spec.gate === 'none' ? null : appendGate(builder, block, response);
  const made = { ...block, gate, name };
  const branch = appendSteps(builder, branchSteps(block.spec), response, made);
  return builder.node({ kind: 'add' }, [branch, appendSteps(builder, shortcutSteps(block.spec), shortcut, made)]);
}

/** The block's input, in the shape of its output. A projection has no bias: the conv it is added to has one. */
function appendShortcut(builder: GraphBuilder, { spec, x, active, stride }: Block, response: NodeId): NodeId {
  const shape = builder.shape(response);
  if (spec.shortcut !== 'c' && sameShape(builder.shape(x), shape)) return x;
  if (spec.shortcut === 'a') return builder.node({ kind: 'padShortcut', stride }, [x], shape[2]);
  const name = builder.numbered('projection');
  const projected = builder.conv(active, 1, stride, shape[2], { name, initializer: 'spec', bias: false });
  // Beside a branch that is normalised only once it is added, a norm of the projection alone would be one too many.
  return arrangements[spec.order].trail.includes('norm') ? builder.norm(projected, spec, name) : projected;
}

/** z of σ(z), in the shape of the block's output. */
function appendGate(builder: GraphBuilder, { spec, active, stride }: Block, response: NodeId): NodeId {
  const made = { name: builder.numbered('gate'), initializer: 'spec', bias: true, biasFrom: spec.gatebias } as const;
  return builder.conv(active, 1, stride, builder.shape(response)[2], made);
}

/** What the steps of a path need of its block. */
interface Joined extends Block {
  readonly gate: NodeId | null;
  /** Of the layer that ends the branch. */
  readonly name: string;
}

/** @param x what enters the path */
function appendSteps(builder: GraphBuilder, steps: readonly PathStep[], x: NodeId, block: Joined): NodeId {
  return steps.reduce((node, step) => appendStep(builder, step, node, block), x);
}

function appendStep(builder: GraphBuilder, step: PathStep, x: NodeId, { gate, name, survival }: Joined): NodeId {
  switch (step.kind) {
    case 'scale':
      return builder.scaled(x, step.factor);
    case 'learnedScale':
      return builder.learnedScale(x, name);
    case 'gate':
      return gate === null ? x : builder.node({ kind: 'gate', part: step.part }, [x, gate]);
    case 'dropout':
      return builder.dropped(x, 1 - step.share, 'element');
    case 'stochasticDepth':
      return builder.dropped(x, survival, 'minibatch');
  }
}
