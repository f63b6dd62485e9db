/** A plan made ready on a device: pipelines, buffers and bind groups, made once; then it only encodes dispatches. */
import type { BlockPool, Share } from './blockPool.ts';
import { checked } from './checked.ts';
import type { Pipeline, Pipelines } from './pipelines.ts';
import { placeBuffers } from './plan/memory.ts';
import type { ArenaName, BufferRef, Dispatch, Plan, PlanBuffer } from './plan/plan.ts';

export type Arenas = Readonly<Partial<Record<ArenaName, GPUBuffer>>>;

/** Bytes of the uniform `Run`: images, learning rate, Adam's two corrections. */
export const RUN_BYTES = 16;

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
    private readonly share: Share,
    readonly run: GPUBuffer,
    readonly indices: GPUBuffer,
  ) {}

  /**
   * @param arenas what the plan finds made: parameters, images and so on; `indices` are its own
   * @param onProgress told after each pipeline, how many of how many are compiled
   * @throws EngineRefusal
   */
  static async create(
    device: GPUDevice,
    pipelines: Pipelines,
    pool: BlockPool,
    plan: Plan,
    arenas: Arenas,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<Runner> {
    const compiled = await compileAll(pipelines, plan, onProgress);
    const build = () => Runner.build(device, pool, plan, arenas, compiled);
    return checked(device, 'the plan’s buffers', build, (runner) => {
      runner.share.withdraw();
      runner.dispose();
    });
  }

  private static build(
    device: GPUDevice,
    pool: BlockPool,
    plan: Plan,
    arenas: Arenas,
    compiled: readonly Pipeline[],
  ): Runner {
    const run = device.createBuffer({
      label: 'run',
      size: RUN_BYTES,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    const indices = device.createBuffer({
      label: 'indices',
      size: 4 * plan.images,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
    });
    const { blocks, blockOf } = placeBuffers(plan);
    const share = pool.take(blocks);
    const bufferOf = (ref: BufferRef): GPUBufferBinding => {
      if (ref.kind === 'plan') {
        const buffer = share.blocks[blockOf[ref.buffer.id] ?? -1];
        if (!buffer) throw new RangeError(`${ref.buffer.label} has no place`);
        return { buffer, size: ref.buffer.bytes };
      }
      const buffer = ref.name === 'indices' ? indices : arenas[ref.name];
      if (!buffer) throw new RangeError(`no buffer for ${ref.name}`);
      return ref.offset === null ? { buffer } : { buffer, offset: ref.offset, size: ref.bytes };
    };
    const ready = plan.dispatches.map((dispatch, index) =>
      bind(device, dispatch, compiled[index] as Pipeline, run, bufferOf),
    );
    return new Runner(device, plan, bufferOf, ready, share, run, indices);
  }

  /** Encodes the plan's dispatches. @param end where to stop; all of them otherwise */
  encode(pass: GPUComputePassEncoder, end = this.ready.length): void {
    let current: GPUComputePipeline | null = null;
    for (let index = 0; index < end; index++) {
      const { pipeline, group, groups } = this.ready[index] as Ready;
      if (pipeline !== current) pass.setPipeline(pipeline);
      current = pipeline;
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(groups[0], groups[1]);
    }
  }

  /** Runs the plan once for some images, without waiting. @param end where to stop; at its end otherwise */
  submit(images: Uint32Array, end?: number): void {
    const { queue } = this.device;
    queue.writeBuffer(this.run, 0, Uint32Array.of(images.length, 0, 0, 0));
    queue.writeBuffer(this.indices, 0, images.slice());
    const encoder = this.device.createCommandEncoder({ label: 'once' });
    const pass = encoder.beginComputePass({ label: 'once' });
    this.encode(pass, end);
    pass.end();
    queue.submit([encoder.finish()]);
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
  }
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
