import type { NetworkSpec } from '../experiment/experiment.ts';
import type { NodeId, Row, WeightLayer } from './graph.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** Where in the spec's stack a row comes from. */
export type StackPosition = Pick<Row, 'item' | 'repeat'>;

/** What is special about a conv layer. */
export interface ConvOptions {
  /** Of the first row of a residual block: the row at which its shortcut joins again. */
  readonly shortcutTo?: number | null;
  /** Of its weights. */
  readonly initializer?: 'spec' | 'dirac' | 0;
  /** What the scale of its normalisation starts at. */
  readonly scaledBy?: 0 | 1;
  /** What happens between normalisation and activation: the addition that ends a residual block. Is told the layer's name. */
  readonly join?: (response: NodeId, name: string) => NodeId;
}

/** Conv, normalisation, activation. */
export function appendConv(
  builder: GraphBuilder,
  spec: NetworkSpec,
  x: NodeId,
  width: number,
  stride: 1 | 2,
  place: StackPosition,
  { shortcutTo = null, initializer = 'spec', scaledBy = 1, join = (response) => response }: ConvOptions = {},
): NodeId {
  const name = builder.numbered('conv');
  const z = builder.conv(x, 3, stride, width, { name, initializer, bias: spec.norm === 'none' });
  const response = builder.norm(z, spec.norm, name, scaledBy);
  const output = builder.activation(join(response, name), spec.act);
  registerConv(builder, { name, z, response, output, activation: spec.act }, stride, place, shortcutTo);
  return output;
}

/** @returns the layer's index */
export function registerConv(
  builder: GraphBuilder,
  layer: Pick<WeightLayer, 'name' | 'z' | 'response' | 'output' | 'activation'>,
  stride: 1 | 2,
  place: StackPosition,
  shortcutTo: number | null = null,
): number {
  const row = { kind: 'conv', shape: builder.shape(layer.z), stride, ...place, shortcutTo } as const;
  return builder.weightLayer({ ...layer, kind: 'conv' }, row);
}
