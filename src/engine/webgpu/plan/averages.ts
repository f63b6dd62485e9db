/** Where the running averages of batch norms are on the GPU: of each norm in the graph's order its means, then its variances, a `vec4f` a pack. */
import type { ChannelStatistics } from '../../../network/foldedNorms.ts';
import type { NetworkGraph } from '../../../network/graph.ts';
import { PACK, packsOf } from '../../plan/packs.ts';

export function averagePlaces({ nodes }: NetworkGraph) {
  let first = 0;
  return nodes.flatMap(({ id, op, shape: [rows, columns, channels] }) => {
    if (op.kind !== 'batchNorm') return [];
    const packs = packsOf(channels);
    first += 2 * packs;
    return [{ node: id, channels, packs, first: first - 2 * packs, positions: rows * columns }];
  });
}

export function averageBytes(graph: NetworkGraph): number {
  return averagePlaces(graph).reduce((sum, { packs }) => sum + 2 * 16 * packs, 0);
}

/** Fills up packs with variances of 1, which nothing divides by. */
export function packedAverages(graph: NetworkGraph, averages: readonly ChannelStatistics[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(averageBytes(graph) / 4).fill(1);
  for (const [i, { first, packs }] of averagePlaces(graph).entries()) {
    all.set(averages[i]?.mean ?? [], PACK * first);
    all.set(averages[i]?.variance ?? [], PACK * (first + packs));
  }
  return all;
}

export function unpackedAverages(graph: NetworkGraph, all: Float32Array): ChannelStatistics[] {
  return averagePlaces(graph).map(({ node, first, packs, channels }) => {
    const from = (pack: number) => all.slice(PACK * pack, PACK * pack + channels);
    return { node, mean: from(first), variance: from(first + packs) };
  });
}
