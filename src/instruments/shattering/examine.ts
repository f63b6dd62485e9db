import { gather } from '../../data/gather.ts';
import type { ImageSet, TrainingImages } from '../../data/images.ts';
import { withInputLayer } from '../../network/inputLayer.ts';
import type { Examine } from '../../session/examination.ts';
import { foldedOf, levelsOf } from '../examination/examiner.ts';
import { LINE_POINTS } from './report.ts';

/** Evenly spaced points of the straight line from one vector to another, one after the other. */
function lineBetween(from: ArrayLike<number>, to: ArrayLike<number>): Float32Array {
  const { length } = from;
  return Float32Array.from({ length: LINE_POINTS * length }, (_, index) => {
    const share = Math.floor(index / length) / (LINE_POINTS - 1);
    return (1 - share) * (from[index % length] ?? Number.NaN) + share * (to[index % length] ?? Number.NaN);
  });
}

/** The points of the line between two test images as images of their own, all with the label of the first one. */
function imagesBetween({ test, size }: TrainingImages, [from, to]: readonly [number, number]) {
  const { pixels, labels } = gather(test, Uint32Array.of(from, to));
  const area = size * size;
  const [label = 0, other = 0] = labels;
  const points: ImageSet = {
    count: LINE_POINTS,
    pixels: lineBetween(pixels.subarray(0, area), pixels.subarray(area)),
    labels: new Uint8Array(LINE_POINTS).fill(label),
  };
  return { points, labels: [label, other] as const };
}

/** The gradient of the loss by the image, at points of the line between two test images. */
export const examine: Examine<'shattering'> = async function* (subject, { ends }) {
  const { engine, images, training, step } = subject;
  const { size } = images;
  const frozen = await foldedOf(subject);
  const { graph, parameters, input } = withInputLayer(frozen.graph, frozen.parameters);
  const { points, labels } = imagesBetween(images, ends);
  const [from = [], to = []] = levelsOf(images, ends);
  const trainer = await engine.createTrainer(graph, parameters, training, { size, train: points, test: points });
  try {
    const all = Uint32Array.from({ length: LINE_POINTS }, (_, point) => point);
    const [gradients = new Float32Array()] = (await trainer.signals('test', all, [input])).gradients;
    const line = Uint8Array.from(lineBetween(from, to), Math.round);
    yield { step, images: LINE_POINTS, done: 1, planned: 1, ends, labels, size, line, gradients };
  } finally {
    trainer.dispose();
  }
};
