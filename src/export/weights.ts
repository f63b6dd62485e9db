/**
 * A network's parameters as PyTorch arranges them, so that they can be exchanged: convs [out, in, row, column]; dense layers
 * [units, inputs] with inputs by channel, row and column, as `nn.Flatten` has them. Ours are [row, column, in, out], and [inputs, units]
 * with inputs by row, column and channel.
 */
import { type Problem, problem } from '../experiment/problem.ts';
import type { ChannelStatistics } from '../network/foldedNorms.ts';
import type { TrainedBase } from '../network/graft.ts';
import type { NetworkGraph, NodeId, Parameter } from '../network/graph.ts';
import { readSafetensors, safetensors } from './safetensors.ts';

export interface Arrangement {
  readonly name: string;
  readonly shape: readonly number[];
  /** Where each number stands in ours. */
  readonly places: Uint32Array;
}

/** Places of the numbers of [row, column, in, out] in the order of [out, in, row, column]. */
function transposed(rows: number, columns: number, inputs: number, outputs: number): Uint32Array {
  const places = new Uint32Array(rows * columns * inputs * outputs);
  let next = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          places[next++] = ((row * columns + column) * inputs + i) * outputs + o;
        }
      }
    }
  }
  return places;
}

/** How PyTorch arranges each of a network's parameters, in the graph's order. */
export function arrangements({ nodes, parameters }: NetworkGraph): Arrangement[] {
  return parameters.map(({ id, name, role, shape }: Parameter): Arrangement => {
    const [first = 1, second = 1, inputs = 1, outputs = 1] = shape;
    if (role !== 'weight') return { name, shape, places: Uint32Array.from({ length: first }, (_, i) => i) };
    if (shape.length === 4) {
      return { name, shape: [outputs, inputs, first, second], places: transposed(first, second, inputs, outputs) };
    }
    const user = nodes.find(({ op }) => op.kind === 'dense' && op.weight === id);
    const [rows, columns, channels] = nodes[user?.inputs[0] ?? 0]?.shape ?? [1, 1, first];
    return { name, shape: [second, first], places: transposed(rows, columns, channels, second) };
  });
}

/**
 * A network's parameters as a file of safetensors, by the names that they have on the page.
 *
 * @param trained the parameters in the graph's order, and the running averages of its batch norms where they are kept
 * @param link to what was trained
 */
export function weightsFile(
  graph: NetworkGraph,
  { parameters, averages }: Pick<TrainedBase, 'parameters' | 'averages'>,
  link: string,
): Uint8Array<ArrayBuffer> {
  const ofNorms = (averages ?? []).flatMap(({ node, ...values }) =>
    averageNames(graph, node).map(([name, which]) => ({ name, shape: [values[which].length], values: values[which] })),
  );
  const tensors = arrangements(graph).map(({ name, shape, places }, id) => {
    return { name, shape, values: Float32Array.from(places, (place) => parameters[id]?.[place] ?? Number.NaN) };
  });
  return safetensors([...tensors, ...ofNorms], { format: 'pt', depthscope: link });
}

/** What a batch norm's running averages are called, after its scale; none where a node is no batch norm. */
function averageNames({ nodes, parameters }: NetworkGraph, node: NodeId) {
  const { op } = nodes[node] ?? {};
  if (op?.kind !== 'batchNorm') return [];
  const name = (parameters[op.scale]?.name ?? '').replace(/scale$/, 'running');
  return [[`${name} mean`, 'mean'] as const, [`${name} variance`, 'variance'] as const];
}

export interface ReadWeights {
  /** In the graph's order; empty where there is a problem. */
  readonly parameters: readonly Float32Array[];
  /** Of the batch norms that have any in the file. */
  readonly averages: readonly ChannelStatistics[];
  /** Each fault of the file. */
  readonly problems: readonly Problem[];
}

/** The parameters of a network from such a file, which must hold all of them, and nothing else but running averages. */
export function readWeights(graph: NetworkGraph, bytes: Uint8Array): ReadWeights {
  const read = readSafetensors(bytes);
  if (!read.ok) return { parameters: [], averages: [], problems: [read.problem] };
  const found = new Map(read.value.map((tensor) => [tensor.name, tensor]));
  const problems: Problem[] = [];
  const parameters = arrangements(graph).map(({ name, shape, places }) => {
    const tensor = found.get(name);
    found.delete(name);
    const values = new Float32Array(places.length);
    if (!tensor) problems.push(problem('weights.missing', { name, shape: shape.join('×') }));
    else if (tensor.shape.join() !== shape.join()) {
      problems.push(problem('weights.shape', { name, found: tensor.shape.join('×'), shape: shape.join('×') }));
    } else if (!tensor.values.every(Number.isFinite)) problems.push(problem('weights.notFinite', { name }));
    else for (const [i, place] of places.entries()) values[place] = tensor.values[i] ?? 0;
    return values;
  });
  const averages = graph.nodes.flatMap(({ id, shape }) => {
    const [mean, variance] = averageNames(graph, id).map(([name]) => {
      const values = found.get(name)?.values;
      if (values?.length !== shape[2] || !values.every(Number.isFinite)) return null;
      found.delete(name);
      return values;
    });
    return mean && variance ? [{ node: id, mean, variance }] : [];
  });
  for (const name of found.keys()) problems.push(problem('weights.unknown', { name }));
  return { parameters: problems.length > 0 ? [] : parameters, averages, problems };
}
