import { classesOf } from '../../network/graph.ts';
import type { Examine } from '../../session/examination.ts';
import { levelsOf, sampleOf } from '../examination/examiner.ts';

/** Classes of which an image is shown: of a hundred, nobody looks at all. */
const MOST_CLASSES = 20;

/** The first test image of each class; the network sees them as it does when its errors are measured. */
export const examine: Examine<'answers'> = async function* (
  { trainer, training, images, step, ...subject },
  { isAnswered },
) {
  const { test, calibration } = sampleOf({ trainer, training, images, step, ...subject });
  const labels = Array.from(test, (index) => images.test.labels[index]);
  const classes = classesOf(subject.graph);
  const chosen = Array.from({ length: Math.min(classes, MOST_CLASSES) }, (_, label) => labels.indexOf(label)).filter(
    (index) => index >= 0,
  );
  const logits = isAnswered ? await trainer.logits('test', Uint32Array.from(chosen), calibration) : null;
  const pixels = levelsOf(images, chosen);
  yield {
    step,
    images: chosen.length,
    done: 1,
    planned: 1,
    answered: chosen.map((index, at) => ({
      label: labels[index] ?? 0,
      answer: logits && largest(logits.subarray(at * classes, (at + 1) * classes)),
      pixels: pixels[at] ?? new Uint8Array(),
    })),
    size: images.size,
  };
};

/** The place of the largest number; null where one is none. */
function largest(numbers: Float32Array): number | null {
  const place = numbers.indexOf(Math.max(...numbers));
  return place < 0 ? null : place;
}
