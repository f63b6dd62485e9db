import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../network/random.ts';
import { channelSums, total } from '../../ops/sums.ts';
import type { Engine } from '../engine.ts';
import { createTfjsEngine } from './engine.ts';
import { l2Norm, rootMeanSquare, standardDeviation } from './scalars.ts';

/** A minibatch of 32 at 256 channels and full resolution: 6.4 million numbers, the largest response that is measured. */
const shape: [number, number, number, number] = [32, 28, 28, 256];
const size = shape.reduce((product, side) => product * side, 1);

describe('sums over millions of numbers on wasm', () => {
  let engine: Engine;
  let values: Float32Array;
  let x: tf.Tensor4D;
  beforeAll(async () => {
    engine = await createTfjsEngine('wasm');
    const uniform = random(1, 'sums');
    values = Float32Array.from({ length: size }, () => 1 + uniform());
    x = tf.tensor4d(values, shape);
  });
  afterAll(() => {
    x.dispose();
    engine.dispose();
  });

  const relative = (found: number, exact: number) => Math.abs(found / exact - 1);
  const read = ([found = Number.NaN]: ArrayLike<number> & Iterable<number>) => found;

  /** In float64. */
  function exact() {
    const sum = Array.from(values).reduce((so, value) => so + value, 0);
    const squares = values.reduce((so, value) => so + value ** 2, 0);
    return { sum, squares, std: Math.sqrt(squares / size - (sum / size) ** 2) };
  }

  it('are right to 10⁻⁵, as norms, means and standard deviations of them are', () => {
    const { sum, squares, std } = exact();
    expect(relative(read(total(x).dataSync()), sum)).toBeLessThan(1e-5);
    expect(relative(read(rootMeanSquare(x).dataSync()), Math.sqrt(squares / size))).toBeLessThan(1e-5);
    expect(relative(read(l2Norm(x).dataSync()), Math.sqrt(squares))).toBeLessThan(1e-5);
    expect(relative(read(standardDeviation(x).dataSync()), std)).toBeLessThan(1e-5);
  });

  it('are right for every channel', () => {
    const sums = new Float64Array(256);
    values.forEach((value, i) => {
      sums[i % 256] = (sums[i % 256] ?? 0) + value;
    });
    const found = channelSums(x).dataSync();
    sums.forEach((sum, channel) => {
      expect(relative(found[channel] ?? Number.NaN, sum)).toBeLessThan(2e-6);
    });
  });

  it('are right where the numbers do not fill whole runs', () => {
    for (const count of [1, 255, 256, 257, 66_049]) {
      const some = values.subarray(0, count);
      const sum = some.reduce((so, value) => so + value, 0);
      expect(relative(read(total(tf.tensor1d(some)).dataSync()), sum)).toBeLessThan(1e-6);
    }
  });
});
