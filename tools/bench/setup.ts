/** What every contender of a case trains: the same network from the same numbers, on the same minibatches. */

import type { TrainingImages } from '../../src/data/images.ts';
import { type Minibatches, minibatches } from '../../src/data/minibatches.ts';
import { openImages } from '../../src/data/openImages.ts';
import type { ImageSize, NetworkSpec } from '../../src/experiment/experiment.ts';
import { familyStack } from '../../src/experiment/families.ts';
import { presets } from '../../src/experiment/presets.ts';
import { buildGraph } from '../../src/network/build.ts';
import type { NetworkGraph } from '../../src/network/graph.ts';
import { initialParameters } from '../../src/network/init.ts';
import type { BenchCase } from './cases.ts';

const SEED = 1;
/** The images of the first file of the data set: enough for the steps of a bench. */
const IMAGES = 1000;
/**
 * Divided by the square of the depth: then the first two updates change the third loss by 2 to 6 per
 * cent at every depth, more than contenders may differ by. At a fixed 0.05, ResNet-56 turns a change
 * of 1e-7 in its weights into one of 1e-3 in its third loss, and rounding alone into 2 per cent.
 */
const LEARNING_RATE = 3.2;

/** A residual network of He et al.'s three stages, with option A shortcuts, and what it is trained with. */
export interface Setup {
  readonly spec: NetworkSpec;
  readonly size: ImageSize;
  readonly graph: NetworkGraph;
  /** Weight layers, 6n + 2. */
  readonly depth: number;
  /** Initial parameters in the graph's order. */
  readonly initial: readonly Float32Array[];
  readonly images: TrainingImages;
  /** Of SGD with momentum 0.9; it stays as it is. */
  readonly learningRate: number;
}

/** @param dataUrl of the folder of the embedded images */
export async function setupOf(
  { depth, width, size, batch }: BenchCase,
  dataUrl: string,
): Promise<{ setup: Setup; batches: Minibatches }> {
  const { network } = presets.s14;
  const spec = { ...network, stack: familyStack({ preset: 's14', kind: 'residual', layers: depth, width }) };
  const graph = buildGraph(spec, size);
  const arriving = openImages({ size, trainCount: IMAGES, testCount: 0, baseUrl: dataUrl });
  await arriving.until(IMAGES, 0);
  const setup = {
    spec,
    size,
    graph,
    depth,
    initial: initialParameters(graph, spec, SEED),
    images: arriving.images,
    learningRate: LEARNING_RATE / depth ** 2,
  };
  return { setup, batches: minibatches(SEED, IMAGES, batch) };
}
