import type { Activation } from '../../experiment/experiment.ts';

/** A saturated unit's derivative is, on average, below this share of the function's largest. */
const SATURATED = 0.01;

/**
 * Share of units, channels times positions, through which a minibatch sends no gradient: 0 for every image behind ReLU, saturated
 * on average behind sigmoid and tanh.
 *
 * @param activation the function behind which the values stand
 * @param values [images, height, width, channels]
 */
export function deadFraction(activation: Activation, values: ArrayLike<number>, images: number): number {
  const units = values.length / images;
  const isDead = (unit: number) => {
    const own = Float64Array.from({ length: images }, (_, image) => values[image * units + unit] ?? Number.NaN);
    const mean = (f: (value: number) => number) => own.reduce((sum, value) => sum + f(value), 0) / images;
    switch (activation) {
      case 'relu':
        return own.every((value) => value === 0);
      case 'sigmoid':
        return mean((value) => value * (1 - value)) < SATURATED * 0.25;
      case 'tanh':
        return mean((value) => 1 - value ** 2) < SATURATED;
      default:
        return false;
    }
  };
  return Array.from({ length: units }, (_, unit) => unit).filter(isDead).length / units;
}
