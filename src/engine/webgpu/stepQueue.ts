/**
 * Steps on their way to the GPU and back. Those that are asked for in one go leave in one submit, and those of several networks that stand
 * beside each other there are taken together, by the same dispatches; their results come back through staging buffers that are mapped when the GPU gets there.
 * Nothing here waits.
 */
import type { FedImages } from './imageFeed.ts';
import { type Runner, runBytes } from './runner.ts';

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
  /** Of the plan's networks. */
  readonly network: number;
  readonly learningRate: number;
  /** Adam's, else 1. */
  readonly corrections: { readonly first: number; readonly second: number };
}

/** A step of one network. */
interface Asked {
  readonly feed: Feed;
  readonly resolve: (numbers: Float32Array) => void;
  readonly reject: (reason: unknown) => void;
}

/** A step of some networks. */
interface Waiting {
  readonly staging: GPUBuffer;
  readonly asked: readonly Asked[];
}

export class StepQueue {
  private readonly slots: GPUBuffer;
  private readonly slotBytes: number;
  private readonly free: GPUBuffer[] = [];
  private encoder: GPUCommandEncoder | null = null;
  /** The step that networks are still asking for. */
  private asked: Asked[] = [];
  private waiting: Waiting[] = [];
  private disposed = false;

  /**
   * @param results buffer of the numbers that a step leaves, each network's behind the other's
   * @param resultBytes of one network
   * @param steps of one submit, at most
   */
  constructor(
    private readonly device: GPUDevice,
    private readonly runner: Runner,
    private readonly results: GPUBuffer,
    private readonly resultBytes: number,
    private readonly steps: number,
  ) {
    const { images, networks } = runner.plan;
    this.slotBytes = SLOT_HEAD + 4 * images * networks;
    this.slots = device.createBuffer({
      label: 'feeds',
      size: steps * this.slotBytes,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  /** @returns the results, once the GPU has done the step */
  push(feed: Feed): Promise<Float32Array> {
    if (this.encoder === null && this.asked.length === 0) queueMicrotask(() => this.flush());
    if (this.asked.some(({ feed: { network } }) => network === feed.network)) this.take();
    const done = new Promise<Float32Array>((resolve, reject) => {
      this.asked.push({ feed, resolve, reject });
    });
    if (this.asked.length === this.runner.plan.networks) this.take();
    return done;
  }

  /** Submits what is asked for; anything else that goes to the queue must come after it. */
  flush(): void {
    this.take();
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

  /** Encodes the step that networks have asked for. */
  private take(): void {
    const { asked } = this;
    if (asked.length === 0) return;
    this.asked = [];
    const encoder = this.encoder ?? this.device.createCommandEncoder({ label: 'steps' });
    const feeds = asked.map(({ feed }) => feed);
    this.encoder = this.encode(encoder, feeds, this.waiting.length);
    const staging = this.free.pop() ?? this.createStaging();
    this.encoder.copyBufferToBuffer(this.results, 0, staging, 0, staging.size);
    this.waiting.push({ staging, asked });
    if (this.waiting.length === this.steps) this.flush();
  }

  /** @returns the encoder with what is left to submit */
  private encode(encoder: GPUCommandEncoder, feeds: readonly Feed[], slot: number): GPUCommandEncoder {
    const { runner } = this;
    const { images: most, networks } = runner.plan;
    const offset = slot * this.slotBytes;
    const bytes = new Uint8Array(this.slotBytes);
    const told = runBytes(
      feeds.map(({ images, ...feed }) => ({ ...feed, images: images.length })),
      networks,
    );
    bytes.set(told);
    const indices = new Uint32Array(bytes.buffer, SLOT_HEAD);
    for (const feed of feeds) {
      const { network } = feed;
      indices.set(runner.feed.bring(feed, slot * networks + network), network * most);
    }
    this.device.queue.writeBuffer(this.slots, offset, bytes);
    encoder.copyBufferToBuffer(this.slots, offset, runner.run, 0, told.byteLength);
    for (const { network } of feeds) runner.encodeUpdates(encoder, network);
    encoder.copyBufferToBuffer(this.slots, offset + SLOT_HEAD, runner.indices, 0, indices.byteLength);
    return runner.encode(encoder, 'step', feeds.length);
  }

  private createStaging(): GPUBuffer {
    return this.device.createBuffer({
      label: 'results',
      size: this.runner.plan.networks * this.resultBytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  private read({ staging, asked }: Waiting): void {
    staging.mapAsync(GPUMapMode.READ).then(
      () => {
        const all = staging.getMappedRange().slice(0);
        staging.unmap();
        if (this.disposed) staging.destroy();
        else this.free.push(staging);
        const numbers = this.resultBytes / 4;
        for (const { feed, resolve } of asked) resolve(new Float32Array(all, feed.network * this.resultBytes, numbers));
      },
      (reason: unknown) => {
        for (const { reject } of asked) reject(reason);
      },
    );
  }
}
