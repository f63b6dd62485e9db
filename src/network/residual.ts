/**
 * Residual blocks: two convs on the residual branch, and a shortcut around them (He et al. 2015, Fig. 2). With the
 * original settings a block is the plain block's two layers with one addition, so a plain network and its residual twin have the
 * same parameters, in the same order, wherever the shortcut is option A.
 *
 * Post-activation (2015) is conv, norm, act, conv, norm, add, act. Pre-activation (He et al. 2016, arXiv 1603.05027, Fig. 4e
 * and appendix) is norm, act, conv, norm, act, conv, add. There, the first block of a run finds its input activated already by the
 * layer in front, as the stem's activation is moved before the paths part; after the last block of a run comes one more norm and
 * act. What the stream passes from block to block is raw; convs, of projections and gates too, read it activated, as in the
 * authors' code. Identity and zero-padded shortcuts read it raw.
 */
import type { ConvItem, NetworkSpec } from '../experiment/experiment.ts';
import { blocksOf } from '../experiment/stack.ts';
import { sameShape } from '../ops/shapes.ts';
import { branchSteps, type PathStep, shortcutSteps, survivalOf } from './blockPaths.ts';
import { appendConv, type ConvOptions, registerConv, type StackPosition } from './conv.ts';
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

/** The stream after its outstanding normalisation and activation, which belong to the layer that left them. */
export function activated(builder: GraphBuilder, spec: NetworkSpec, stream: ResidualStream): ResidualStream {
  if (stream.open === null) return stream;
  const { layer, name } = stream.open;
  const node = builder.activation(builder.norm(stream.node, spec, name), spec.act);
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

export function appendResidual(
  builder: GraphBuilder,
  spec: NetworkSpec,
  stream: ResidualStream,
  item: ConvItem,
  place: StackPosition,
): ResidualStream {
  const blocks = stream.blocks + 1;
  const survival = survivalOf(spec, blocks, blocksOf(spec.stack));
  const active = activated(builder, spec, stream).node;
  const block: Block = { spec, stride: item.stride, x: stream.node, active, survival };
  const options = { shortcutTo: builder.rows.length + 1 };
  const inner = appendConv(builder, spec, active, item, place, options);
  const last = spec.order === 'post' ? appendPostActivated : appendPreActivated;
  return { ...last(builder, block, inner, item, place), blocks };
}

/** The second conv with its norm, the addition and the activation. */
function appendPostActivated(builder: GraphBuilder, block: Block, inner: NodeId, item: ConvItem, place: StackPosition) {
  const node = appendConv(builder, block.spec, inner, { ...item, stride: 1 }, place, {
    ...(item.kind === 'zeroresidual' && zeroAtFirst(block.spec)),
    join: (response, name) => join(builder, block, response, name),
  });
  return { node, open: null };
}

/** The second conv and the addition, whose norm and activation are left to what follows. */
function appendPreActivated(
  builder: GraphBuilder,
  block: Block,
  inner: NodeId,
  { kind, kernel = block.spec.kernel, width }: ConvItem,
  place: StackPosition,
) {
  const name = builder.numbered('conv');
  const initializer = kind === 'zeroresidual' ? 0 : 'spec';
  const z = builder.conv(inner, kernel, 1, width, { name, initializer, bias: block.spec.norm === 'none' });
  const node = join(builder, block, z, name);
  const layer = registerConv(builder, { name, z, response: z, output: node, activation: 'linear' }, place);
  return { node, open: { layer, name } };
}

/** The last scale of a branch at 0 (Goyal et al. 2017, arXiv 1706.02677); without a scale, its last weights (Fixup). */
function zeroAtFirst({ norm }: NetworkSpec): ConvOptions {
  return norm === 'none' ? { initializer: 0 } : { scaledBy: 0 };
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
  // Before the branch's own sum is normalised, a norm of the projection alone would be one too many.
  return spec.order === 'pre' ? projected : builder.norm(projected, spec, name);
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
