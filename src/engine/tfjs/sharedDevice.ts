/**
 * TensorFlow.js' webgpu backend on a GPUDevice of ours, so that its tensors and our buffers can share it.
 * What tfjs 4.22 does unexpectedly to a device and to buffers that are not its own is dealt with here,
 * and nowhere else; the tests have one case for each such trap.
 *
 * The page registers tfjs on a device of its own, beside the WebGPU engine's. That the two share buffers is held ready and
 * tested, and used by no path of the page yet: `wrap`, `read`, `submitRecorded` and `bufferOf`.
 */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { FoundDevice } from '../gpuDevice.ts';

const NAME = 'webgpu';

/** What a number takes, of any kind that tfjs takes over from a buffer. */
const BYTES = 4;

/**
 * From the next `tf.setBackend('webgpu')` on, tfjs computes on this device. A backend's name is given away
 * once; importing tfjs' package has taken it, for a device that tfjs would ask for itself. What is
 * registered under it is therefore removed first, with all tensors it has.
 */
export function registerOn({ device, info }: Pick<FoundDevice, 'device' | 'info'>): void {
  unregister();
  tf.registerBackend(NAME, () => new WebGPUBackend(device, info as GPUAdapterInfo));
}

/** Takes the backend from tfjs, with all tensors it has. The device lives on: tfjs never destroys it. */
export function unregister(): void {
  if (tf.findBackendFactory(NAME)) tf.removeBackend(NAME);
}

/**
 * A tensor whose numbers are those in a buffer of ours, without a copy. tfjs never releases the buffer.
 *
 * @param buffer of this device, usable as STORAGE and COPY_SRC
 * @throws RangeError unless the buffer is just as large as the tensor: tfjs would take a larger one, and
 *   then give all that is in it for the tensor's numbers
 */
export function wrap(buffer: GPUBuffer, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.Tensor {
  const bytes = BYTES * tf.util.sizeFromShape([...shape]);
  if (buffer.size !== bytes) {
    throw new RangeError(`a tensor of shape [${shape}] takes ${bytes} bytes, but the buffer has ${buffer.size}`);
  }
  return tf.tensor({ buffer, zeroCopy: true }, [...shape], dtype);
}

/**
 * The float32 numbers in a buffer of ours, after all that has been submitted so far. Each time by a new
 * tensor: what tfjs has read of a tensor it keeps, and never looks at its buffer again.
 */
export async function read(buffer: GPUBuffer): Promise<Float32Array> {
  const tensor = wrap(buffer, [buffer.size / BYTES]);
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/**
 * Submits what tfjs has recorded: it gathers operations, and submits them some at a time. Has to come
 * before work of ours that reads what they write, or writes what they read.
 */
export function submitRecorded(): void {
  const backend = runningBackend();
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  backend.submitQueue();
}

/**
 * Where a tensor's numbers are, for work of ours that is submitted from now on. The buffer is tfjs'
 * own, which gives it to another tensor once this one is disposed.
 */
export function bufferOf(tensor: tf.Tensor): GPUBuffer {
  const backend = runningBackend();
  // A tensor made from numbers stays on the CPU until an operation wants it.
  backend.uploadToGPU(tensor.dataId);
  submitRecorded();
  return backend.tensorMap.get(tensor.dataId).resource as GPUBuffer;
}

function runningBackend(): WebGPUBackend {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error(`tfjs computes on ${tf.getBackend()}, not on ${NAME}`);
  return backend;
}
