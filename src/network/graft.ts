/**
 * Grafting: layers inserted into a network that has been trained. The base keeps every parameter it has learned, and only the
 * inserted layers start afresh. Where these are the identity, the grafted network computes just what the base did: a
 * deeper network that is as good exists. What training makes of it is another matter.
 */
import type { ImageFormat } from '../experiment/dataRef.ts';
import type { Item, NetworkSpec } from '../experiment/experiment.ts';
import { problem } from '../experiment/problem.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { blockSettingKeys } from '../experiment/settings.ts';
import { itemText } from '../experiment/stack.ts';
import { buildGraph } from './build.ts';
import type { ChannelStatistics } from './foldedNorms.ts';
import type { GraphNode, NetworkGraph, ParameterId } from './graph.ts';
import { owningLayers } from './graph.ts';
import { initialParameters } from './init.ts';

/** A network with the parameters that training has given it. */
export interface TrainedBase extends ImageFormat {
  readonly spec: NetworkSpec;
  /** In the order of its graph. */
  readonly parameters: readonly Float32Array[];
  /** Running averages of its batch norms, where they are kept. */
  readonly averages?: readonly ChannelStatistics[];
}

export interface Grafted {
  readonly graph: NetworkGraph;
  readonly parameters: readonly Float32Array[];
  /** Of the batch norms that are the base's, where it keeps any. */
  readonly averages?: readonly ChannelStatistics[];
}

/** One repetition of one item. */
interface Single {
  readonly item: number;
  readonly repeat: number;
  readonly text: string;
}

function singles(stack: readonly Item[]): Single[] {
  return stack.flatMap((item, index) =>
    Array.from({ length: item.count }, (_, repeat) => ({
      item: index,
      repeat,
      text: itemText({ ...item, count: 1 }),
    })),
  );
}

const keyOf = ({ item, repeat }: { readonly item: number | null; readonly repeat: number }) => `${item} ${repeat}`;

/**
 * Which of the target's items are not the base's, taking the base's as early as possible; null if some of them are missing.
 */
function insertedInto(base: readonly Item[], target: readonly Item[]): ReadonlySet<string> | null {
  const waiting = singles(base);
  const inserted = new Set<string>();
  for (const single of singles(target)) {
    if (waiting[0]?.text === single.text) waiting.shift();
    else inserted.add(keyOf(single));
  }
  return waiting.length === 0 ? inserted : null;
}

function sameSettings(one: NetworkSpec, other: NetworkSpec): boolean {
  return (['norm', 'groups', 'act', 'kernel', 'head', ...blockSettingKeys] as const).every(
    (key) => one[key] === other[key],
  );
}

/**
 * The target's graph, with the base's parameters where its layers are the base's and initial ones elsewhere.
 *
 * @param target the base's stack with items inserted, and the same settings but for the initialisation
 * @param seed of the inserted layers' initial weights
 * @returns `graft.notInserted` where the target is not that
 */
export function graft(base: TrainedBase, target: NetworkSpec, seed: number): Result<Grafted> {
  const inserted = insertedInto(base.spec.stack, target.stack);
  if (!inserted || !sameSettings(base.spec, target)) return failure(problem('graft.notInserted'));
  const graph = buildGraph(target, base);
  const initial = initialParameters(graph, target, seed);
  const owners = owningLayers(graph);
  let next = 0;
  /** Which of the base's parameters each is; null where it is none. */
  const origins = graph.parameters.map(({ id }) => {
    const row = graph.rows[graph.layers[owners[id] ?? -1]?.row ?? -1];
    return row !== undefined && inserted.has(keyOf(row)) ? null : next++;
  });
  const parameters = origins.map(
    (from, id) => (from === null ? initial : base.parameters)[from ?? id] ?? new Float32Array(),
  );
  const { averages } = base;
  return success({ graph, parameters, ...(averages && { averages: keptAverages(base, averages, graph, origins) }) });
}

/** The base's averages, with the nodes that its norms are in the graph. */
function keptAverages(
  base: TrainedBase,
  averages: readonly ChannelStatistics[],
  graph: NetworkGraph,
  origins: readonly (ParameterId | null)[],
): ChannelStatistics[] {
  const scaleOf = ({ op }: GraphNode) => (op.kind === 'batchNorm' ? op.scale : null);
  const before = buildGraph(base.spec, base).nodes;
  return graph.nodes.flatMap((node) => {
    const scale = scaleOf(node);
    const from = scale === null ? null : (origins[scale] ?? null);
    const norm = from === null ? undefined : before.find((each) => scaleOf(each) === from);
    const own = averages.find((each) => each.node === norm?.id);
    return own ? [{ ...own, node: node.id }] : [];
  });
}
