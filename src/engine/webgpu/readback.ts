/** Reads buffers back, outside of the hot path. */

/** What is read of a buffer: its first bytes, or parts, which come behind each other. */
export interface Span {
  readonly buffer: GPUBuffer;
  readonly bytes: number;
  readonly parts?: readonly { readonly offset: number; readonly bytes: number }[];
}

/** Copies as they are when the GPU has done all that was submitted before. */
export async function readBack(device: GPUDevice, spans: readonly Span[]): Promise<Float32Array[]> {
  const size = spans.reduce((total, { bytes }) => total + bytes, 0);
  const staging = device.createBuffer({
    label: 'read back',
    size: Math.max(4, size),
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder({ label: 'read back' });
  let offset = 0;
  for (const { buffer, bytes: all, parts = [{ offset: 0, bytes: all }] } of spans) {
    for (const part of parts) {
      encoder.copyBufferToBuffer(buffer, part.offset, staging, offset, part.bytes);
      offset += part.bytes;
    }
  }
  device.queue.submit([encoder.finish()]);
  const all = await staging
    .mapAsync(GPUMapMode.READ)
    .then(() => staging.getMappedRange().slice(0))
    .finally(() => staging.destroy());
  let start = 0;
  return spans.map(({ bytes }) => {
    start += bytes;
    return new Float32Array(all, start - bytes, bytes / 4);
  });
}
