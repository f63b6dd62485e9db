/**
 * Steps on their way to the GPU and back. Those that are asked for in one go leave in one submit; their
 * results come back through staging buffers that are mapped when the GPU gets there. Nothing here waits.
 */
import type { FedImages } from './imageFeed.ts';
import { FED_BYTES, type Runner } from './runner.ts';

/** Most steps of one submit. */
export const MOST_STEPS = 8;
/** Bytes of the images of all of them: many large ones take several submits. */
const FEED_BYTES = 64 * 2 ** 20;

/** Steps of one submit whose images are of so many bytes each. */
export function stepsAtATime(bytes: number): number {
  return Math.max(1, Math.min(MOST_STEPS, Math.floor(FEED_BYTES / Math.max(1, bytes))));
}
/** Where a slot's indices begin: bindings and copies like multiples of 256. */
const SLOT_HEAD = 256;

/** What changes from step to step. */
export interface Feed extends FedImages {
  readonly learningRate: number;
  /** Adam's, else 1. */
  readonly corrections: { readonly first: number; readonly second: number };
}

interface Waiting {
  readonly staging: GPUBuffer;
  readonly resolve: (numbers: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

export class StepQueue {
  private readonly slots: GPUBuffer;
  private readonly slotBytes: number;
  private readonly free: GPUBuffer[] = [];
  private encoder: GPUCommandEncoder | null = null;
  private waiting: Waiting[] = [];
  private disposed = false;

  /**
   * @param results buffer of the numbers that a step leaves
   * @param resultBytes how much of it to read
   * @param steps of one submit, at most
   */
  constructor(
    private readonly device: GPUDevice,
    private readonly runner: Runner,
    private readonly results: GPUBuffer,
    private readonly resultBytes: number,
    private readonly steps: number,
  ) {
    this.slotBytes = SLOT_HEAD + 4 * runner.plan.images;
    this.slots = device.createBuffer({
      label: 'feeds',
      size: steps * this.slotBytes,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  /** @returns the results, once the GPU has done the step */
  push(feed: Feed): Promise<Float32Array> {
    const first = this.encoder === null;
    const encoder = this.encoder ?? this.device.createCommandEncoder({ label: 'steps' });
    this.encoder = this.encode(encoder, feed, this.waiting.length);
    const staging = this.free.pop() ?? this.createStaging();
    this.encoder.copyBufferToBuffer(this.results, 0, staging, 0, this.resultBytes);
    const done = new Promise<Float32Array>((resolve, reject) => {
      this.waiting.push({ staging, resolve, reject });
    });
    if (this.waiting.length === this.steps) this.flush();
    else if (first) queueMicrotask(() => this.flush());
    return done;
  }

  /** Submits what is encoded; anything else that goes to the queue must come after it. */
  flush(): void {
    const { encoder, waiting } = this;
    if (encoder === null) return;
    this.encoder = null;
    this.waiting = [];
    this.device.queue.submit([encoder.finish()]);
    for (const each of waiting) this.read(each);
  }

  /** Results that are under way still arrive. */
  dispose(): void {
    this.flush();
    this.disposed = true;
    this.slots.destroy();
    for (const staging of this.free) staging.destroy();
  }

  /** @returns the encoder with what is left to submit */
  private encode(encoder: GPUCommandEncoder, feed: Feed, slot: number): GPUCommandEncoder {
    const { images, learningRate, corrections } = feed;
    const offset = slot * this.slotBytes;
    const bytes = new ArrayBuffer(SLOT_HEAD + 4 * images.length);
    new Uint32Array(bytes, 0, 1)[0] = images.length;
    new Float32Array(bytes, 4, 3).set([learningRate, corrections.first, corrections.second]);
    new Uint32Array(bytes, SLOT_HEAD).set(this.runner.feed.bring(feed, slot));
    this.device.queue.writeBuffer(this.slots, offset, bytes);
    encoder.copyBufferToBuffer(this.slots, offset, this.runner.run, 0, FED_BYTES);
    this.runner.encodeUpdates(encoder);
    encoder.copyBufferToBuffer(this.slots, offset + SLOT_HEAD, this.runner.indices, 0, 4 * images.length);
    return this.runner.encode(encoder, 'step');
  }

  private createStaging(): GPUBuffer {
    return this.device.createBuffer({
      label: 'results',
      size: this.resultBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  private read({ staging, resolve, reject }: Waiting): void {
    staging.mapAsync(GPUMapMode.READ).then(() => {
      const numbers = new Float32Array(staging.getMappedRange().slice(0));
      staging.unmap();
      if (this.disposed) staging.destroy();
      else this.free.push(staging);
      resolve(numbers);
    }, reject);
  }
}
