/**
 * The loss around a network's weights, along one or two filter-normalised directions (`directions.ts`), streamed coarse to fine.
 *
 * Batch norm uses the statistics of the images at each point: they are calibrated on the same images. The authors' code evaluates
 * with running averages; those belong to the weights in the middle, and make the loss explode beside it. What is drawn at random in
 * training takes its expectation.
 */
import { meanCrossEntropy } from '../../engine/classify.ts';
import { costOf } from '../../network/cost.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { Subject } from '../../session/examination.ts';
import { firstImages } from '../examination/examiner.ts';
import { sliceDirection } from './directions.ts';
import { coarseToFine, distanceOf, type SliceReport, type SliceRequest } from './report.ts';

type Weights = readonly Float32Array[];

/** Weights moved by a distance along each direction. */
function moved(weights: Weights, directions: readonly Float64Array[][], distances: readonly number[]): Weights {
  return weights.map((values, id) =>
    values.map((value, i) =>
      directions.reduce((sum, each, axis) => sum + (distances[axis] ?? 0) * (each[id]?.[i] ?? 0), value),
    ),
  );
}

/** Whether every layer in front of the classifier is normalised, so that no signal grows from layer to layer. */
function isNormalized({ layers, logits }: NetworkGraph): boolean {
  return layers.every(({ z, response }) => z === logits || z !== response);
}

/** The loss of weights over the images, by a trainer of their own; the subject's is left alone. */
async function lossMeter({ graph, training, images, engine }: Subject, start: Weights, count: number) {
  const indices = firstImages(count, images);
  const labels = images.train.labels.subarray(0, indices.length);
  const trainer = await engine.createTrainer(graph, start, { ...training, opt: 'sgd', stats: 'precise' }, images);
  const mayOverflow = !isNormalized(graph);
  return {
    images: indices.length,
    lossAt: async (weights: Weights): Promise<number> => {
      trainer.restore({ parameters: weights, moments: [], updates: 0 });
      const loss = meanCrossEntropy(await trainer.logits('train', indices, indices), labels);
      if (!mayOverflow || !Number.isFinite(loss)) return loss;
      // A ReLU can make zeros of what has overflowed, and the logits look healthy. A training step sees it in every layer.
      const { overflow } = await trainer.step(indices, 0);
      return overflow?.where === 'activation' ? Number.NaN : loss;
    },
    dispose: () => trainer.dispose(),
  };
}

async function* slice(subject: Subject, asked: SliceRequest, axes: 1 | 2): AsyncGenerator<SliceReport> {
  const { graph, step, trainer, training } = subject;
  const { side, radius } = asked;
  const { parameters: weights } = await trainer.snapshot();
  const directions = ([1, 2] as const)
    .slice(0, axes)
    .map((which) => sliceDirection(graph, weights, training.seed, which));
  const order = coarseToFine(side, axes);
  const losses: (number | null)[] = order.map(() => null);
  const meter = await lossMeter(subject, weights, asked.images);
  const { parameters } = costOf(graph);
  const shared = { step, images: meter.images, side, radius, parameters, planned: order.length };
  try {
    yield { ...shared, done: 0, losses: [...losses] };
    for (const [index, point] of order.entries()) {
      const place = axes === 1 ? [point] : [point % side, Math.floor(point / side)];
      const distances = place.map((each) => distanceOf(asked, each));
      losses[point] = await meter.lossAt(moved(weights, directions, distances));
      yield { ...shared, done: index + 1, losses: [...losses] };
    }
  } finally {
    meter.dispose();
  }
}

/** Along the first direction. */
export const line = (subject: Subject, asked: SliceRequest) => slice(subject, asked, 1);

/** Along both. */
export const plane = (subject: Subject, asked: SliceRequest) => slice(subject, asked, 2);
