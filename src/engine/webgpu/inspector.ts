/** Looks into a network: what nodes put out for a minibatch. Plans are made for the occasion; their kernels are shared. */
import type { ImageSet } from '../../data/images.ts';
import type { NetworkGraph, NodeId } from '../../network/graph.ts';
import { elements } from '../../network/shapes.ts';
import type { GpuContext } from './context.ts';
import { packsOf } from './kernels/wgsl.ts';
import { storageBuffer } from './parameterStore.ts';
import { compileInspection } from './plan/compile.ts';
import { readBack } from './readback.ts';
import { type Arenas, Runner } from './runner.ts';

/**
 * @param own what belongs to the network: parameters, the updates made so far, what its `drop` nodes draw by
 * @returns for each node [images, height, width, channels]
 */
export async function inspect(
  { device, tuning, pipelines, blocks, images: store }: GpuContext,
  graph: NetworkGraph,
  own: Pick<Arenas, 'parameters' | 'control' | 'drops'>,
  set: ImageSet,
  images: Uint32Array,
  nodes: readonly NodeId[],
): Promise<Float32Array[]> {
  const plan = compileInspection(graph, images.length, tuning, nodes);
  const norms = storageBuffer(device, 'norms', plan.arenas.norms ?? 0);
  const response = storageBuffer(device, 'response', plan.arenas.response ?? 0);
  const { pixels, labels } = store.of(set);
  const runner = await Runner.create(device, pipelines, blocks, plan, { ...own, norms, response, pixels, labels });
  store.require(set, images);
  runner.submit(images);
  const spans = plan.inspected.map((buffer) => ({ buffer: runner.buffer(buffer), bytes: buffer.bytes }));
  const found = await readBack(device, spans);
  runner.dispose();
  norms.destroy();
  response.destroy();
  return nodes.map((node, i) =>
    dense(found[i] ?? new Float32Array(), graph.nodes[node]?.shape ?? [1, 1, 1], images.length),
  );
}

/** Leaves out the zeros that fill up the last pack. */
function dense(packed: Float32Array, shape: readonly [number, number, number], images: number): Float32Array {
  const channels = shape[2];
  const stride = 4 * packsOf(channels);
  const values = new Float32Array(images * elements(shape));
  for (let pixel = 0; pixel * channels < values.length; pixel++) {
    values.set(packed.subarray(pixel * stride, pixel * stride + channels), pixel * channels);
  }
  return values;
}
