/** The first steps of a run in double precision: by the reference engine, which is plain loops, without a browser. */
import { minibatches } from '../../src/data/minibatches.ts';
import { openImages } from '../../src/data/openImages.ts';
import { createReferenceEngine } from '../../src/engine/reference/engine.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { learningRate } from '../../src/experiment/schedule.ts';
import { buildGraph } from '../../src/network/build.ts';
import { initialParameters } from '../../src/network/init.ts';

/**
 * Trains the first network of an experiment.
 *
 * @param images of a data set that somebody has brought, as the page packs them
 * @param onLoss is given the loss of each step in turn
 */
export async function trainInDouble(
  { networks: [spec], training }: Experiment,
  images: Blob,
  steps: number,
  onLoss: (loss: number) => void,
): Promise<void> {
  const { size, data, train, test, input, seed, batch, augment } = training;
  if (!spec || !data) throw new RangeError('an experiment without a network, or on the built-in images');
  const arriving = openImages({
    baseUrl: '',
    size,
    data,
    find: async () => images,
    trainCount: train,
    testCount: test,
    input,
  });
  await arriving.until(train, 0);
  const graph = buildGraph(spec, training);
  const trainer = await createReferenceEngine().createTrainer(
    graph,
    initialParameters(graph, spec, seed),
    training,
    arriving.images,
  );
  const batches = minibatches(seed, train, batch, augment);
  for (let step = 1; step <= steps; step++) {
    onLoss((await trainer.step(batches.images(step), learningRate(training, step - 1))).loss);
  }
}
