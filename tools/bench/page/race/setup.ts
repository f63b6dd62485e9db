import { type Minibatches, minibatches } from '../../../../src/data/minibatches.ts';
import { openImages } from '../../../../src/data/openImages.ts';
import { familyStack } from '../../../../src/experiment/families.ts';
import { presets } from '../../../../src/experiment/presets.ts';
import { buildGraph } from '../../../../src/network/build.ts';
import { initialParameters } from '../../../../src/network/init.ts';
import type { BenchCase } from '../case.ts';
import type { Setup } from '../contenders/contender.ts';

const SEED = 1;
/** The images of the first file of the data set: enough for the steps of a bench. */
const IMAGES = 1000;
/**
 * Divided by the square of the depth: then the first two updates change the third loss by 2 to 6 per
 * cent at every depth, more than contenders may differ by. At a fixed 0.05, ResNet-56 turns a change
 * of 1e-7 in its weights into one of 1e-3 in its third loss, and rounding alone into 2 per cent.
 */
const LEARNING_RATE = 3.2;

/**
 * What every contender of a case trains: the same network from the same numbers, on the same minibatches.
 * @param dataUrl of the folder of the embedded images
 */
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
    graph,
    depth,
    initial: initialParameters(graph, spec, SEED),
    images: arriving.images,
    learningRate: LEARNING_RATE / depth ** 2,
  };
  return { setup, batches: minibatches(SEED, IMAGES, batch) };
}
