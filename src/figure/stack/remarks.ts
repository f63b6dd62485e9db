/** What is peculiar about a network before it is trained, and easily taken for something else. */
import type { NetworkGraph } from '../../network/graph.ts';

export type Remark =
  /** Batch norm has one image to take its statistics from. */
  | { readonly key: 'oneImage' }
  /** It has one number in each channel of a layer: whatever that is, it becomes 0. */
  | { readonly key: 'oneNumber'; readonly layer: string }
  /** So many convs, this one first, read maps smaller than what their filters reach over on one side: most taps see nothing but padding. */
  | {
      readonly key: 'padding';
      readonly layer: string;
      readonly convs: number;
      readonly kernel: number;
      readonly side: number;
    };

/** @param batch images in a minibatch */
export function remarksOf({ nodes, layers }: NetworkGraph, batch: number): readonly Remark[] {
  const nameAt = (node: number) => layers.findLast(({ z }) => z <= node)?.name ?? '';
  const norms = batch === 1 ? nodes.filter(({ op }) => op.kind === 'batchNorm') : [];
  const single = norms.find(({ shape: [height, width] }) => height * width === 1);
  const eaten = layers.flatMap(({ z, name }) => {
    const node = nodes[z];
    const [side = 0] = nodes[node?.inputs[0] ?? -1]?.shape ?? [];
    return node?.op.kind === 'conv' && side <= (node.op.kernel - 1) / 2
      ? [{ layer: name, kernel: node.op.kernel, side }]
      : [];
  });
  const [first] = eaten;
  return [
    ...(single ? [{ key: 'oneNumber', layer: nameAt(single.id) } as const] : []),
    ...(norms.length > 0 && !single ? [{ key: 'oneImage' } as const] : []),
    ...(first ? [{ key: 'padding', convs: eaten.length, ...first } as const] : []),
  ];
}
