/** A plan made ready on a device: pipelines, buffers and bind groups, made once; then it only encodes dispatches. */
import type { Share } from './blockPool.ts';
import { checked } from './checked.ts';
import type { GpuContext } from './context.ts';
import { type FedImages, ImageFeed } from './imageFeed.ts';
import { CONTROL_BYTES, UPDATES_AT } from './kernels/optimizerStep/shared.ts';
import { alone, type Member, ownPart } from './member.ts';
import type { Pipeline, Pipelines } from './pipelines.ts';
import type { ArenaName, BufferRef, PlanBuffer } from './plan/buffers.ts';
import { placeBuffers } from './plan/memory.ts';
import type { Dispatch, Plan } from './plan/plan.ts';
import { submitsOf, workOf } from './plan/submits.ts';

export type Arenas = Readonly<Partial<Record<ArenaName, GPUBuffer>>>;

/** Bytes of the uniform `Run` of each network: images, learning rate, Adam's two corrections. */
const RUN_BYTES = 32;
/** Then the updates made so far, which the GPU counts. */
const RUN_UPDATES_AT = 16;
/** Then, of the first, the second and so on that take part in a run, which network it is. */
const RUN_NETWORK_AT = 20;

/** What a run is told of a network that takes part. */
export interface Told {
  readonly network: number;
  readonly images: number;
  readonly learningRate?: number;
  /** Adam's, else 1. */
  readonly corrections?: { readonly first: number; readonly second: number };
}

/** The uniform of a run but for the updates. @param networks of the plan */
export function runBytes(told: readonly Told[], networks: number): Uint8Array<ArrayBuffer> {
  const bytes = new ArrayBuffer(networks * RUN_BYTES);
  const view = new DataView(bytes);
  told.forEach(({ network, images, learningRate = 0, corrections: { first, second } = { first: 0, second: 0 } }, i) => {
    const at = network * RUN_BYTES;
    view.setUint32(at, images, true);
    [learningRate, first, second].forEach((value, which) => {
      view.setFloat32(at + 4 + 4 * which, value, true);
    });
    view.setUint32(i * RUN_BYTES + RUN_NETWORK_AT, network, true);
  });
  return new Uint8Array(bytes);
}

/** What all plans of a network read where its gang has it. */
function isOfGang(name: ArenaName): boolean {
  return name === 'parameters' || name === 'drops';
}

interface Ready {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly groups: readonly [number, number];
}

export class Runner {
  private constructor(
    private readonly device: GPUDevice,
    readonly plan: Plan,
    private readonly bufferOf: (ref: BufferRef) => GPUBufferBinding,
    private readonly ready: readonly Ready[],
    private readonly submits: readonly number[],
    private readonly share: Share,
    readonly run: GPUBuffer,
    readonly indices: GPUBuffer,
    readonly feed: ImageFeed,
    private readonly control: GPUBuffer | null,
    private readonly member: Member,
  ) {}

  /**
   * @param arenas what the plan finds made: parameters, norms and so on; images and `indices` are its own
   * @param member whose numbers the arenas have, where the plan is one for a network alone
   * @param slots runs that may be encoded before one is submitted
   * @param onProgress told after each pipeline, how many of how many are compiled
   * @throws EngineRefusal
   */
  static async create(
    context: GpuContext,
    plan: Plan,
    arenas: Arenas,
    member = alone,
    slots = 1,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<Runner> {
    const compiled = await compileAll(context.pipelines, plan, onProgress);
    const build = () => Runner.build(context, plan, arenas, member, slots, compiled);
    return checked(context.device, buffersText(plan), build, (runner) => {
      runner.share.withdraw();
      runner.dispose();
    });
  }

  private static build(
    { device, blocks: pool, tuning }: GpuContext,
    plan: Plan,
    arenas: Arenas,
    member: Member,
    slots: number,
    compiled: readonly Pipeline[],
  ): Runner {
    const run = device.createBuffer({
      label: 'run',
      size: plan.networks * RUN_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    const indices = device.createBuffer({
      label: 'indices',
      size: 4 * plan.images * plan.networks,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    const feed = new ImageFeed(device, plan, slots);
    const { pixels, labels } = feed;
    const found: Arenas = { ...arenas, indices, pixels, labels };
    const { blocks, blockOf } = placeBuffers(plan);
    const share = pool.take(blocks);
    const bufferOf = (ref: BufferRef): GPUBufferBinding => {
      if (ref.kind === 'plan') {
        const buffer = share.blocks[blockOf[ref.buffer.id] ?? -1];
        if (!buffer) throw new RangeError(`${ref.buffer.label} has no place`);
        return { buffer, size: ref.buffer.bytes };
      }
      const buffer = found[ref.name];
      if (!buffer) throw new RangeError(`no buffer for ${ref.name}`);
      if (ref.offset === null) return { buffer };
      return { buffer, ...ownPart(ref, isOfGang(ref.name) ? member : alone) };
    };
    const ready = plan.dispatches.map((dispatch, index) =>
      bind(device, dispatch, compiled[index] as Pipeline, run, bufferOf),
    );
    const submits = submitsOf(workOf(plan), tuning.submitWork);
    return new Runner(
      device,
      plan,
      bufferOf,
      ready,
      submits,
      share,
      run,
      indices,
      feed,
      arenas.control ?? null,
      member,
    );
  }

  /**
   * Encodes the plan's dispatches, and submits what cannot wait for the rest of a long plan.
   *
   * @param networks that take part, as many as the run is told
   * @param end where to stop; at its end otherwise
   * @returns the encoder with what is left to submit
   */
  encode(encoder: GPUCommandEncoder, label: string, networks: number, end = this.ready.length): GPUCommandEncoder {
    let current = encoder;
    let from = 0;
    for (const to of this.submits) {
      if (from >= end) break;
      if (from > 0) {
        this.device.queue.submit([current.finish()]);
        current = this.device.createCommandEncoder({ label });
      }
      const pass = current.beginComputePass({ label });
      this.encodePass(pass, from, Math.min(to, end), networks);
      pass.end();
      from = to;
    }
    return current;
  }

  private encodePass(pass: GPUComputePassEncoder, from: number, to: number, networks: number): void {
    let current: GPUComputePipeline | null = null;
    for (let index = from; index < to; index++) {
      const { pipeline, group, groups } = this.ready[index] as Ready;
      if (pipeline !== current) pass.setPipeline(pipeline);
      current = pipeline;
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(groups[0], groups[1], networks);
    }
  }

  /** Puts the updates that a network has made so far where kernels see them. @see finiteCheck */
  encodeUpdates(encoder: GPUCommandEncoder, network: number): void {
    const from = (network + this.member.network) * CONTROL_BYTES + UPDATES_AT;
    if (this.control) encoder.copyBufferToBuffer(this.control, from, this.run, network * RUN_BYTES + RUN_UPDATES_AT, 4);
  }

  /**
   * Runs the plan once for some images of one network, without waiting.
   * @param network of the plan's
   * @param end where to stop; at its end otherwise
   */
  submit(fed: FedImages, network = 0, end?: number): void {
    const { queue } = this.device;
    const { images, networks } = this.plan;
    queue.writeBuffer(this.run, 0, runBytes([{ network, images: fed.images.length }], networks));
    queue.writeBuffer(this.indices, 4 * network * images, this.feed.bring(fed));
    const encoder = this.device.createCommandEncoder({ label: 'once' });
    this.encodeUpdates(encoder, network);
    queue.submit([this.encode(encoder, 'once', 1, end).finish()]);
  }

  /** What holds a buffer of the plan, from its beginning on. */
  buffer(buffer: PlanBuffer): GPUBuffer {
    return this.bufferOf({ kind: 'plan', buffer }).buffer;
  }

  get logits(): GPUBuffer {
    return this.buffer(this.plan.logits);
  }

  dispose(): void {
    this.share.release();
    this.run.destroy();
    this.indices.destroy();
    this.feed.dispose();
  }
}

/** For the message where they are refused: labels name what is stored, and of which layer. */
function buffersText({ buffers }: Plan): string {
  const [first, ...others] = buffers;
  if (!first) return 'the plan’s buffers';
  const largest = others.reduce((most, each) => (each.bytes > most.bytes ? each : most), first);
  return `the plan’s buffers, the largest being ${largest.label} with ${(largest.bytes / 1e6).toFixed(1)} MB`;
}

async function compileAll(
  pipelines: Pipelines,
  { dispatches }: Plan,
  onProgress: (done: number, total: number) => void,
): Promise<Pipeline[]> {
  const total = new Set(dispatches.map(({ kernel }) => kernel.code)).size;
  const done = new Set<string>();
  return Promise.all(
    dispatches.map(async ({ kernel, layer }) => {
      const pipeline = await pipelines.get(kernel, layer);
      if (!done.has(kernel.code)) onProgress(done.add(kernel.code).size, total);
      return pipeline;
    }),
  );
}

function bind(
  device: GPUDevice,
  { kernel, buffers, groups, layer }: Dispatch,
  { pipeline, layout }: Pipeline,
  run: GPUBuffer,
  bufferOf: (ref: BufferRef) => GPUBufferBinding,
): Ready {
  const storage = buffers.map((ref, index) => ({ binding: index + 1, resource: bufferOf(ref) }));
  const entries = [{ binding: 0, resource: { buffer: run } }, ...storage];
  return { pipeline, group: device.createBindGroup({ label: `${kernel.name}, ${layer}`, layout, entries }), groups };
}
