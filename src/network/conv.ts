import type { ConvItem, NetworkSpec } from '../experiment/experiment.ts';
import type { NodeId, Row, WeightLayer } from './graph.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** Where in the spec's stack a row comes from. */
export type StackPosition = Pick<Row, 'item' | 'repeat'>;

/** What is special about a conv layer. */
export interface ConvOptions {
  /** Of the first row of a residual block: the row at which its shortcut joins again. */
  readonly shortcutTo?: number | null;
  /** Of its weights. */
  readonly initializer?: 'spec' | 'dirac';
}

/** A conv of an item: all of them have its kernel and its width. */
export type ConvShape = Pick<ConvItem, 'kernel' | 'width' | 'stride'>;

/** Conv, normalisation, activation. */
export function appendConv(
  builder: GraphBuilder,
  spec: NetworkSpec,
  x: NodeId,
  { kernel = spec.kernel, width, stride }: ConvShape,
  place: StackPosition,
  { shortcutTo = null, initializer = 'spec' }: ConvOptions = {},
): NodeId {
  const name = builder.numbered('conv');
  const z = builder.conv(x, kernel, stride, width, { name, initializer, bias: spec.norm === 'none' });
  const response = builder.norm(z, spec, name);
  const output = builder.activation(response, spec.act);
  registerConv(builder, { name, z, response, output, activation: spec.act }, place, shortcutTo);
  return output;
}

/** @returns the layer's index */
export function registerConv(
  builder: GraphBuilder,
  layer: Pick<WeightLayer, 'name' | 'z' | 'response' | 'output' | 'activation'>,
  place: StackPosition,
  shortcutTo: number | null = null,
): number {
  const { op, shape } = builder.nodes[layer.z] ?? {};
  if (op?.kind !== 'conv' || !shape) throw new RangeError(`node ${layer.z} is no conv`);
  const { kernel, stride } = op;
  const row = { kind: 'conv', shape, kernel, stride, ...place, shortcutTo } as const;
  return builder.weightLayer({ ...layer, kind: 'conv' }, row);
}
