/**
 * jax-js as its users write it: the whole step (forward, gradient, update with momentum) is one
 * function under `jit`. Arrays are [N, C, H, W], as its convs want them. A
 * function takes over the arrays that it is given; `.ref` keeps one for later.
 */
import { defaultDevice, init, type Array as Jax, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { gather } from '../../../../src/data/gather.ts';
import type { Parameter } from '../../../../src/network/graph.ts';
import { NORM_EPSILON } from '../../../../src/ops/batchNorm/op.ts';
import { MOMENTUM } from '../../../../src/ops/optimizer/optimizer.ts';
import type { Setup } from '../../setup.ts';
import { blockStrides, type Contender, type StartContender } from './contender.ts';

/** Of the built-in images. */
const CLASSES = 10;

type Take = () => Jax;

/** Per channel, over batch and positions. */
function batchNorm(z: Jax, scale: Jax, shift: Jax): Jax {
  const perChannel = { keepdims: true };
  const centred = z.ref.sub(z.mean([0, 2, 3], perChannel));
  const variance = np.square(centred.ref).mean([0, 2, 3], perChannel);
  const normed = centred.div(np.sqrt(variance.add(NORM_EPSILON)));
  return normed.mul(scale.reshape([1, -1, 1, 1])).add(shift.reshape([1, -1, 1, 1]));
}

function normedConv(x: Jax, stride: number, take: Take): Jax {
  const z = lax.conv(
    x,
    take(),
    [stride, stride],
    [
      [1, 1],
      [1, 1],
    ],
  );
  return batchNorm(z, take(), take());
}

/** Option A: every second pixel, and zeros for the new channels. jax-js has no slices with a stride; a reshape makes pairs. */
function shortcut(x: Jax, stride: number): Jax {
  if (stride === 1) return x;
  const [images = 0, channels = 0, rows = 0, columns = 0] = x.shape;
  const even = np.pad(x, [
    [0, 0],
    [0, channels],
    [0, rows % 2],
    [0, columns % 2],
  ]);
  const [halfRows, halfColumns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)];
  const pairs = even.reshape([images, 2 * channels, halfRows, 2, halfColumns, 2]);
  return pairs.slice([], [], [], 0, [], 0);
}

/** @returns [N, 10] */
function logitsOf(images: Jax, depth: number, parameters: readonly Jax[]): Jax {
  const rest = parameters.values();
  const take = () => rest.next().value as Jax;
  let x = nn.relu(normedConv(images, 1, take));
  for (const stride of blockStrides(depth)) {
    const inner = nn.relu(normedConv(x.ref, stride, take));
    x = nn.relu(normedConv(inner, 1, take).add(shortcut(x, stride)));
  }
  return np.matmul(x.mean([2, 3]), take()).add(take());
}

/** Mean cross entropy. @param classes one-hot, [N, 10] */
function lossOf(parameters: Jax[], images: Jax, classes: Jax, depth: number): Jax {
  return nn
    .logSoftmax(logitsOf(images, depth, parameters))
    .mul(classes)
    .sum(1)
    .mean()
    .neg();
}

/** A conv's weight is [out, in, kernel, kernel] here. */
function upload({ shape }: Parameter, values: Float32Array): Jax {
  const array = np.array(values, { shape: [...shape] });
  return shape.length === 4 ? array.transpose([3, 2, 0, 1]) : array;
}

/** @param device of jax-js */
export function startOn(device: 'webgpu' | 'wasm'): StartContender {
  return async (setup) => {
    if (!(await init(device)).includes(device)) throw new Error(`jax-js could not start ${device}`);
    defaultDevice(device);
    return start(setup);
  };
}

function start({ graph, depth, initial, images, learningRate }: Setup): Contender {
  const update = jit((parameters: Jax[], velocities: Jax[], x: Jax, classes: Jax) => {
    const lossAt = (at: Jax[]) => lossOf(at, x, classes, depth);
    const [loss, gradients] = valueAndGrad(lossAt)(tree.ref(parameters));
    const nextVelocities = velocities.map((velocity, i) => velocity.mul(MOMENTUM).add(gradients[i] as Jax));
    const next = parameters.map((parameter, i) => parameter.sub((nextVelocities[i] as Jax).ref.mul(learningRate)));
    return [loss, next, nextVelocities] as [Jax, Jax[], Jax[]];
  });
  let parameters = graph.parameters.map((parameter) => upload(parameter, initial[parameter.id] as Float32Array));
  let velocities = parameters.map(({ shape }) => np.zeros(shape));
  return {
    async step(indices) {
      const { pixels, labels } = gather(images.train, indices);
      const x = np.array(pixels, { shape: [labels.length, 1, images.size, images.size] });
      const classes = nn.oneHot(np.array(Int32Array.from(labels), { shape: [labels.length] }), CLASSES);
      const [loss, next, nextVelocities] = update(parameters, velocities, x, classes);
      parameters = next;
      velocities = nextVelocities;
      const [value = Number.NaN] = await loss.data();
      return value;
    },
  };
}
