/** What is peculiar about a network before it is trained, and easily taken for something else. */
import type { NetworkSpec } from '../../experiment/experiment.ts';
import type { GraphNode, NetworkGraph } from '../../network/graph.ts';
import { referencesOf } from '../../ops/ops.ts';

export type Remark =
  /** Batch norm has one image to take its statistics from. */
  | { readonly key: 'oneImage' }
  /** A norm has one number in each channel, or group, of a layer: whatever that is, it becomes 0. */
  | { readonly key: 'oneNumber'; readonly layer: string; readonly norm: 'batch' | 'layer' | 'group' }
  /** Branches that start at 0 end in a ReLU, whose slope is 0 there: they stay at 0, from this layer on. */
  | { readonly key: 'staysZero'; readonly layer: string }
  /** Layers whose channels the groups do not divide have fewer, this one first. */
  | {
      readonly key: 'fewerGroups';
      readonly layer: string;
      readonly groups: number;
      readonly channels: number;
      readonly wanted: number;
    }
  /** So many convs, this one first, read maps smaller than what their filters reach over on one side: most taps see nothing but padding. */
  | {
      readonly key: 'padding';
      readonly layer: string;
      readonly convs: number;
      readonly kernel: number;
      readonly side: number;
    };

/** @param batch images in a minibatch */
export function remarksOf(
  { nodes, layers, parameters }: NetworkGraph,
  { norm, groups: wanted }: Pick<NetworkSpec, 'norm' | 'groups'>,
  batch: number,
): readonly Remark[] {
  const nameAt = (node: number) => layers.findLast(({ z }) => z <= node)?.name ?? '';
  const startsAtZero = ({ op }: GraphNode) => {
    const [first, ...others] = referencesOf(op).map((id) => parameters[id]?.initializer);
    // Weights and biases, or scales and shifts; weights that are not drawn have biases of 0.
    return first === 0 && others.every((each) => each === 0);
  };
  const isOneNumber = ({ op, shape: [height, width, channels] }: GraphNode) =>
    (op.kind === 'batchNorm' && batch * height * width === 1) ||
    (op.kind === 'groupNorm' && (height * width * channels) / op.groups === 1);
  const single = nodes.find(isOneNumber);
  const fewer = nodes.flatMap(({ id, op, shape: [, , channels] }) =>
    norm === 'group' && op.kind === 'groupNorm' && op.groups !== wanted
      ? [{ layer: nameAt(id), groups: op.groups, channels, wanted }]
      : [],
  );
  const still = nodes.find(
    ({ op, inputs }) =>
      op.kind === 'activation' && op.fn === 'relu' && inputs.some((id) => nodes[id] && startsAtZero(nodes[id])),
  );
  const eaten = layers.flatMap(({ z, name }) => {
    const node = nodes[z];
    const [side = 0] = nodes[node?.inputs[0] ?? -1]?.shape ?? [];
    return node?.op.kind === 'conv' && side <= (node.op.kernel - 1) / 2
      ? [{ layer: name, kernel: node.op.kernel, side }]
      : [];
  });
  const [first] = eaten;
  return [
    ...(single && norm !== 'none' ? [{ key: 'oneNumber', layer: nameAt(single.id), norm } as const] : []),
    ...(norm === 'batch' && batch === 1 && !single && nodes.some(({ op }) => op.kind === 'batchNorm')
      ? [{ key: 'oneImage' } as const]
      : []),
    ...(still ? [{ key: 'staysZero', layer: nameAt(still.id) } as const] : []),
    ...(fewer[0] ? [{ key: 'fewerGroups', ...fewer[0] } as const] : []),
    ...(first ? [{ key: 'padding', convs: eaten.length, ...first } as const] : []),
  ];
}
