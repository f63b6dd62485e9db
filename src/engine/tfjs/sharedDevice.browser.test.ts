/** One test for each trap of sharing a device with tfjs: first what tfjs does by itself, then what we do about it. */
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FoundDevice, requestDevice } from '../gpuDevice.ts';
import { checked } from '../webgpu/checked.ts';
import { readBack } from '../webgpu/readback.ts';
import { bufferOf, read, registerOn, submitRecorded, unregister, wrap } from './sharedDevice.ts';

let found: FoundDevice;
beforeAll(async () => {
  found = await requestDevice();
  registerOn(found);
  tf.enableProdMode();
  await tf.setBackend('webgpu');
});
afterAll(() => {
  unregister();
  found.device.destroy();
});

function bufferWith(values: Float32Array<ArrayBuffer>, { device } = found): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ size: values.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

/** A kernel of ours: doubles every number in a buffer. */
function double(buffer: GPUBuffer): void {
  const { device } = found;
  const code = `@group(0) @binding(0) var<storage, read_write> x: array<f32>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3u) { x[id.x] *= 2; }`;
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const entries = [{ binding: 0, resource: { buffer } }];
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(buffer.size / 4);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

/** Copies a buffer by commands of our device, and nothing of tfjs. */
async function copyOf(buffer: GPUBuffer): Promise<Float32Array | undefined> {
  const copies = await checked(found.device, 'copy', () => readBack(found.device, [{ buffer, bytes: buffer.size }]));
  return copies[0];
}

/** Where tfjs keeps a tensor, whatever it has submitted. */
function rawBuffer(tensor: tf.Tensor): GPUBuffer {
  return (tf.backend() as WebGPUBackend).tensorMap.get(tensor.dataId).resource as GPUBuffer;
}

describe('the name of the backend', () => {
  it('is taken when tfjs’ package has been imported', () => {
    const { device, info } = found;
    expect(tf.registerBackend('webgpu', () => new WebGPUBackend(device, info as GPUAdapterInfo))).toBe(false);
  });

  it('then stands for tfjs on our device: its tensors’ buffers are used in our commands', async () => {
    expect((tf.backend() as WebGPUBackend).device).toBe(found.device);
    const sum = tf.add(wrap(bufferWith(Float32Array.of(1, 2, 3)), [3]), tf.tensor1d([10, 20, 30]));
    expect(await copyOf(bufferOf(sum))).toEqual(Float32Array.of(11, 22, 33));
  });

  it('cannot lead to a buffer of another device, which our commands do not take', async () => {
    const other = await requestDevice();
    const foreign = bufferWith(Float32Array.of(1), other);
    await expect(copyOf(foreign)).rejects.toThrow(/device/i);
    other.device.destroy();
  });

  it('can be moved to another device, and back', async () => {
    const other = await requestDevice();
    registerOn(other);
    await tf.setBackend('webgpu');
    expect((tf.backend() as WebGPUBackend).device).toBe(other.device);
    expect(await tf.square(tf.tensor1d([1, 2, 3])).data()).toEqual(Float32Array.of(1, 4, 9));
    registerOn(found);
    await tf.setBackend('webgpu');
    other.device.destroy();
    expect(await tf.square(tf.tensor1d([1, 2, 3])).data()).toEqual(Float32Array.of(1, 4, 9));
  });
});

describe('a buffer wrapped as a tensor', () => {
  it('must have the size of the tensor, or tfjs gives numbers that are not the tensor’s', async () => {
    const buffer = bufferWith(Float32Array.of(1, 2, 3, 4, 5));
    const taken = tf.tensor({ buffer, zeroCopy: true }, [2, 2], 'float32');
    expect(taken.size).toBe(4);
    expect(await taken.data()).toHaveLength(5);
    expect(() => wrap(buffer, [2, 2])).toThrow('a tensor of shape [2,2] takes 16 bytes, but the buffer has 20');
    expect(() => wrap(buffer, [2, 3])).toThrow('a tensor of shape [2,3] takes 24 bytes, but the buffer has 20');
    expect(await wrap(buffer, [5, 1]).data()).toEqual(Float32Array.of(1, 2, 3, 4, 5));
  });

  it('may hold whole numbers', async () => {
    const bits = Int32Array.of(-1, 7);
    const buffer = bufferWith(new Float32Array(bits.buffer));
    expect(await wrap(buffer, [2], 'int32').data()).toEqual(bits);
  });

  it('is the buffer itself, which outlives the tensor', async () => {
    const buffer = bufferWith(Float32Array.of(1, 2));
    const tensor = wrap(buffer, [2]);
    expect(bufferOf(tensor)).toBe(buffer);
    tensor.dispose();
    expect(await copyOf(buffer)).toEqual(Float32Array.of(1, 2));
  });

  it('is read once: after a kernel of ours, only a new tensor has the new numbers', async () => {
    const buffer = bufferWith(Float32Array.of(1, 2, 3));
    const tensor = wrap(buffer, [3]);
    expect(await tensor.data()).toEqual(Float32Array.of(1, 2, 3));
    const tensors = tf.memory().numTensors;
    expect(await read(buffer)).toEqual(Float32Array.of(1, 2, 3));
    double(buffer);
    expect(await tensor.data()).toEqual(Float32Array.of(1, 2, 3));
    expect(await read(buffer)).toEqual(Float32Array.of(2, 4, 6));
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('does not follow tfjs’ optimizers, which put the variable into a buffer of their own', async () => {
    const buffer = bufferWith(Float32Array.of(1, 2));
    const variable = tf.variable(wrap(buffer, [2]));
    expect(bufferOf(variable)).toBe(buffer);
    const square = tf.customGrad((...[w]) => {
      const gradFunc = (dy: tf.Tensor) => tf.mul(dy, tf.mul(w as tf.Tensor, 2));
      return { value: tf.sum(tf.square(w as tf.Tensor)), gradFunc };
    });
    tf.train.sgd(0.25).minimize(() => square(variable) as tf.Scalar, false, [variable]);
    // w − 0.25 · 2w
    expect(await variable.data()).toEqual(Float32Array.of(0.5, 1));
    expect(bufferOf(variable)).not.toBe(buffer);
    expect(await read(buffer)).toEqual(Float32Array.of(1, 2));
  });
});

describe('what tfjs has recorded', () => {
  it('is not submitted yet, so a copy of ours would come before it', async () => {
    const sum = tf.add(wrap(bufferWith(Float32Array.of(1, 2)), [2]), 10);
    expect(await copyOf(rawBuffer(sum))).not.toEqual(Float32Array.of(11, 12));
    expect(await copyOf(bufferOf(sum))).toEqual(Float32Array.of(11, 12));
  });

  it('must be submitted before a kernel of ours changes what it reads', async () => {
    const buffer = bufferWith(Float32Array.of(1, 2));
    const overtaken = tf.add(wrap(buffer, [2]), 10);
    double(buffer);
    expect(await overtaken.data()).toEqual(Float32Array.of(12, 14));
    const inOrder = tf.add(wrap(buffer, [2]), 10);
    submitRecorded();
    double(buffer);
    expect(await inOrder.data()).toEqual(Float32Array.of(12, 14));
    expect(await read(buffer)).toEqual(Float32Array.of(4, 8));
  });

  it('may be nothing', () => {
    submitRecorded();
    submitRecorded();
  });
});
