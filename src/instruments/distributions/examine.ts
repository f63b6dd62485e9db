import { deadFraction } from '../../engine/reference/measure.ts';
import type { WeightLayer } from '../../network/graph.ts';
import { elements } from '../../ops/shapes.ts';
import type { Examine, Subject } from '../../session/examination.ts';
import { firstImages, inChunks, MOST_BYTES } from '../examination/examiner.ts';
import { histogramOf } from './histogram.ts';
import type { DistributionsReport, LayerDistributions } from './report.ts';

export const examine: Examine<'distributions'> = (subject) => distributions(subject, MOST_BYTES);

/**
 * Activations and signal gradients of every weight layer over the first training images, as many as a minibatch has.
 * Each chunk of layers takes a pass forwards and backwards.
 */
export async function* distributions(subject: Subject, mostBytes: number): AsyncGenerator<DistributionsReport> {
  const { graph, step, images, training } = subject;
  const indices = firstImages(training.batch, images);
  const size = (node: number) => elements(graph.nodes[node]?.shape ?? []);
  // Signals are both what a node puts out and the gradient by it, whichever is looked at.
  const bytesOf = ({ z, output }: WeightLayer) => 8 * indices.length * (size(z) + size(output));
  const shared = { step, images: indices.length, planned: graph.layers.length };
  const layers: LayerDistributions[] = [];
  for (const chunk of inChunks(graph.layers, bytesOf, mostBytes)) {
    layers.push(...(await distributionsOf(subject, chunk, indices)));
    yield { ...shared, done: layers.length, layers: [...layers] };
  }
}

async function distributionsOf(
  { trainer }: Subject,
  layers: readonly WeightLayer[],
  indices: Uint32Array,
): Promise<LayerDistributions[]> {
  const nodes = layers.flatMap(({ z, output }) => [z, output]);
  const { outputs, gradients } = await trainer.signals('train', indices, nodes);
  return layers.map(({ name, activation }, index) => {
    const output = outputs[2 * index + 1] ?? [];
    return {
      name,
      activation,
      activations: histogramOf(output),
      gradients: histogramOf(gradients[2 * index] ?? []),
      dead: deadFraction(activation, output, indices.length),
    };
  });
}
