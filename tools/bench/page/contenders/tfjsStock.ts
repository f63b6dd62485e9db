/**
 * TensorFlow.js as its users write it: a function of variables, `optimizer.minimize`, autodiff, the
 * library's own ops, on its WebGPU backend.
 */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { gather } from '../../../../src/data/gather.ts';
import { NORM_EPSILON } from '../../../../src/ops/batchNorm/op.ts';
import { MOMENTUM } from '../../../../src/ops/optimizer/optimizer.ts';
import type { Setup } from '../../setup.ts';
import { blockStrides, type Contender } from './contender.ts';

/** Of the built-in images. */
const CLASSES = 10;

type Take = <T extends tf.Tensor>() => T;

/** A 3×3 conv layer with batch normalisation by the minibatch's own statistics. */
function normedConv(x: tf.Tensor4D, stride: number, take: Take): tf.Tensor4D {
  const z = tf.conv2d(x, take<tf.Tensor4D>(), stride, 1);
  const { mean, variance } = tf.moments(z, [0, 1, 2]);
  const [scale, shift] = [take<tf.Tensor1D>(), take<tf.Tensor1D>()];
  return tf.batchNorm4d(z, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, scale, NORM_EPSILON);
}

/** Option A: every second pixel, and zeros for the new channels. tfjs' strided slice has no gradient; a pool of one pixel has. */
function shortcut(x: tf.Tensor4D, stride: number): tf.Tensor4D {
  if (stride === 1) return x;
  const channels: [number, number] = [0, x.shape[3]];
  return tf.pad4d(tf.avgPool(x, 1, stride, 'same'), [[0, 0], [0, 0], [0, 0], channels]);
}

/** @returns [N, 10] */
function logitsOf(images: tf.Tensor4D, depth: number, parameters: readonly tf.Tensor[]): tf.Tensor2D {
  const rest = parameters.values();
  const take = <T extends tf.Tensor>() => rest.next().value as T;
  let x = tf.relu(normedConv(images, 1, take));
  for (const stride of blockStrides(depth)) {
    const inner = tf.relu(normedConv(x, stride, take));
    x = tf.relu(tf.add(normedConv(inner, 1, take), shortcut(x, stride)));
  }
  return tf.add(tf.matMul(tf.mean<tf.Tensor2D>(x, [1, 2]), take<tf.Tensor2D>()), take<tf.Tensor1D>());
}

export async function start({ graph, depth, initial, images, learningRate }: Setup): Promise<Contender> {
  tf.enableProdMode();
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs could not start webgpu');
  await tf.ready();
  const parameters = graph.parameters.map(({ id, shape }) =>
    tf.variable(tf.tensor(initial[id] as Float32Array, [...shape])),
  );
  const optimizer = tf.train.momentum(learningRate, MOMENTUM);
  return {
    async step(indices) {
      const { pixels, labels } = gather(images.train, indices);
      const x = tf.tensor4d(pixels, [labels.length, images.size, images.size, 1]);
      const classes = tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES);
      const cost = () => tf.losses.softmaxCrossEntropy(classes, logitsOf(x, depth, parameters)) as tf.Scalar;
      const loss = optimizer.minimize(cost, true) as tf.Scalar;
      const [value = Number.NaN] = await loss.data();
      tf.dispose([x, classes, loss]);
      return value;
    },
  };
}
