/**
 * The images of a plan's runs on the GPU: each run brings its own, for all images of a data set in colour are more than a device lets a kernel bind.
 * Several runs may be encoded before one is submitted; each has a slot of its own in the buffers, and `indices` says which images those of the run are.
 */
import { gather } from '../../data/gather.ts';
import type { ImageSet } from '../../data/images.ts';
import type { Plan } from './plan/plan.ts';

export interface FedImages {
  readonly set: ImageSet;
  /** Which of the set, as `gather` takes them. */
  readonly images: Uint32Array;
}

export class ImageFeed {
  /** Pixels as networks are fed, [slots · images, size, size, channels]. */
  readonly pixels: GPUBuffer;
  /** Classes, [slots · images], u32. */
  readonly labels: GPUBuffer;

  /** @param slots runs that may be encoded before one is submitted */
  constructor(
    private readonly device: GPUDevice,
    private readonly plan: Pick<Plan, 'images' | 'borrowed'>,
    slots: number,
  ) {
    const { pixels = 0, labels = 0 } = plan.borrowed;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const make = (label: string, bytes: number) =>
      device.createBuffer({ label, size: Math.max(4, slots * bytes), usage });
    this.pixels = make('pixels', pixels);
    this.labels = make('labels', labels);
  }

  /**
   * Brings images for a run, before anything that is submitted from now on.
   * @param place of the slots, of which each has one for every network
   * @returns where they are, as the run's `indices` say it
   */
  bring({ set, images }: FedImages, place = 0): Uint32Array<ArrayBuffer> {
    const found = gather(set, images);
    const first = place * this.plan.images;
    const { queue } = this.device;
    const area = found.pixels.length / images.length;
    queue.writeBuffer(this.pixels, 4 * first * area, found.pixels);
    queue.writeBuffer(this.labels, 4 * first, Uint32Array.from(found.labels));
    return Uint32Array.from(images, (_, i) => first + i);
  }

  dispose(): void {
    this.pixels.destroy();
    this.labels.destroy();
  }
}
