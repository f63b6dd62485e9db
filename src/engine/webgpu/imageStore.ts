/** The data set on the GPU: uploaded once, chunk by chunk as it arrives, and shared by all networks. */
import { chunkImages } from '../../data/chunk.ts';
import type { ImageSet } from '../../data/images.ts';

export interface GpuImages {
  /** Normalised pixels, [count, size, size]. */
  readonly pixels: GPUBuffer;
  /** Classes, [count], u32. */
  readonly labels: GPUBuffer;
}

interface Uploaded extends GpuImages {
  readonly chunks: Set<number>;
  users: number;
}

export class ImageStore {
  private readonly sets = new Map<ImageSet, Uploaded>();

  constructor(private readonly device: GPUDevice) {}

  /** The set's buffers, which `require` fills. */
  of(set: ImageSet): GpuImages {
    return this.uploadedOf(set);
  }

  /** Keeps a set on the GPU until as many have released it. */
  retain(set: ImageSet): void {
    this.uploadedOf(set).users++;
  }

  release(set: ImageSet): void {
    const known = this.sets.get(set);
    if (!known || --known.users > 0) return;
    known.pixels.destroy();
    known.labels.destroy();
    this.sets.delete(set);
  }

  /** Sees to it that images are on the GPU before what is submitted next. They must have arrived. */
  require(set: ImageSet, images: Uint32Array): void {
    const { chunks } = this.uploadedOf(set);
    for (const image of images) {
      const chunk = Math.floor(image / chunkImages);
      if (!chunks.has(chunk)) this.upload(set, chunk);
    }
  }

  dispose(): void {
    for (const { pixels, labels } of this.sets.values()) {
      pixels.destroy();
      labels.destroy();
    }
    this.sets.clear();
  }

  private uploadedOf(set: ImageSet): Uploaded {
    const known = this.sets.get(set);
    if (known) return known;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const made = {
      // A binding needs some bytes, though a set may be empty.
      pixels: this.device.createBuffer({ label: 'pixels', size: Math.max(4, set.pixels.byteLength), usage }),
      labels: this.device.createBuffer({ label: 'labels', size: Math.max(4, 4 * set.count), usage }),
      chunks: new Set<number>(),
      users: 0,
    };
    this.sets.set(set, made);
    return made;
  }

  private upload(set: ImageSet, chunk: number): void {
    const { pixels, labels, chunks } = this.uploadedOf(set);
    const area = set.pixels.length / set.count;
    const start = chunk * chunkImages;
    const end = Math.min(set.count, start + chunkImages);
    const { queue } = this.device;
    queue.writeBuffer(pixels, 4 * start * area, set.pixels.slice(start * area, end * area));
    queue.writeBuffer(labels, 4 * start, Uint32Array.from(set.labels.subarray(start, end)));
    chunks.add(chunk);
  }
}
