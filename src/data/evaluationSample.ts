/** Which images the errors are measured on: always the same, and the first to arrive. Every prefix of the data is balanced. */

export interface EvaluationSample {
  /** Training images from which batch norm's statistics are re-estimated ("precise BN"). */
  readonly calibration: Uint32Array;
  /** Training images for the training error. */
  readonly train: Uint32Array;
  /** Test images for the test error. */
  readonly test: Uint32Array;
}

/** Images that the training error is measured on, and, unless more are asked for, the test error. */
export const evaluationImages = 1000;
/** Images that batch norm's statistics are re-estimated from. */
export const calibrationImages = 512;

const first = (count: number) => Uint32Array.from({ length: count }, (_, index) => index);

/**
 * The sample of an experiment with `trainCount` training and `testCount` test images.
 * @param mostTests what looks at each image closely looks at no more
 */
export function evaluationSample(
  trainCount: number,
  testCount = evaluationImages,
  mostTests = evaluationImages,
): EvaluationSample {
  return {
    calibration: first(Math.min(calibrationImages, trainCount)),
    train: first(Math.min(evaluationImages, trainCount)),
    test: first(Math.min(mostTests, testCount)),
  };
}

/** How many images of each part of the data must have arrived before a sample can be evaluated. */
export function imagesNeeded({ calibration, train, test }: EvaluationSample): { train: number; test: number } {
  return { train: Math.max(calibration.length, train.length), test: test.length };
}
