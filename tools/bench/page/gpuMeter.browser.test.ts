import { describe, expect, it } from 'vitest';
import { GpuMeter, writtenBytes } from './gpuMeter.ts';

describe('bytes written to a buffer', () => {
  it.each([
    ['a typed array: whole', new Float32Array(10), undefined, undefined, 40],
    ['a typed array: from an element on', new Float32Array(10), 4, undefined, 24],
    ['a typed array: some elements', new Uint16Array(10), 2, 3, 6],
    ['a buffer: some bytes', new ArrayBuffer(100), 8, 12, 12],
    ['a buffer: from a byte on', new ArrayBuffer(100), 8, undefined, 92],
    ['a view', new DataView(new ArrayBuffer(100), 20, 40), 10, undefined, 30],
  ])('%s', (_, data, offset, size, bytes) => expect(writtenBytes(data, offset, size)).toBe(bytes));
});

const order: string[] = [];
const meter = new GpuMeter(() => order.push('returned'));

async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no adapter');
  return adapter.requestDevice();
}

function pipelineOf(device: GPUDevice): GPUComputePipeline {
  const code = `@group(0) @binding(0) var<storage, read_write> x: array<f32>;
    @compute @workgroup_size(1) fn main() { x[0] += 1.0; }`;
  return device.createComputePipeline({ layout: 'auto', compute: { module: device.createShaderModule({ code }) } });
}

/** Adds 1 to the 41 in a buffer, three times, in one pass. */
async function compute(device: GPUDevice): Promise<number> {
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const x = device.createBuffer({ size: 16, usage: STORAGE | COPY_SRC | COPY_DST });
  const staging = device.createBuffer({ size: 32, usage: MAP_READ | COPY_DST });
  device.createBuffer({ size: 64, usage: COPY_SRC, mappedAtCreation: true }).unmap();
  device.queue.writeBuffer(x, 0, Float32Array.of(39, 0, 0));
  const pipeline = pipelineOf(device);
  const layout = pipeline.getBindGroupLayout(0);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries: [{ binding: 0, resource: { buffer: x } }] }));
  for (let i = 0; i < 3; i++) pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(x, 0, staging, 0, 16);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ, 0, 16);
  order.push('went on');
  return new Float32Array(staging.getMappedRange(0, 16))[0] ?? Number.NaN;
}

describe('the meter of a GPU', () => {
  it('has nothing to tell before anything was submitted', () => expect(meter.take()).toBeNull());

  it('counts dispatches, submits and the bytes that cross between CPU and GPU', async () => {
    const device = await openDevice();
    expect(await compute(device)).toBe(42);
    await meter.idle();
    // 64 mapped at creation, 12 written, 16 mapped to read.
    expect(meter.take()).toEqual({ dispatches: 3, submits: 1, bytes: 64 + 12 + 16 });
    expect(meter.take()).toEqual({ dispatches: 0, submits: 0, bytes: 0 });
    expect(order).toEqual(['returned', 'went on']);
    device.destroy();
  });

  it('fails where the GPU complains, which throws nothing by itself', async () => {
    const device = await openDevice();
    const buffer = device.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_SRC });
    device.queue.writeBuffer(buffer, 0, Float32Array.of(1));
    device.queue.submit([]);
    await expect(meter.idle()).rejects.toThrow(/usage/i);
    device.destroy();
  });
});
