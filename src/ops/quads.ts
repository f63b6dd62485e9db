/**
 * Maps taken apart into the four corners of their 2×2 squares, and put together again: what the
 * gradients of strided convolutions and of pooling need. Only ranks up to 3 are used, the most that
 * every tfjs backend pads, splits and concatenates.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Activations } from './tfjs.ts';

/** Top left, top right, bottom left and bottom right of every square, each [N, ⌈H/2⌉, ⌈W/2⌉, C]. */
export type Quads = readonly [Activations, Activations, Activations, Activations];

/**
 * @param x [N, H, W, C]; an odd height or width is filled up with −∞, which is never the maximum
 */
export function toQuads(x: Activations): Quads {
  const [n, height, width, c] = x.shape;
  const [h, w] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const even = tf.pad(
    x,
    [
      [0, 0],
      [0, 2 * h - height],
      [0, 2 * w - width],
      [0, 0],
    ],
    Number.NEGATIVE_INFINITY,
  );
  const rows = tf.split(tf.reshape(even, [n * h, 2, 2 * w * c]), 2, 1);
  const corners = rows.flatMap((row) => tf.split(tf.reshape(row, [n * h * w, 2, c]), 2, 1));
  const shaped = corners.map((corner) => tf.reshape(corner, [n, h, w, c]) as Activations);
  return shaped as unknown as Quads;
}

/**
 * The inverse of `toQuads`.
 * @returns [N, height, width, C]; height is 2h or 2h − 1 for quads of height h, likewise width
 */
export function fromQuads(
  [topLeft, topRight, bottomLeft, bottomRight]: Quads,
  height: number,
  width: number,
): Activations {
  const [n, h, w, c] = topLeft.shape;
  const row = (left: Activations, right: Activations) => {
    const pixels = [left, right].map((x) => tf.reshape(x, [n * h * w, 1, c]));
    return tf.reshape(tf.concat(pixels, 1), [n * h, 1, 2 * w * c]);
  };
  const rows = tf.concat([row(topLeft, topRight), row(bottomLeft, bottomRight)], 1);
  const even: Activations = tf.reshape(rows, [n, 2 * h, 2 * w, c]);
  return height === 2 * h && width === 2 * w ? even : tf.slice(even, [0, 0, 0, 0], [n, height, width, c]);
}

/** x with a zero after every pixel of every row and column, cropped: how the gradient of stride 2 reaches its input. */
export function spreadOut(x: Activations, height: number, width: number): Activations {
  const zeros = tf.zerosLike(x);
  return fromQuads([x, zeros, zeros, zeros], height, width);
}
